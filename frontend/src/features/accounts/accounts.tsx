import { getRouteApi } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { lazy, type ReactElement, Suspense, useState } from "react";
import type { RowOf } from "@/api/lists";
import { useMay } from "@/api/session";
import { Button } from "@/components/button";
import { columnsOf, DataGrid } from "@/components/data-grid";
import { Empty } from "@/components/empty";
import { PageHead } from "@/components/page";
import { LinkTabs } from "@/components/tabs";
import { AccountFilters } from "./account-filters";

// The list opens without what only a new account or the other list needs.
const OpenAccount = lazy(() =>
  import("./open-account").then((module) => ({ default: module.OpenAccount })),
);

const Balances = lazy(() => import("./balances").then((module) => ({ default: module.Balances })));

const Notes = lazy(() => import("./notes").then((module) => ({ default: module.Notes })));

type Account = RowOf<"/api/v1/accounts">;
const route = getRouteApi("/app/accounts");
const hrefOf = (account: Account) => `/accounts/${account.id}`;
const col = columnsOf<Account>();
const COLUMNS = [
  col.link("number", "Account", hrefOf, { width: 130 }),
  col.text("customer_name", "Customer", { width: 220, grows: true }),
  col.text("service_address", "Service address", { width: 260, grows: true }),
  col.word("account_class", "Class", { width: 130 }),
  col.state("status", "State"),
];

const VIEWS = [
  { id: "all", text: "All accounts" },
  { id: "balance", text: "By balance" },
  { id: "notes", text: "Notes" },
];

/** Every customer's account, as such or by what it owes; closed ones are grey, never hidden. */
export function Accounts(): ReactElement {
  const { by = "all" } = route.useSearch();
  const mayWrite = useMay("accounts:write");
  const mayLedger = useMay("ledger:read");
  const view = by === "balance" && !mayLedger ? "all" : by;
  const [isOpening, setOpening] = useState(false);
  return (
    <div className="page full">
      <PageHead title="Accounts">
        {mayWrite ? (
          <Button variant="primary" onPress={() => setOpening(true)}>
            <Plus aria-hidden /> Open an account
          </Button>
        ) : null}
      </PageHead>
      <LinkTabs
        label="Lists of accounts"
        current={view}
        param="by"
        tabs={VIEWS.filter(({ id }) => id !== "balance" || mayLedger)}
        isFresh
      />
      <Suspense fallback={null}>
        {view === "balance" ? <Balances /> : view === "notes" ? <Notes /> : <AllAccounts />}
      </Suspense>
      {isOpening ? (
        <Suspense fallback={null}>
          <OpenAccount onClose={() => setOpening(false)} />
        </Suspense>
      ) : null}
    </div>
  );
}

function AllAccounts(): ReactElement {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const change = (patch: Partial<typeof search>) =>
    void navigate({ search: (before) => ({ ...before, ...patch }), replace: true });
  return (
    <DataGrid
      name="accounts"
      label="Accounts"
      noun={["account", "accounts"]}
      path="/api/v1/accounts"
      columns={COLUMNS}
      filters={{ account_class: search.class, status: search.status }}
      q={search.q}
      sort={search.sort}
      onSearch={change}
      onClear={() => change({ q: undefined, class: undefined, status: undefined })}
      isFaded={(account) => account.status === "closed"}
      hrefOf={hrefOf}
      controls={<AccountFilters search={search} onChange={change} />}
      empty={
        <Empty title="No accounts yet">
          An account is a customer's; it takes services at service points by agreements.
        </Empty>
      }
    />
  );
}
