import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { api, type Schema } from "@/api/client";
import { Day, Figure, Figures, Money } from "@/components/figures";
import { Section } from "@/components/page";
import { Shown } from "@/components/shown";
import { Table } from "@/components/table";
import { words } from "@/lib/words";

const ROWS = 200;

function useLedger(accountId: string) {
  return api.useQuery("get", "/api/v1/accounts/{account_id}/ledger", {
    params: { path: { account_id: accountId }, query: { limit: ROWS } },
  });
}

/** What the account owes, by age: the head of its page. */
export function Balance({ accountId }: { accountId: string }): ReactElement {
  const query = useLedger(accountId);
  return (
    <Shown query={query} lines={2}>
      {({ aging }) => (
        <Figures>
          <Figure label="Balance" lead>
            <Money cents={aging.balance_cents} />
          </Figure>
          <Figure label="Current">
            <Money cents={aging.current_cents} />
          </Figure>
          <Figure label="Over 30 days">
            <Money cents={aging.over_30_cents} />
          </Figure>
          <Figure label="Over 60 days">
            <Money cents={aging.over_60_cents} />
          </Figure>
          <Figure label="Over 90 days">
            <Money cents={aging.over_90_cents} />
          </Figure>
          <Figure label="Unused credit">
            <Money cents={aging.unapplied_cents} />
          </Figure>
        </Figures>
      )}
    </Shown>
  );
}

/** Every act on the account with the balance after it, and the charges that are open. */
export function Ledger({ accountId }: { accountId: string }): ReactElement {
  const query = useLedger(accountId);
  const open = api.useQuery("get", "/api/v1/accounts/{account_id}/open-items", {
    params: { path: { account_id: accountId } },
  });
  return (
    <div className="columns">
      <Section title="Acts">
        <Shown query={query}>{({ items }) => <Acts items={items} />}</Shown>
      </Section>
      <Section title="Open charges">
        <Shown query={open}>{(items) => <OpenItems items={items} />}</Shown>
      </Section>
    </div>
  );
}

function Acts({ items }: { items: Schema<"LedgerLine">[] }): ReactElement {
  return (
    <Table>
      <thead>
        <tr>
          <th>Posted</th>
          <th>What</th>
          <th className="num">Amount</th>
          <th className="num">Balance</th>
        </tr>
      </thead>
      <tbody>
        {items.map((line) => (
          <tr key={line.entry_id}>
            <td>
              <Day on={line.posted_on} />
            </td>
            <td>
              <Source line={line} />
              {line.memo ? <div className="help">{line.memo}</div> : null}
            </td>
            <td className="num">
              <Money cents={line.cents} />
            </td>
            <td className="num">
              <Money cents={line.balance_cents} />
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

/** The act, as a link to where it was done. */
function Source({ line }: { line: Schema<"LedgerLine"> }): ReactElement {
  const text = words(line.kind);
  if (line.source_type === "payment") {
    return (
      <Link to="/payments/$paymentId" params={{ paymentId: line.source_id }}>
        {text}
      </Link>
    );
  }
  if (line.source_type === "bill") {
    return (
      <Link to="/bills/$billId" params={{ billId: line.source_id }}>
        {text}
      </Link>
    );
  }
  if (line.source_type === "adjustment") {
    return (
      <Link to="/adjustments/$adjustmentId" params={{ adjustmentId: line.source_id }}>
        {text}
      </Link>
    );
  }
  return <>{text}</>;
}

function OpenItems({ items }: { items: Schema<"OpenItemOut">[] }): ReactElement {
  if (items.length === 0) return <p className="muted small">Nothing is open.</p>;
  return (
    <Table>
      <thead>
        <tr>
          <th>Charge</th>
          <th>Due</th>
          <th className="num">Open</th>
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <tr key={item.id}>
            <td>{words(item.charge_group ?? item.kind)}</td>
            <td>
              <Day on={item.due_on} />
              {item.days_past_due > 0 ? (
                <span className="muted small"> {item.days_past_due} days late</span>
              ) : null}
            </td>
            <td className="num">
              <Money cents={item.open_cents} />
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
