import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { api } from "@/api/client";
import { Day, Money } from "@/components/figures";
import { Section } from "@/components/page";
import { Pill } from "@/components/pill";
import { Shown } from "@/components/shown";
import { Table } from "@/components/table";
import { formatPeriod } from "@/lib/dates";
import { words } from "@/lib/words";

/** The account's bills, newest first. */
export function AccountBills({ accountId }: { accountId: string }): ReactElement {
  const query = api.useQuery("get", "/api/v1/bills", {
    params: { query: { account_id: accountId, sort: "-bill_on", limit: 100 } },
  });
  return (
    <Section title="Bills">
      <Shown query={query}>
        {({ items }) => (
          <Table>
            <thead>
              <tr>
                <th>Bill</th>
                <th>Period</th>
                <th>Kind</th>
                <th>State</th>
                <th>Billed on</th>
                <th>Due on</th>
                <th className="num">Charges</th>
              </tr>
            </thead>
            <tbody>
              {items.map((bill) => (
                <tr key={bill.id}>
                  <td>
                    <Link to="/bills/$billId" params={{ billId: bill.id }}>
                      {bill.number}
                    </Link>
                  </td>
                  <td>{formatPeriod(bill.period_from, bill.period_to)}</td>
                  <td>{words(bill.kind)}</td>
                  <td>
                    <Pill state={bill.state} />
                  </td>
                  <td>
                    <Day on={bill.bill_on} />
                  </td>
                  <td>
                    <Day on={bill.due_on} />
                  </td>
                  <td className="num">
                    <Money cents={bill.current_cents} />
                  </td>
                </tr>
              ))}
            </tbody>
          </Table>
        )}
      </Shown>
    </Section>
  );
}
