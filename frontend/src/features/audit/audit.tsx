import { getRouteApi } from "@tanstack/react-router";
import { type ReactElement, useState } from "react";
import type { RowOf } from "@/api/lists";
import { Button } from "@/components/button";
import { columnsOf, DataGrid } from "@/components/data-grid";
import { Dialog } from "@/components/dialog";
import { Empty } from "@/components/empty";
import { Fact, Facts, Moment } from "@/components/figures";
import { PageHead } from "@/components/page";
import { said } from "@/lib/said";

type Act = RowOf<"/api/v1/audit-events">;
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
        }}
        q={search.q}
        sort={search.sort}
        idOf={(act) => String(act.seq)}
        onSearch={change}
        onClear={() =>
          change({ q: undefined, subject: undefined, actor: undefined, action: undefined })
        }
        onOpen={setOpen}
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

interface ActSheetProps {
  act: Act;
  onClose: () => void;
  /** Narrows the list to acts that share something with this one. */
  onNarrow: (patch: { actor?: string; action?: string; subject?: string }) => void;
}

function ActSheet({ act, onClose, onNarrow }: ActSheetProps): ReactElement {
  const subject = act.subject_id;
  const names = [...new Set([...Object.keys(act.before ?? {}), ...Object.keys(act.after ?? {})])];
  return (
    <Dialog title={act.action} isOpen onClose={onClose} wide>
      <div className="body">
        <Facts>
          <Fact label="When">
            <Moment at={act.at} />
          </Fact>
          <Fact label="Who">{act.actor_name}</Fact>
          <Fact label="Why">{act.reason ?? "–"}</Fact>
        </Facts>
        {names.length > 0 ? (
          <div className="table-scroll">
            <table className="table">
              <thead>
                <tr>
                  <th>Field</th>
                  <th>Before</th>
                  <th>After</th>
                </tr>
              </thead>
              <tbody>
                {names.map((name) => (
                  <tr key={name}>
                    <td>{name}</td>
                    <td className="muted">{said(act.before?.[name])}</td>
                    <td>{said(act.after?.[name])}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        ) : null}
      </div>
      <footer>
        {subject ? (
          <Button onPress={() => onNarrow({ subject })}>All on the same thing</Button>
        ) : null}
        <Button onPress={() => onNarrow({ action: act.action })}>All of this kind</Button>
        <Button onPress={() => onNarrow({ actor: act.actor_id })}>All by {act.actor_name}</Button>
      </footer>
    </Dialog>
  );
}
