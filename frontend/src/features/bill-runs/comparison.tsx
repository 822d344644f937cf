import { Link } from "@tanstack/react-router";
import { type ReactElement, useState } from "react";
import { api, type Schema } from "@/api/client";
import { Choice } from "@/components/button";
import { Empty } from "@/components/empty";
import { Money, Usage } from "@/components/figures";
import { Section } from "@/components/page";
import { Shown } from "@/components/shown";
import { Table } from "@/components/table";
import { formatChange, formatCount } from "@/lib/units";
import { words } from "@/lib/words";

type Against = "previous" | "last_year";

/** The run beside the last one of its cycle, or beside the same period a year ago. */
export function Comparison({ runId }: { runId: string }): ReactElement {
  const [against, setAgainst] = useState<Against>("previous");
  const query = api.useQuery("get", "/api/v1/bill-runs/{run_id}/comparison", {
    params: { path: { run_id: runId }, query: { with: against } },
  });
  return (
    <div className="tab-page">
      <div className="row">
        <Choice
          label="Compare with"
          value={against}
          options={[
            ["previous", "Last cycle"],
            ["last_year", "Last year"],
          ]}
          onChange={setAgainst}
        />
        <span className="muted">{query.data?.run_name}</span>
      </div>
      <Shown query={query}>
        {(found) =>
          found.run_id === null ? (
            <Empty title="Nothing to compare with">
              There is no earlier posted run to compare.
            </Empty>
          ) : (
            <>
              <Totals title="By class" head="Class" totals={found.by_class} />
              <Totals title="By charge" head="Charge" totals={found.by_group} />
              <TopChanges changes={found.top_changes} />
            </>
          )
        }
      </Shown>
    </div>
  );
}

function Totals({
  title,
  head,
  totals,
}: {
  title: string;
  head: string;
  totals: Schema<"GroupTotals">[];
}): ReactElement {
  return (
    <Section title={title}>
      <Table>
        <thead>
          <tr>
            <th>{head}</th>
            <th className="num">Bills</th>
            <th className="num">Before</th>
            <th className="num">Use (units)</th>
            <th className="num">Before</th>
            <th className="num">Amount</th>
            <th className="num">Before</th>
            <th className="num">Change</th>
          </tr>
        </thead>
        <tbody>
          {totals.map((row) => (
            <tr key={row.name}>
              <td>{words(row.name)}</td>
              <td className="num">{formatCount(row.bills)}</td>
              <td className="num muted">{formatCount(row.other_bills)}</td>
              <td className="num">
                <Usage value={row.quantity} />
              </td>
              <td className="num muted">
                <Usage value={row.other_quantity} />
              </td>
              <td className="num">
                <Money cents={row.cents} />
              </td>
              <td className="num">
                <Money cents={row.other_cents} />
              </td>
              <td className="num">{formatChange(row.cents, row.other_cents)}</td>
            </tr>
          ))}
        </tbody>
      </Table>
    </Section>
  );
}

function TopChanges({ changes }: { changes: Schema<"TopChange">[] }): ReactElement {
  return (
    <Section title="Largest changes">
      <Table>
        <thead>
          <tr>
            <th>Account</th>
            <th>Customer</th>
            <th className="num">Before</th>
            <th className="num">Now</th>
            <th className="num">Change</th>
          </tr>
        </thead>
        <tbody>
          {changes.map((change) => (
            <tr key={change.bill_id}>
              <td>
                <Link to="/bills/$billId" params={{ billId: change.bill_id }}>
                  {change.account_number}
                </Link>
              </td>
              <td>{change.customer_name}</td>
              <td className="num">
                <Money cents={change.other_cents} />
              </td>
              <td className="num">
                <Money cents={change.cents} />
              </td>
              <td className="num">
                <Money cents={change.change_cents} />
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
    </Section>
  );
}
