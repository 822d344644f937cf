/** What may be done on the account now: buttons, a menu, and the keys of both. */

import { useRouter } from "@tanstack/react-router";
import { ChevronDown, HandCoins, NotebookPen } from "lucide-react";
import { type ReactElement, useMemo, useRef } from "react";
import { Button as AriaButton } from "react-aria-components";
import { api, client } from "@/api/client";
import { useMay } from "@/api/session";
import { Button } from "@/components/button";
import { Menu, MenuItem } from "@/components/menu";
import { useShortcuts } from "@/lib/shortcuts";
import type { AccountPage, AccountPanel } from "./kinds";

type Router = ReturnType<typeof useRouter>;

interface ActsProps {
  account: AccountPage["account"];
  onPanel: (panel: AccountPanel) => void;
}

interface Act {
  id: string;
  text: string;
  /** Where it leads; else the panel of the same name opens. */
  href?: string;
  isNew?: boolean;
}

export function Acts({ account, onPanel }: ActsProps): ReactElement {
  const router = useRouter();
  const menu = useRef<HTMLButtonElement>(null);
  const mayTake = useMay("payments:take");
  const mayNote = useMay("notes:write");
  const mayBills = useMay("bills:read");
  const acts = useOtherActs(account, useLastBill(account.id));
  const keys = useMemo(() => {
    const go = (to: string) => () => router.history.push(to);
    return [
      ...(mayBills
        ? [{ keys: "b", label: "The last bill", act: () => void openLastBill(router, account.id) }]
        : []),
      ...(mayTake
        ? [{ keys: "p", label: "Take a payment", act: go(`/payments/new?account=${account.id}`) }]
        : []),
      ...(mayNote ? [{ keys: "n", label: "Write a note", act: () => onPanel("note") }] : []),
      ...(acts.some(({ id }) => id === "adjust")
        ? [
            {
              keys: "j",
              label: "Ask for an adjustment",
              act: go(`/adjustments/new?account=${account.id}`),
            },
          ]
        : []),
      { keys: "o", label: "Other acts", act: () => menu.current?.click() },
    ];
  }, [router, account.id, mayBills, mayTake, mayNote, acts, onPanel]);
  useShortcuts("This account", keys);
  const act = (id: string) => {
    const chosen = acts.find((one) => one.id === id);
    if (id === "history") print(router, account.id);
    else if (chosen && !chosen.href) onPanel(id as AccountPanel);
  };
  return (
    <>
      <Menu
        label="Other acts"
        onAction={act}
        trigger={
          <AriaButton ref={menu} className="btn">
            Other acts <ChevronDown aria-hidden />
          </AriaButton>
        }
      >
        {acts.map(({ id, text, href }) => (
          <MenuItem key={id} id={id} text={text} {...(href ? { href } : {})}>
            <span className="grow">{text}</span>
          </MenuItem>
        ))}
      </Menu>
      {mayNote ? (
        <Button onPress={() => onPanel("note")}>
          <NotebookPen aria-hidden /> Note
        </Button>
      ) : null}
      {mayTake ? (
        <Button
          variant="primary"
          onPress={() => router.history.push(`/payments/new?account=${account.id}`)}
        >
          <HandCoins aria-hidden /> Take a payment
        </Button>
      ) : null}
    </>
  );
}

const lastBillOf = (accountId: string) =>
  ({
    params: { query: { account_id: accountId, state: "posted", sort: "-bill_on", limit: 1 } },
  }) as const;

function useLastBill(accountId: string) {
  const enabled = useMay("bills:read");
  const query = api.useQuery("get", "/api/v1/bills", lastBillOf(accountId), { enabled });
  return query.data?.items[0];
}

/** The bill that the customer asks about; the list of bills where there is none yet. */
async function openLastBill(router: Router, accountId: string): Promise<void> {
  const { data } = await client.GET("/api/v1/bills", lastBillOf(accountId));
  const bill = data?.items[0];
  router.history.push(bill ? `/bills/${bill.id}` : `/accounts/${accountId}?tab=bills`);
}

/** Only what is lawful now: no service on a closed account, no letter without the permission. */
function useOtherActs(account: AccountPage["account"], bill: { id: string } | undefined): Act[] {
  const mayNote = useMay("notes:write");
  const mayWrite = useMay("accounts:write");
  const mayAsk = useMay("adjustments:request");
  const mayLedger = useMay("ledger:read");
  const billId = bill?.id;
  return useMemo(() => {
    const acts: (Act | false)[] = [
      mayAsk && {
        id: "adjust",
        text: "Ask for an adjustment",
        href: `/adjustments/new?account=${account.id}`,
      },
      mayNote && { id: "flag", text: "Flag the account" },
      mayNote && { id: "paper", text: "Add a paper" },
      mayWrite && { id: "contact", text: "Change the contact" },
      mayWrite && account.status === "open" && { id: "service", text: "Add a service" },
      mayWrite && { id: "payoff", text: "Payoff letter" },
      billId !== undefined && {
        id: "duplicate",
        text: "Duplicate of the last bill",
        href: `/api/v1/bills/${billId}/statement.pdf`,
      },
      mayLedger && { id: "history", text: "Print the history" },
    ];
    return acts.filter((act): act is Act => act !== false);
  }, [account, billId, mayAsk, mayLedger, mayNote, mayWrite]);
}

const PRINT_AFTER_MS = 600;

/** The ledger with the head of the page is the history that a customer takes home. */
function print(router: Router, accountId: string): void {
  router.history.push(`/accounts/${accountId}?tab=ledger`);
  setTimeout(() => window.print(), PRINT_AFTER_MS);
}
