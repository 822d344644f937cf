/** Drought stages and other dated switches: what is declared, and what declaring would switch on. */

import { getRouteApi, Link } from "@tanstack/react-router";
import { Megaphone } from "lucide-react";
import { type ReactElement, useState } from "react";
import { api, type Schema } from "@/api/client";
import type { RowOf } from "@/api/lists";
import { useMay } from "@/api/session";
import { Button } from "@/components/button";
import { columnsOf, DataGrid } from "@/components/data-grid";
import { Empty } from "@/components/empty";
import { PageHead, Section } from "@/components/page";
import { Pill } from "@/components/pill";
import { Shown } from "@/components/shown";
import { Table } from "@/components/table";
import { formatDay } from "@/lib/dates";
import { plural } from "@/lib/units";
import { Declare } from "./declare";
import { Lift } from "./lift";

type Declaration = RowOf<"/api/v1/declarations">;
const route = getRouteApi("/app/declarations");
const col = columnsOf<Declaration>();
const COLUMNS = [
  col.text("code", "What", { width: 200, grows: true }),
  col.day("from_on", "From", { width: 120 }),
  col.day("to_on", "Until", { width: 120 }),
  col.text("document", "Document", { width: 260, grows: true }),
  col.text("declared_by_name", "Entered by", { width: 160 }),
];

export function Declarations(): ReactElement {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const mayDeclare = useMay("tariffs:approve");
  const [isDeclaring, setDeclaring] = useState(false);
  const [lifted, setLifted] = useState<Declaration | null>(null);
  const codes = api.useQuery("get", "/api/v1/declaration-codes");
  const change = (patch: Partial<typeof search>) =>
    void navigate({ search: (before) => ({ ...before, ...patch }), replace: true });
  const open = mayDeclare ? (
    <Button variant="primary" onPress={() => setDeclaring(true)}>
      <Megaphone aria-hidden /> Declare
    </Button>
  ) : null;
  return (
    <div className="page full">
      <PageHead
        title="Declarations"
        subtitle={
          <>
            What the board declares switches parts of tariffs on and off by day. See also{" "}
            <Link to="/evapotranspiration">evapotranspiration</Link>.
          </>
        }
      >
        {open}
      </PageHead>
      <div className="run-head">
        <Section title="What schedules depend on">
          <Shown query={codes} lines={3}>
            {(listed) => <Codes codes={listed} />}
          </Shown>
        </Section>
      </div>
      <DataGrid
        name="declarations"
        label="Declarations"
        noun={["declaration", "declarations"]}
        path="/api/v1/declarations"
        columns={COLUMNS}
        q={search.q}
        sort={search.sort}
        onSearch={change}
        onClear={() => change({ q: undefined })}
        {...(mayDeclare ? { onOpen: (row: Declaration) => setLifted(row) } : {})}
        empty={
          <Empty title="Nothing declared yet" action={open}>
            A declaration has its days and the resolution it rests on.
          </Empty>
        }
      />
      {isDeclaring ? (
        <Declare codes={codes.data ?? []} onClose={() => setDeclaring(false)} />
      ) : null}
      {lifted ? <Lift declaration={lifted} onClose={() => setLifted(null)} /> : null}
    </div>
  );
}

function Codes({ codes }: { codes: readonly Schema<"DeclarationCodeOut">[] }): ReactElement {
  if (codes.length === 0) {
    return <p className="muted">No schedule in force depends on a declaration.</p>;
  }
  return (
    <Table>
      <thead>
        <tr>
          <th>Code</th>
          <th>Switches</th>
          <th>Agreements</th>
          <th>Today</th>
        </tr>
      </thead>
      <tbody>
        {codes.map((one) => (
          <tr key={one.code}>
            <td className="mono">{one.code}</td>
            <td>{one.switches.map((s) => `${s.title_en} of ${s.tariff_code}`).join(", ")}</td>
            <td className="nowrap">{plural(one.agreements, "agreement")}</td>
            <td>
              <Pill
                state={one.is_declared ? "in_force" : "not_declared"}
                tone={one.is_declared ? "warn" : "plain"}
                label={
                  one.is_declared
                    ? `In force${one.declared_until ? ` until ${formatDay(one.declared_until)}` : ""}`
                    : "Not declared"
                }
              />
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
