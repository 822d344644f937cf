import { getRouteApi } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { columnsOf, DataGrid } from "@/components/data-grid";
import { Empty } from "@/components/empty";
import { FilterPick } from "@/components/form/pick";
import { PageHead } from "@/components/page";
import { words } from "@/lib/words";
import { BILL_KINDS, BILL_STATES, type BillRow, hrefOf } from "./kinds";

const route = getRouteApi("/app/bills");
const col = columnsOf<BillRow>();
const COLUMNS = [
  col.link("number", "Bill", hrefOf, { width: 150 }),
  col.text("account_number", "Account", { width: 130 }),
  col.text("customer_name", "Customer", { width: 190, grows: true }),
  col.state("state", "State"),
  col.word("kind", "Kind", { width: 100 }),
  col.day("period_from", "From"),
  col.day("bill_on", "Billed on"),
  col.day("due_on", "Due on"),
  col.money("current_cents", "Charges", { width: 120 }),
  col.word("account_class", "Class", { width: 120, hidden: true }),
];

/** Every bill of the district. */
export function Bills(): ReactElement {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const change = (patch: Partial<typeof search>) =>
    void navigate({ search: (before) => ({ ...before, ...patch }), replace: true });
  return (
    <div className="page full">
      <PageHead title="Bills" />
      <DataGrid
        name="bills"
        label="Bills"
        noun={["bill", "bills"]}
        path="/api/v1/bills"
        columns={COLUMNS}
        filters={{
          state: search.state,
          kind: search.kind,
          account_id: search.account,
          run_id: search.run,
        }}
        q={search.q}
        sort={search.sort}
        onSearch={change}
        onClear={() =>
          change({
            q: undefined,
            state: undefined,
            kind: undefined,
            account: undefined,
            run: undefined,
          })
        }
        isFaded={(bill) => bill.state === "reversed"}
        hrefOf={hrefOf}
        controls={
          <>
            <FilterPick
              label="State"
              value={search.state}
              options={BILL_STATES.map((state) => [state, words(state)])}
              onChange={(state) => change({ state: state as typeof search.state })}
            />
            <FilterPick
              label="Kind"
              value={search.kind}
              options={BILL_KINDS.map((kind) => [kind, words(kind)])}
              onChange={(kind) => change({ kind: kind as typeof search.kind })}
            />
          </>
        }
        empty={<Empty title="No bills yet">A bill run makes them.</Empty>}
      />
    </div>
  );
}
