/** Any account under this version: one of its bills priced again, line by line. */

import { type ReactElement, useState } from "react";
import { api, type Schema } from "@/api/client";
import { AccountPick, type PickedAccount } from "@/components/account-pick";
import { Empty } from "@/components/empty";
import { Money } from "@/components/figures";
import { Pick } from "@/components/form";
import { Section } from "@/components/page";
import { Shown } from "@/components/shown";
import { Table } from "@/components/table";
import { formatDay } from "@/lib/dates";

export function AccountBench({ version }: { version: Schema<"VersionOut"> }): ReactElement {
  const [account, setAccount] = useState<PickedAccount | null>(null);
  return (
    <Section title="An account">
      <div className="stack bench">
        <AccountPick value={account} onChange={setAccount} />
        {account ? <BillsOf key={account.id} accountId={account.id} version={version} /> : null}
      </div>
    </Section>
  );
}

interface BillsOfProps {
  accountId: string;
  version: Schema<"VersionOut">;
}

function BillsOf({ accountId, version }: BillsOfProps): ReactElement {
  const [chosen, setChosen] = useState<string | null>(null);
  const bills = api.useQuery("get", "/api/v1/bills", {
    params: { query: { account_id: accountId, sort: "-period_to", limit: 24 } },
  });
  return (
    <Shown query={bills} lines={3}>
      {({ items }) => {
        const billId = chosen ?? items[0]?.id;
        if (!billId) return <Empty title="No bill yet">There is nothing to price again.</Empty>;
        return (
          <>
            <Pick
              label="Bill"
              value={billId}
              options={items.map((bill) => [
                bill.id,
                `${formatDay(bill.period_from)} to ${formatDay(bill.period_to)}`,
              ])}
              onChange={setChosen}
            />
            <Repriced billId={billId} versionId={version.id} />
          </>
        );
      }}
    </Shown>
  );
}

function Repriced({ billId, versionId }: { billId: string; versionId: string }): ReactElement {
  const query = api.useQuery("get", "/api/v1/bills/{bill_id}/price", {
    params: { path: { bill_id: billId }, query: { version_id: versionId } },
  });
  return (
    <Shown query={query} lines={4}>
      {(priced) => (
        <Table isLive>
          <tbody>
            {priced.labels.map((label, index) => (
              <tr key={`${label} ${priced.explanations[index]}`}>
                <td>
                  {label}
                  <div className="help">{priced.explanations[index]}</div>
                </td>
                <td className="num">
                  <Money cents={priced.amounts_cents[index] ?? 0} />
                </td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <td>Under this version</td>
              <td className="num">
                <Money cents={priced.after_cents} />
              </td>
            </tr>
            <tr>
              <td>As billed</td>
              <td className="num">
                <Money cents={priced.before_cents} />
              </td>
            </tr>
            <tr>
              <td>Change</td>
              <td className="num">
                <Money cents={priced.after_cents - priced.before_cents} />
              </td>
            </tr>
          </tfoot>
        </Table>
      )}
    </Shown>
  );
}
