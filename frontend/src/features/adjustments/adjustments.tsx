import { getRouteApi, Link } from "@tanstack/react-router";
import { Droplets, Plus } from "lucide-react";
import type { ReactElement } from "react";
import type { RowOf } from "@/api/lists";
import { useMay } from "@/api/session";
import { columnsOf, DataGrid } from "@/components/data-grid";
import { Empty } from "@/components/empty";
import { PageHead } from "@/components/page";
import { LinkTabs } from "@/components/tabs";

type Adjustment = RowOf<"/api/v1/adjustments">;
const route = getRouteApi("/app/adjustments");
const hrefOf = (adjustment: Adjustment) => `/adjustments/${adjustment.id}`;
const col = columnsOf<Adjustment>();
const COLUMNS = [
  col.moment("requested_at", "Asked for", { width: 168 }),
  col.link("account_number", "Account", hrefOf, { width: 116 }),
  col.word("type_code", "Type", { width: 130 }),
  col.money("amount_cents", "Amount", { width: 104 }),
  col.state("state", "State"),
  col.text("requested_by_name", "Asked by", { width: 130 }),
  col.text("note", "Why", { width: 220, grows: true }),
  col.text("decided_by_name", "Decided by", { width: 130 }),
  col.moment("decided_at", "Decided", { hidden: true }),
];
const TABS = [
  { id: "", text: "Waiting for a second person" },
  { id: "posted", text: "Posted" },
  { id: "rejected", text: "Rejected" },
  { id: "all", text: "All" },
];

/** Corrections: those that wait for a second person first. */
export function Adjustments(): ReactElement {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const mayAsk = useMay("adjustments:request");
  const change = (patch: Partial<typeof search>) =>
    void navigate({ search: (before) => ({ ...before, ...patch }), replace: true });
  const shown = search.shown ?? "";
  const state = shown === "all" ? undefined : shown || "requested";
  return (
    <div className="page full">
      <PageHead title="Adjustments">
        {mayAsk ? (
          <>
            <Link className="btn" to="/adjustments/leak">
              <Droplets aria-hidden /> Leak adjustment
            </Link>
            <Link className="btn primary" to="/adjustments/new">
              <Plus aria-hidden /> Ask for an adjustment
            </Link>
          </>
        ) : null}
      </PageHead>
      <LinkTabs label="Which adjustments" current={shown} param="shown" tabs={TABS} />
      <DataGrid
        name="adjustments"
        label="Adjustments"
        noun={["adjustment", "adjustments"]}
        path="/api/v1/adjustments"
        columns={COLUMNS}
        filters={{ state, account_id: search.account }}
        q={search.q}
        sort={search.sort}
        onSearch={change}
        onClear={() => change({ q: undefined, shown: "all", account: undefined })}
        hrefOf={hrefOf}
        empty={
          <Empty title="No adjustments">
            A correction above its type's limit is posted by a second person.
          </Empty>
        }
      />
    </div>
  );
}
