import { getRouteApi, Link, useRouter } from "@tanstack/react-router";
import { HandCoins, Scale } from "lucide-react";
import { type ReactElement, useMemo } from "react";
import { api } from "@/api/client";
import { useMay } from "@/api/session";
import { PageHead } from "@/components/page";
import { Pill } from "@/components/pill";
import { Shown } from "@/components/shown";
import { LinkTabs } from "@/components/tabs";
import { useShortcuts } from "@/lib/shortcuts";
import { words } from "@/lib/words";
import { AccountBills } from "./bills";
import type { AccountPage } from "./kinds";
import { Balance, Ledger } from "./ledger";
import { Overview } from "./overview";
import { Reads } from "./reads";

const route = getRouteApi("/app/accounts/$accountId");
const TABS = [
  { id: "overview", text: "Overview" },
  { id: "ledger", text: "Ledger" },
  { id: "bills", text: "Bills" },
  { id: "reads", text: "Reads" },
];

/** Everything about one account on one page. */
export function Account(): ReactElement {
  const { accountId } = route.useParams();
  const query = api.useQuery("get", "/api/v1/accounts/{account_id}", {
    params: { path: { account_id: accountId } },
  });
  return (
    <div className="page">
      <Shown query={query} lines={10}>
        {(page) => <AccountSheet page={page} />}
      </Shown>
    </div>
  );
}

function AccountSheet({ page }: { page: AccountPage }): ReactElement {
  const { account, customer } = page;
  const { tab = "overview" } = route.useSearch();
  const mayLedger = useMay("ledger:read");
  const served = page.agreements.find(({ to_on }) => to_on === null) ?? page.agreements[0];
  return (
    <>
      <PageHead
        title={customer.name}
        crumbs={
          <>
            <Link to="/accounts">Accounts</Link> · {account.number}
          </>
        }
        state={<Pill state={account.status} />}
        subtitle={[
          words(account.account_class),
          [served?.situs_line, served?.situs_city].filter(Boolean).join(", "),
        ]
          .filter(Boolean)
          .join(" · ")}
      >
        <Acts accountId={account.id} />
      </PageHead>
      {mayLedger ? <Balance accountId={account.id} /> : null}
      <LinkTabs label="Parts of the account" current={tab} param="tab" tabs={TABS} />
      {tab === "overview" ? <Overview page={page} /> : null}
      {tab === "ledger" && mayLedger ? <Ledger accountId={account.id} /> : null}
      {tab === "bills" ? <AccountBills accountId={account.id} /> : null}
      {tab === "reads" ? <Reads page={page} /> : null}
    </>
  );
}

function Acts({ accountId }: { accountId: string }): ReactElement {
  const router = useRouter();
  const mayTake = useMay("payments:take");
  const mayAsk = useMay("adjustments:request");
  const keys = useMemo(() => {
    const go = (to: string) => () => router.history.push(`${to}?account=${accountId}`);
    const bills = () => router.history.push(`/accounts/${accountId}?tab=bills`);
    return [
      { keys: "b", label: "Its bills", act: bills },
      ...(mayTake ? [{ keys: "p", label: "Take a payment", act: go("/payments/new") }] : []),
      ...(mayAsk
        ? [{ keys: "j", label: "Ask for an adjustment", act: go("/adjustments/new") }]
        : []),
    ];
  }, [router, accountId, mayTake, mayAsk]);
  useShortcuts("This account", keys);
  return (
    <>
      {mayAsk ? (
        <Link className="btn" to="/adjustments/new" search={{ account: accountId }}>
          <Scale aria-hidden /> Adjust
        </Link>
      ) : null}
      {mayTake ? (
        <Link className="btn primary" to="/payments/new" search={{ account: accountId }}>
          <HandCoins aria-hidden /> Take a payment
        </Link>
      ) : null}
    </>
  );
}
