import { getRouteApi } from "@tanstack/react-router";
import type { ReactElement } from "react";
import type { RowOf } from "@/api/lists";
import { columnsOf, DataGrid } from "@/components/data-grid";
import { Empty } from "@/components/empty";

type Bill = RowOf<"/api/v1/bills">;
const route = getRouteApi("/app/bill-runs/$runId");
const hrefOf = (bill: Bill) => `/bills/${bill.id}`;
const col = columnsOf<Bill>();
const COLUMNS = [
  col.link("number", "Bill", hrefOf, { width: 150 }),
  col.text("account_number", "Account", { width: 130 }),
  col.text("customer_name", "Customer", { width: 200, grows: true }),
  col.word("account_class", "Class", { width: 130 }),
  col.word("kind", "Kind", { width: 100 }),
  col.state("state", "State"),
  col.money("current_cents", "Charges", { width: 120 }),
];

/** The bills that the run made. */
export function RunBills({ runId }: { runId: string }): ReactElement {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <DataGrid
      name="run-bills"
      label="Bills of the run"
      noun={["bill", "bills"]}
      path="/api/v1/bills"
      columns={COLUMNS}
      filters={{ run_id: runId }}
      isFiltered={Boolean(search.q)}
      q={search.q}
      sort={search.sort}
      onSearch={(patch) =>
        void navigate({ search: (before) => ({ ...before, ...patch }), replace: true })
      }
      hrefOf={hrefOf}
      empty={<Empty title="No bills yet">Calculate the run to make them.</Empty>}
    />
  );
}
