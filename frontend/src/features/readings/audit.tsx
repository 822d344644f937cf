import { getRouteApi, Link } from "@tanstack/react-router";
import { type ReactElement, useState } from "react";
import { api } from "@/api/client";
import type { RowOf } from "@/api/lists";
import { useMay } from "@/api/session";
import { columnsOf, DataGrid } from "@/components/data-grid";
import { Empty } from "@/components/empty";
import { PageHead } from "@/components/page";
import { toast } from "@/components/toast";
import { formatDay } from "@/lib/dates";
import { formatCount, formatQuantity } from "@/lib/units";
import { words } from "@/lib/words";
import { type Asked, FindingDialog } from "./finding";

type Item = RowOf<"/api/v1/read-audits/{audit_id}/items">;
const route = getRouteApi("/app/read-audits/$auditId");
const col = columnsOf<Item>();
const COLUMNS = [
  col.count("place", "No.", { width: 60 }),
  col.text("walk", "Walk", { width: 70 }),
  col.text("service_address", "Address", { width: 170, grows: true }),
  col.text("location", "Where", { width: 150, grows: true }),
  col.text("meter_serial", "Meter", { width: 112 }),
  col.day("read_on", "Read on"),
  col.quantity("value", "Read", { width: 90 }),
  col.text("unit", "Unit", { width: 60 }),
  {
    id: "finding",
    header: "Found",
    width: 150,
    text: foundIn,
    cell: (row: Item) => foundIn(row) || <span className="muted">not checked</span>,
  },
  col.text("note", "Note", { width: 140, grows: true }),
  col.text("checked_by_name", "Checked by", { width: 130 }),
];

function foundIn({ finding, found_value: value }: Item): string {
  if (!finding) return "";
  return value === null ? words(finding) : `${words(finding)}: ${formatQuantity(value)}`;
}

/** One sample: each read in walk order, with what somebody found at the meter. */
export function Audit(): ReactElement {
  const { auditId } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const mayCheck = useMay("readings:review");
  const [asked, setAsked] = useState<Asked | null>(null);
  const path = { audit_id: auditId };
  const audit = api.useQuery("get", "/api/v1/read-audits/{audit_id}", { params: { path } });
  const one = audit.data;
  const ask = (finding: Asked["finding"]) => (item: Item) => {
    if (!mayCheck) toast("Your role does not record findings");
    else if (item.finding) toast("The finding of this read is recorded already");
    else setAsked({ auditId, item, finding });
  };
  return (
    <div className="page full">
      <PageHead
        title={one?.name ?? "Sample audit"}
        crumbs={<Link to="/read-audits">Sample audits</Link>}
        subtitle={
          one
            ? `${formatCount(one.sample_size)} of ${formatCount(one.population)} accepted reads, ${formatDay(one.first_on)} to ${formatDay(one.last_on)}; ${formatCount(one.checked)} checked, ${formatCount(one.differing)} differ`
            : " "
        }
      />
      <DataGrid
        name="read-audit-items"
        label="Reads of the sample"
        noun={["read", "reads"]}
        path="/api/v1/read-audits/{audit_id}/items"
        pathParams={path}
        columns={COLUMNS}
        idOf={(row) => String(row.place)}
        q={search.q}
        sort={search.sort}
        onSearch={(patch) =>
          void navigate({ search: (before) => ({ ...before, ...patch }), replace: true })
        }
        onClear={() => void navigate({ search: {}, replace: true })}
        isFaded={(row) => row.finding !== null}
        keys={[
          { key: "Enter", label: "The register agrees", act: ask("agrees") },
          { key: "d", label: "It shows another value", act: ask("differs") },
          { key: "n", label: "It was not found", act: ask("not_found") },
        ]}
        empty={<Empty title="The sample is empty">Draw another.</Empty>}
      />
      {asked ? <FindingDialog asked={asked} onClose={() => setAsked(null)} /> : null}
    </div>
  );
}
