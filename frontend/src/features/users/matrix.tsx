import { Link } from "@tanstack/react-router";
import { Check } from "lucide-react";
import type { ReactElement } from "react";
import { api } from "@/api/client";
import { PageHead } from "@/components/page";
import { Shown } from "@/components/shown";
import { Table } from "@/components/table";
import { words } from "@/lib/words";

/** Who may do what, as the server guards it: nobody edits it here. */
export function RoleMatrix(): ReactElement {
  const query = api.useQuery("get", "/api/v1/roles");
  return (
    <div className="page">
      <PageHead
        title="Roles"
        subtitle={
          <>
            What each role may do. People get their roles on the page of{" "}
            <Link to="/users">users</Link>.
          </>
        }
      />
      <Shown query={query} lines={16}>
        {({ permissions, roles }) => (
          <Table>
            <thead>
              <tr>
                <th>Permission</th>
                {roles.map(({ role }) => (
                  <th key={role}>{words(role)}</th>
                ))}
              </tr>
            </thead>
            <tbody>
              {permissions.map((permission) => (
                <tr key={permission}>
                  <th scope="row" className="mono">
                    {permission}
                  </th>
                  {roles.map(({ role, permissions: may }) => (
                    <td key={role}>
                      {may.includes(permission) ? (
                        <>
                          <Check aria-hidden />
                          <span className="sr-only">Yes</span>
                        </>
                      ) : (
                        <span className="sr-only">No</span>
                      )}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </Table>
        )}
      </Shown>
    </div>
  );
}
