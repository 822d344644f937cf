import { getRouteApi, Link } from "@tanstack/react-router";
import { lazy, type ReactElement, Suspense, useCallback, useState } from "react";
import { api } from "@/api/client";
import { useMay } from "@/api/session";
import { PageHead } from "@/components/page";
import { Pill } from "@/components/pill";
import { ShownPage } from "@/components/shown";
import { LinkTabs } from "@/components/tabs";
import { words } from "@/lib/words";
import { Acts } from "./acts";
import { AccountBills } from "./bills";
import { Contact } from "./contact";
import { FlagBar } from "./flags";
import type { AccountPage, AccountPanel, TimelineRow } from "./kinds";
import { Balance, Ledger } from "./ledger";
import { NoteForm } from "./note-form";
import { Papers } from "./papers";
import { Reads } from "./reads";
import { Services } from "./services";
import { Standing } from "./standing";
import { Timeline } from "./timeline";

const Panels = lazy(() => import("./panels").then((module) => ({ default: module.Panels })));

const route = getRouteApi("/app/accounts/$accountId");
const TABS = [
  { id: "overview", text: "Timeline" },
  { id: "ledger", text: "Ledger" },
  { id: "bills", text: "Bills" },
  { id: "reads", text: "Reads" },
  { id: "services", text: "Services" },
  { id: "papers", text: "Papers" },
];

/** Everything about one account on one page: what a technician looks at while the customer talks. */
export function Account(): ReactElement {
  const { accountId } = route.useParams();
  const query = api.useQuery("get", "/api/v1/accounts/{account_id}", {
    params: { path: { account_id: accountId } },
  });
  return (
    <div className="page account">
      <ShownPage query={query} lines={10}>
        {(page) => <AccountSheet key={accountId} page={page} />}
      </ShownPage>
    </div>
  );
}

function AccountSheet({ page }: { page: AccountPage }): ReactElement {
  const { account, customer } = page;
  const { tab = "overview", panel } = route.useSearch();
  const navigate = route.useNavigate();
  const mayLedger = useMay("ledger:read");
  const [corrects, setCorrects] = useState<TimelineRow | null>(null);
  const open = useCallback(
    (next: AccountPanel | undefined) => {
      setCorrects(null);
      // A note is written beside the timeline.
      const place = next === "note" ? { tab: undefined } : {};
      void navigate({ search: (before) => ({ ...before, ...place, panel: next }), replace: true });
    },
    [navigate],
  );
  const close = useCallback(() => open(undefined), [open]);
  const correct = (note: TimelineRow) => {
    open("note");
    setCorrects(note);
  };
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
        state={
          <>
            <Pill state={account.status} />
            {account.language === "en" ? null : <Pill state="spanish" tone="plain" />}
          </>
        }
        subtitle={[
          words(account.account_class),
          [served?.situs_line, served?.situs_city].filter(Boolean).join(", "),
        ]
          .filter(Boolean)
          .join(" · ")}
      >
        <Acts account={account} onPanel={open} />
      </PageHead>
      <FlagBar accountId={account.id} />
      <Contact
        page={page}
        isEditing={panel === "contact"}
        onEdit={() => open("contact")}
        onClose={close}
      />
      {mayLedger ? <Balance accountId={account.id} /> : null}
      <LinkTabs label="Parts of the account" current={tab} param="tab" tabs={TABS} isFresh />
      {tab === "overview" ? (
        <div className="account-columns">
          <Timeline accountId={account.id} onCorrect={correct}>
            {panel === "note" ? (
              <NoteForm
                key={corrects?.id ?? "new"}
                accountId={account.id}
                corrects={corrects}
                onClose={close}
              />
            ) : null}
          </Timeline>
          <Standing page={page} />
        </div>
      ) : null}
      {tab === "ledger" && mayLedger ? <Ledger accountId={account.id} /> : null}
      {tab === "bills" ? <AccountBills accountId={account.id} /> : null}
      {tab === "reads" ? <Reads page={page} /> : null}
      {tab === "services" ? <Services page={page} onAdd={() => open("service")} /> : null}
      {tab === "papers" ? <Papers accountId={account.id} /> : null}
      {panel && panel !== "note" && panel !== "contact" ? (
        <Suspense fallback={null}>
          <Panels panel={panel} page={page} onClose={close} />
        </Suspense>
      ) : null}
    </>
  );
}
