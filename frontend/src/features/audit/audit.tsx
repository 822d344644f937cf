import { getRouteApi } from "@tanstack/react-router";
import { type ReactElement, useState } from "react";
import type { RowOf } from "@/api/lists";
import { columnsOf, DataGrid } from "@/components/data-grid";
import { Empty } from "@/components/empty";
import { useZone } from "@/components/figures";
import { PageHead } from "@/components/page";
import { ActSheet } from "./act-sheet";
import { Filters, momentOf } from "./filters";

export type Act = RowOf<"/api/v1/audit-events">;
const route = getRouteApi("/app/audit");
const col = columnsOf<Act>();
const COLUMNS = [
  col.moment("at", "When"),
  col.text("actor_name", "Who", { width: 160 }),
  col.text("action", "What", { width: 220, grows: true }),
  col.text("reason", "Why", { width: 260, grows: true }),
  col.text("subject_id", "Of what", { width: 300, hidden: true }),
];

/** Who did what, when and why: only ever added to. */
export function Audit(): ReactElement {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const zone = useZone();
  const [open, setOpen] = useState<Act | null>(null);
  const change = (patch: Partial<typeof search>) =>
    void navigate({ search: (before) => ({ ...before, ...patch }), replace: true });
  return (
    <div className="page full">
      <PageHead title="Audit trail" />
      <DataGrid
        name="audit"
        label="Audit trail"
        noun={["act", "acts"]}
        path="/api/v1/audit-events"
        columns={COLUMNS}
        filters={{
          subject_id: search.subject,
          actor_id: search.actor,
          action: search.action,
          since: momentOf(search.since, zone),
          until: momentOf(search.until, zone, 1),
        }}
        q={search.q}
        sort={search.sort}
        idOf={(act) => String(act.seq)}
        onSearch={change}
        onClear={() =>
          change({
            q: undefined,
            subject: undefined,
            actor: undefined,
            action: undefined,
            since: undefined,
            until: undefined,
          })
        }
        onOpen={setOpen}
        controls={<Filters search={search} onChange={change} />}
        empty={<Empty title="Nothing has been done yet">Every change leaves a line here.</Empty>}
      />
      {open ? (
        <ActSheet
          act={open}
          onClose={() => setOpen(null)}
          onNarrow={(patch) => {
            setOpen(null);
            change(patch);
          }}
        />
      ) : null}
    </div>
  );
}
