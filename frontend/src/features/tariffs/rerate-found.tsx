/** What a re-rating found: the whole, its shape, by class and use, and who pays most more. */

import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import type { Schema } from "@/api/client";
import { Banner } from "@/components/banner";
import { Empty } from "@/components/empty";
import { Figure, Figures, Money } from "@/components/figures";
import { Table } from "@/components/table";
import { formatDay } from "@/lib/dates";
import { formatCount, formatQuantity, plural } from "@/lib/units";
import { words } from "@/lib/words";
import { Histogram } from "./histogram";

interface RerateFoundProps {
  asked: Schema<"RerateOut">;
  result: Schema<"RerateResult">;
}

export function RerateFound({ asked, result }: RerateFoundProps): ReactElement {
  const { distribution } = result;
  if (distribution.bills === 0 && result.refused === 0) {
    return (
      <Empty title="No bill in these days">
        No posted bill of this rate has a period that ends after {formatDay(asked.from_on)} and by{" "}
        {formatDay(asked.to_on)}.
      </Empty>
    );
  }
  return (
    <div className="found" aria-live="polite">
      <Figures>
        <Figure label="Change of revenue" lead>
          <Money cents={distribution.after_cents - distribution.before_cents} />
        </Figure>
        <Figure label="Bills">{formatCount(distribution.bills)}</Figure>
        <Figure label="Pay more">{formatCount(distribution.losers)}</Figure>
        <Figure label="Pay less">{formatCount(distribution.winners)}</Figure>
        <Figure label="Median change">
          <Money cents={distribution.percentiles["50"] ?? 0} />
        </Figure>
        <Figure label="Largest increase">
          <Money cents={distribution.highest_cents} />
        </Figure>
      </Figures>
      {result.refused > 0 ? (
        <Banner tone="warn" title={`${plural(result.refused, "bill")} could not be priced`}>
          <ul>
            {result.refusals.slice(0, 5).map((one) => (
              <li key={one.bill_id}>
                <Link to="/bills/$billId" params={{ billId: one.bill_id }}>
                  Bill
                </Link>
                : {one.reason}
              </li>
            ))}
          </ul>
        </Banner>
      ) : null}
      <Histogram buckets={distribution.buckets} />
      <Groups title="By class" groups={result.by_class} />
      <Groups title="By use of the bill, HCF" groups={result.by_band} />
      <Largest bills={result.largest} />
    </div>
  );
}

function Groups({ title, groups }: { title: string; groups: readonly Schema<"GroupChange">[] }) {
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      <Table>
        <thead>
          <tr>
            <th>{title.startsWith("By use") ? "Use" : "Class"}</th>
            <th className="num">Bills</th>
            <th className="num">Before</th>
            <th className="num">After</th>
            <th className="num">Change</th>
            <th className="num">Median</th>
            <th className="num">Pay more</th>
          </tr>
        </thead>
        <tbody>
          {groups.map((group) => (
            <tr key={group.name}>
              <td>{words(group.name)}</td>
              <td className="num">{formatCount(group.bills)}</td>
              <td className="num">
                <Money cents={group.before_cents} />
              </td>
              <td className="num">
                <Money cents={group.after_cents} />
              </td>
              <td className="num">
                <Money cents={group.after_cents - group.before_cents} />
              </td>
              <td className="num">
                <Money cents={group.median_cents} />
              </td>
              <td className="num">{formatCount(group.losers)}</td>
            </tr>
          ))}
        </tbody>
      </Table>
    </section>
  );
}

function Largest({ bills }: { bills: readonly Schema<"LargestChange">[] }): ReactElement | null {
  if (bills.length === 0) return null;
  return (
    <section aria-label="Largest increases">
      <h3>Largest increases</h3>
      <Table>
        <thead>
          <tr>
            <th>Account</th>
            <th>Bill</th>
            <th>Class</th>
            <th className="num">Use, HCF</th>
            <th className="num">Before</th>
            <th className="num">After</th>
            <th className="num">Increase</th>
          </tr>
        </thead>
        <tbody>
          {bills.map((bill) => (
            <tr key={bill.bill_id}>
              <td>
                <Link to="/accounts/$accountId" params={{ accountId: bill.account_id }}>
                  {bill.account_number}
                </Link>
              </td>
              <td>
                <Link to="/bills/$billId" params={{ billId: bill.bill_id }}>
                  Why
                </Link>
              </td>
              <td>{words(bill.account_class)}</td>
              <td className="num">{bill.hcf === null ? "–" : formatQuantity(bill.hcf)}</td>
              <td className="num">
                <Money cents={bill.before_cents} />
              </td>
              <td className="num">
                <Money cents={bill.after_cents} />
              </td>
              <td className="num">
                <Money cents={bill.change_cents} />
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
    </section>
  );
}
