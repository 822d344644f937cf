import { getRouteApi, Link } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { type ReactElement, useState } from "react";
import type { RowOf } from "@/api/lists";
import { useMay } from "@/api/session";
import { Button } from "@/components/button";
import { columnsOf, DataGrid } from "@/components/data-grid";
import { Empty } from "@/components/empty";
import { FilterPick } from "@/components/form/pick";
import { PageHead } from "@/components/page";
import { words } from "@/lib/words";
import { PrepareRun } from "./prepare-run";
import { RUN_STATES } from "./states";

type Run = RowOf<"/api/v1/bill-runs">;
const route = getRouteApi("/app/bill-runs");
const hrefOf = (run: Run) => `/bill-runs/${run.id}`;
const col = columnsOf<Run>();
const COLUMNS = [
  col.count("number", "Run", { width: 56 }),
  col.link("name", "Name", hrefOf, { width: 220, grows: true }),
  col.state("state", "State", { width: 112 }),
  col.text("cycle_code", "Cycle", { width: 64 }),
  col.day("period_from", "From", { width: 104 }),
  col.day("period_to", "To, not incl.", { width: 104 }),
  col.day("bill_on", "Billed on", { width: 104 }),
  col.day("due_on", "Due on", { width: 104, hidden: true }),
  col.count("expected", "Expected", { width: 80 }),
  col.count("billed", "Billed", { width: 68 }),
  col.count("open_exceptions", "Open", { width: 70 }),
  col.money("current_cents", "Amount", { width: 116 }),
];

/** Every bill run: where each cycle stands. */
export function BillRuns(): ReactElement {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const [isPreparing, setPreparing] = useState(false);
  const mayPrepare = useMay("runs:prepare");
  const change = (patch: Partial<typeof search>) =>
    void navigate({ search: (before) => ({ ...before, ...patch }), replace: true });
  const prepare = mayPrepare ? (
    <Button variant="primary" onPress={() => setPreparing(true)}>
      <Plus aria-hidden /> Prepare a run
    </Button>
  ) : null;
  return (
    <div className="page full">
      <PageHead title="Bill runs">
        {mayPrepare ? (
          <Link className="btn" to="/bill-runs/off-cycle">
            Bill off-cycle
          </Link>
        ) : null}
        {prepare}
      </PageHead>
      <DataGrid
        name="bill-runs"
        label="Bill runs"
        noun={["run", "runs"]}
        path="/api/v1/bill-runs"
        columns={COLUMNS}
        filters={{ state: search.state }}
        q={search.q}
        sort={search.sort}
        onSearch={change}
        onClear={() => change({ q: undefined, state: undefined })}
        isFaded={(run) => run.state === "discarded" || run.state === "reversed"}
        hrefOf={hrefOf}
        controls={
          <FilterPick
            label="State"
            value={search.state}
            options={RUN_STATES.map((state) => [state, words(state)])}
            onChange={(state) => change({ state: state as typeof search.state })}
          />
        }
        empty={
          <Empty title="No bill run yet" action={prepare}>
            A run takes the accounts of a cycle through reads, calculation, review and approval to
            posted bills.
          </Empty>
        }
      />
      {isPreparing ? <PrepareRun onClose={() => setPreparing(false)} /> : null}
    </div>
  );
}
