/** The account's bills to choose from; a chosen one brings its priced use and a usual use. */

import { useQueries } from "@tanstack/react-query";
import { Check } from "lucide-react";
import { type ReactElement, useEffect, useState } from "react";
import { Checkbox, Input } from "react-aria-components";
import { api, type Schema } from "@/api/client";
import { Money } from "@/components/figures";
import { Section } from "@/components/page";
import { Shown } from "@/components/shown";
import { Table } from "@/components/table";
import { daysBetween, formatPeriod } from "@/lib/dates";
import { formatQuantity } from "@/lib/units";
import { waterUse } from "./leak-blocks";
import type { LeakBill } from "./use-leak";

const BILLS_SHOWN = 6;
const BILLS_READ = 40;
const YEAR_DAYS = 365;
const LEEWAY_DAYS = 25;

type Row = Schema<"BillRow">;

interface LeakBillsProps {
  accountId: string;
  onChange: (claim: { unit: string; bills: readonly LeakBill[] }) => void;
}

export function LeakBills(props: LeakBillsProps): ReactElement {
  const query = api.useQuery("get", "/api/v1/bills", {
    params: {
      query: { account_id: props.accountId, state: "posted", limit: BILLS_READ, sort: "-bill_on" },
    },
  });
  return (
    <Section title="The bills that it ran through">
      <Shown query={query}>
        {({ items }) =>
          items.length > 0 ? (
            <BillTable {...props} bills={items} />
          ) : (
            <p className="muted">This account has no posted bill.</p>
          )
        }
      </Shown>
    </Section>
  );
}

function BillTable({ bills, onChange }: LeakBillsProps & { bills: readonly Row[] }): ReactElement {
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [typed, setTyped] = useState<Record<string, string>>({});
  const shown = bills.slice(0, BILLS_SHOWN);
  const yearAgo = Object.fromEntries(shown.map((bill) => [bill.id, sameSeason(bill, bills)?.id]));
  const wanted = chosen.flatMap((id) => [id, yearAgo[id]].filter((one) => one !== undefined));
  const use = useWater(wanted);
  const ordinaryOf = (id: string) => typed[id] ?? use[yearAgo[id] ?? ""]?.quantity ?? "";
  const claim = shown
    .filter(({ id }) => chosen.includes(id))
    .reverse()
    .flatMap((bill) => {
      const found = use[bill.id];
      const ordinary = ordinaryOf(bill.id);
      if (!found || found.blocks.length === 0 || !/^\d+(\.\d{1,4})?$/.test(ordinary)) return [];
      const label = formatPeriod(bill.period_from, bill.period_to);
      const ordinary_from = typed[bill.id] === undefined ? "" : "as the office judges it";
      return [{ label, blocks: found.blocks, ordinary, ordinary_from }];
    });
  const unit = use[chosen[0] ?? ""]?.unit ?? "HCF";
  const told = JSON.stringify({ unit, bills: claim });
  useEffect(() => onChange(JSON.parse(told)), [told, onChange]);
  return (
    <Table>
      <thead>
        <tr>
          <th>Bill</th>
          <th className="num">Charges</th>
          <th className="num">Use</th>
          <th>Use without the leak</th>
        </tr>
      </thead>
      <tbody>
        {shown.map((bill) => {
          const isChosen = chosen.includes(bill.id);
          const period = formatPeriod(bill.period_from, bill.period_to);
          return (
            <tr key={bill.id}>
              <td>
                <Checkbox
                  className="check"
                  isSelected={isChosen}
                  onChange={(next) =>
                    setChosen(next ? [...chosen, bill.id] : chosen.filter((id) => id !== bill.id))
                  }
                >
                  <span className="box">{isChosen ? <Check aria-hidden /> : null}</span>
                  {period}
                </Checkbox>
              </td>
              <td className="num">
                <Money cents={bill.current_cents} />
              </td>
              <td className="num">{isChosen ? usedOf(use[bill.id]) : "–"}</td>
              <td>
                {isChosen ? (
                  <span className="row">
                    <Input
                      className="input num ordinary"
                      inputMode="decimal"
                      aria-label={`Use without the leak, ${period}`}
                      value={ordinaryOf(bill.id)}
                      onChange={(event) => setTyped({ ...typed, [bill.id]: event.target.value })}
                    />
                    <span className="muted small">
                      {typed[bill.id] === undefined && yearAgo[bill.id]
                        ? "as a year ago"
                        : use[bill.id]?.unit}
                    </span>
                  </span>
                ) : null}
              </td>
            </tr>
          );
        })}
      </tbody>
    </Table>
  );
}

function usedOf(use: { quantity: string; unit: string } | undefined): string {
  return use ? `${formatQuantity(use.quantity)} ${use.unit}` : "…";
}

/** The bill of the same season a year before, if the account had one. */
function sameSeason(bill: Row, bills: readonly Row[]): Row | undefined {
  return bills.find((other) => {
    const days = daysBetween(other.period_to, bill.period_to);
    return Math.abs(days - YEAR_DAYS) <= LEEWAY_DAYS;
  });
}

/** The metered water of bills by their ids, as far as it is known. */
function useWater(ids: readonly string[]) {
  const found = useQueries({
    queries: ids.map((id) =>
      api.queryOptions("get", "/api/v1/bills/{bill_id}", {
        params: { path: { bill_id: id }, query: { language: "en" } },
      }),
    ),
  });
  return Object.fromEntries(
    found.flatMap(({ data }) => (data ? [[data.id, waterUse(data.segments)]] : [])),
  );
}
