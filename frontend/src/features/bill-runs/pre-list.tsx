import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { api } from "@/api/client";
import { Banner } from "@/components/banner";
import { Shown } from "@/components/shown";
import { Table } from "@/components/table";
import { withDays } from "@/lib/dates";
import { formatCount } from "@/lib/units";

/** Who the run must bill, and what is missing for it, before anything is calculated. */
export function PreList({ runId }: { runId: string }): ReactElement {
  const query = api.useQuery("get", "/api/v1/bill-runs/{run_id}/pre-list", {
    params: { path: { run_id: runId } },
  });
  return (
    <div className="tab-page stack">
      <Shown query={query}>
        {(list) => (
          <>
            <Banner
              tone={list.ready === list.expected ? "ok" : "info"}
              title={`${formatCount(list.ready)} of ${formatCount(list.expected)} accounts are ready to bill`}
            >
              {list.ready === list.expected ? null : (
                <p>The others become exceptions; they stop nobody else.</p>
              )}
            </Banner>
            {list.items.length > 0 ? (
              <Table>
                <thead>
                  <tr>
                    <th>Account</th>
                    <th>Customer</th>
                    <th>Missing</th>
                  </tr>
                </thead>
                <tbody>
                  {list.items.map((row) => (
                    <tr key={row.account_id}>
                      <td>
                        <Link to="/accounts/$accountId" params={{ accountId: row.account_id }}>
                          {row.account_number}
                        </Link>
                      </td>
                      <td>{row.customer_name}</td>
                      <td>{withDays(row.missing.join("; ")) || "–"}</td>
                    </tr>
                  ))}
                </tbody>
              </Table>
            ) : null}
          </>
        )}
      </Shown>
    </div>
  );
}
