import { getRouteApi } from "@tanstack/react-router";
import { type ReactElement, useState } from "react";
import type { RowOf } from "@/api/lists";
import { columnsOf, DataGrid } from "@/components/data-grid";
import { Empty } from "@/components/empty";
import { LinkTabs } from "@/components/tabs";
import { usePaused } from "@/lib/paused";
import type { BillShow, Run } from "./states";

type Bill = RowOf<"/api/v1/bill-runs/{run_id}/bills">;
const PAUSE_MS = 300;
const route = getRouteApi("/app/bill-runs/$runId");
const hrefOf = (bill: Bill) => `/bills/${bill.id}`;
const col = columnsOf<Bill>();
const COLUMNS = [
  col.link("number", "Bill", hrefOf, { width: 130 }),
  col.text("account_number", "Account", { width: 112 }),
  col.text("customer_name", "Customer", { width: 142, grows: true }),
  col.word("account_class", "Class", { width: 120, hidden: true }),
  col.word("kind", "Kind", { width: 76, hidden: true }),
  col.state("state", "State", { width: 100 }),
  col.money("before_cents", "Before", { width: 100 }),
  col.money("current_cents", "Charges", { width: 100 }),
  col.money("change_cents", "Change", { width: 100 }),
  col.money("change_size_cents", "Size of change", { width: 120, hidden: true }),
];
const TABS: readonly { id: BillShow | ""; text: string }[] = [
  { id: "", text: "All" },
  { id: "changes", text: "Largest changes" },
  { id: "zero", text: "Zero" },
  { id: "credit", text: "Credits" },
  { id: "first", text: "First bills" },
  { id: "final", text: "Final bills" },
  { id: "estimated", text: "Estimated" },
];

/** What each tab asks of the list. */
function filtersOf(show: BillShow | undefined) {
  switch (show) {
    case "zero":
    case "credit":
    case "estimated":
      return { [show]: true };
    case "first":
    case "final":
      return { kind: show };
    default:
      return {};
  }
}

/** The run's bills beside the bills before, and the statement of the one that is looked at. */
export function RunBills({ run }: { run: Run }): ReactElement {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const [active, setActive] = useState<Bill | null>(null);
  const shown = usePaused(active, PAUSE_MS);
  const { show } = search;
  return (
    <>
      <div className="sub-tabs">
        <LinkTabs label="Which bills" current={show ?? ""} param="show" tabs={TABS} />
      </div>
      <div className="split with-paper">
        <DataGrid
          key={show ?? "all"}
          name="run-bills"
          label="Bills of the run"
          noun={["bill", "bills"]}
          path="/api/v1/bill-runs/{run_id}/bills"
          pathParams={{ run_id: run.id }}
          columns={COLUMNS}
          filters={filtersOf(show)}
          isFiltered={Boolean(search.q) || (show !== undefined && show !== "changes")}
          q={search.q}
          sort={search.sort ?? (show === "changes" ? "-change_size_cents" : undefined)}
          onSearch={(patch) =>
            void navigate({ search: (before) => ({ ...before, ...patch }), replace: true })
          }
          onClear={() => void navigate({ search: { tab: "bills" }, replace: true })}
          onActive={setActive}
          hrefOf={hrefOf}
          empty={<Empty title="No bills yet">Calculate the run to make them.</Empty>}
        />
        <Paper bill={shown} />
      </div>
    </>
  );
}

/** The statement as the customer gets it; a calculated bill's says that it is a draft. */
function Paper({ bill }: { bill: Bill | null }): ReactElement {
  if (bill === null) {
    return (
      <aside className="paper" aria-label="Statement">
        <p className="muted">Choose a bill to see its statement.</p>
      </aside>
    );
  }
  const name = bill.state === "draft" ? "draft-statement" : "statement";
  return (
    <aside className="paper" aria-label="Statement">
      <iframe
        key={bill.id}
        title={`Statement of bill ${bill.number}`}
        src={`/api/v1/bills/${bill.id}/${name}.html`}
      />
    </aside>
  );
}
