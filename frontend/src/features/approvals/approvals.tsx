import { getRouteApi } from "@tanstack/react-router";
import { type ReactElement, useState } from "react";
import { columnsOf, DataGrid } from "@/components/data-grid";
import { Empty } from "@/components/empty";
import { PageHead } from "@/components/page";
import { LinkTabs } from "@/components/tabs";
import { toast } from "@/components/toast";
import { Beside } from "./beside";
import { Decide, type Verdict } from "./decide";
import { APPROVAL_KINDS, type Approval, KIND_NAMES, KIND_PLURALS, pageOf, whyNot } from "./kinds";

const route = getRouteApi("/app/approvals");
const col = columnsOf<Approval>();
const COLUMNS = [
  col.moment("asked_at", "Asked", { width: 160 }),
  {
    ...col.word("kind", "Kind", { width: 96 }),
    cell: (row: Approval) => KIND_NAMES[row.kind],
  },
  col.link("title", "What", pageOf, { width: 200, grows: true }),
  col.text("account_number", "Account", { width: 126 }),
  col.text("customer_name", "Customer", { width: 140, hidden: true }),
  col.money("amount_cents", "Amount", { width: 120 }),
  col.text("asked_by_name", "Asked by", { width: 130 }),
  col.text("why", "Why", { width: 180, grows: true, hidden: true }),
];
const TABS = [
  { id: "", text: "All" },
  ...APPROVAL_KINDS.map((kind) => ({ id: kind as string, text: KIND_PLURALS[kind] })),
];

/** Everything that waits for a second person, oldest first, each with its effect beside it. */
export function Approvals(): ReactElement {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const [active, setActive] = useState<Approval | null>(null);
  const [asked, setAsked] = useState<{ row: Approval; verdict: Verdict } | null>(null);
  const change = (patch: Partial<typeof search>) =>
    void navigate({ search: (before) => ({ ...before, ...patch }), replace: true });
  const ask = (verdict: Verdict) => (row: Approval) => {
    const why = whyNot(row);
    if (why) toast(why);
    else setAsked({ row, verdict });
  };
  return (
    <div className="page full">
      <PageHead title="Approvals" subtitle="What waits for a second person, oldest first" />
      <LinkTabs label="Kinds of requests" current={search.kind ?? ""} param="kind" tabs={TABS} />
      <div className="split">
        <DataGrid
          name="approvals"
          label="Requests"
          noun={["request", "requests"]}
          path="/api/v1/approvals"
          columns={COLUMNS}
          filters={{ kind: search.kind }}
          q={search.q}
          sort={search.sort}
          onSearch={change}
          onClear={() => change({ q: undefined, kind: undefined })}
          onActive={setActive}
          isFaded={(row) => !row.may_decide}
          hrefOf={pageOf}
          keys={[
            { key: "a", label: "Approve", act: ask("approve") },
            { key: "d", label: "Decline, with a reason", act: ask("decline") },
          ]}
          empty={
            <Empty title="Nothing waits for a second person">
              Adjustments above a limit, reviewed bill runs, reads far above the usual, proposed
              tariffs and policies come here.
            </Empty>
          }
        />
        <Beside row={active} onAsk={(row, verdict) => setAsked({ row, verdict })} />
      </div>
      {asked ? <Decide {...asked} onClose={() => setAsked(null)} /> : null}
    </div>
  );
}
