/** Winter averages: those in force, and the proposals that a second person sets. */

import { getRouteApi } from "@tanstack/react-router";
import { Calculator, PencilLine } from "lucide-react";
import { type ReactElement, useState } from "react";
import type { RowOf } from "@/api/lists";
import { useMay } from "@/api/session";
import { Button } from "@/components/button";
import { columnsOf, DataGrid } from "@/components/data-grid";
import { Empty } from "@/components/empty";
import { PageHead } from "@/components/page";
import { LinkTabs } from "@/components/tabs";
import { ByHand } from "./by-hand";
import { Compute } from "./compute";

type Average = RowOf<"/api/v1/winter-averages">;
type Proposal = RowOf<"/api/v1/winter-proposals">;
const route = getRouteApi("/app/winter-averages");
const ofAverage = columnsOf<Average>();
const AVERAGES = [
  ofAverage.link("account_number", "Account", (row) => `/accounts/${row.account_id}`, {
    width: 116,
  }),
  ofAverage.text("customer_name", "Customer", { width: 160, grows: true }),
  ofAverage.text("rate_code", "Rate", { width: 90 }),
  ofAverage.day("from_on", "Bills from", { width: 108 }),
  ofAverage.quantity("quantity", "Average"),
  ofAverage.text("source", "Where it comes from", { width: 210, grows: true }),
  ofAverage.text("set_by_name", "Prepared by", { width: 130 }),
  ofAverage.text("approved_by_name", "Approved by", { width: 130 }),
];
const ofProposal = columnsOf<Proposal>();
const hrefOf = (row: Proposal) => `/winter-averages/${row.id}`;
const PROPOSALS = [
  ofProposal.link("rate_code", "Rate", hrefOf, { width: 110 }),
  ofProposal.text("reason", "What", { width: 210, grows: true }),
  ofProposal.day("as_of_on", "Winter before", { width: 108 }),
  ofProposal.day("from_on", "Bills from", { width: 108 }),
  ofProposal.count("to_set", "To set"),
  ofProposal.count("flagged", "To look at"),
  ofProposal.state("state", "State"),
  ofProposal.text("prepared_by_name", "Prepared by", { width: 130 }),
  ofProposal.text("decided_by_name", "Decided by", { width: 130 }),
];
const TABS = [
  { id: "proposals", text: "Proposals" },
  { id: "in-force", text: "Averages" },
] as const;

export function WinterAverages(): ReactElement {
  const { tab = "proposals", q, sort, account } = route.useSearch();
  const navigate = route.useNavigate();
  const mayPrepare = useMay("runs:prepare");
  const [opened, setOpened] = useState<"compute" | "hand" | null>(null);
  const change = (patch: { q?: string | undefined; sort?: string | undefined }) =>
    void navigate({ search: (before) => ({ ...before, ...patch }), replace: true });
  const shared = { q, sort, onSearch: change, onClear: () => change({ q: undefined }) };
  return (
    <div className="page full">
      <PageHead
        title="Winter averages"
        subtitle="What sewer bills are priced by where sewage is not metered. A second person sets them."
      >
        {mayPrepare ? (
          <>
            <Button onPress={() => setOpened("hand")}>
              <PencilLine aria-hidden /> One by hand
            </Button>
            <Button variant="primary" onPress={() => setOpened("compute")}>
              <Calculator aria-hidden /> Compute
            </Button>
          </>
        ) : null}
      </PageHead>
      <div className="run-head">
        <LinkTabs label="Winter averages" current={tab} tabs={TABS} param="tab" isFresh />
      </div>
      {tab === "proposals" ? (
        <DataGrid
          {...shared}
          name="winter-proposals"
          label="Proposals"
          noun={["proposal", "proposals"]}
          path="/api/v1/winter-proposals"
          columns={PROPOSALS}
          hrefOf={hrefOf}
          empty={
            <Empty title="Nothing proposed yet">
              Compute the averages of a rate from last winter's bills; a second person looks at the
              outliers and sets them.
            </Empty>
          }
        />
      ) : (
        <DataGrid
          {...shared}
          name="winter-averages"
          label="Averages"
          noun={["average", "averages"]}
          path="/api/v1/winter-averages"
          columns={AVERAGES}
          idOf={(row: Average) => `${row.agreement_id} ${row.from_on}`}
          {...(account ? { filters: { account_id: account } } : {})}
          hrefOf={(row: Average) => `/accounts/${row.account_id}`}
          empty={
            <Empty title="No average is set">They appear here once a proposal is approved.</Empty>
          }
        />
      )}
      {opened === "compute" ? <Compute onClose={() => setOpened(null)} /> : null}
      {opened === "hand" ? <ByHand onClose={() => setOpened(null)} /> : null}
    </div>
  );
}
