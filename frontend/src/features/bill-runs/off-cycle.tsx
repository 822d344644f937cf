import { Link, useRouter } from "@tanstack/react-router";
import { X } from "lucide-react";
import { type ReactElement, useState } from "react";
import { useWatch } from "react-hook-form";
import { z } from "zod";
import { client } from "@/api/client";
import { useForget } from "@/api/session";
import { AccountPick, type PickedAccount } from "@/components/account-pick";
import { Button, IconButton } from "@/components/button";
import { Effect } from "@/components/dialog";
import { useZone } from "@/components/figures";
import { DayField, Form, TextField, useAppForm } from "@/components/form";
import { PageHead, Section } from "@/components/page";
import { Table } from "@/components/table";
import { formatDay, formatPeriod, todayIn } from "@/lib/dates";
import { uuid7 } from "@/lib/ids";
import { formatCount, plural } from "@/lib/units";
import { PasteNumbers } from "./paste-numbers";

const day = z.string().min(10, "Type the day");
const request = z
  .object({
    name: z.string().trim().min(1, "Give the run a name").max(120),
    reason: z.string().trim().min(5, "At least 5 characters: others will read it").max(500),
    period_from: day,
    period_to: day,
    bill_on: day,
    due_on: z.string(),
  })
  .refine(({ period_from, period_to }) => period_to > period_from, {
    path: ["period_to"],
    message: "It lies after the first day",
  });

/** Bills named accounts outside their cycle: finals, corrections, what a run excused. */
export function OffCycle(): ReactElement {
  const router = useRouter();
  const forget = useForget();
  const today = todayIn(useZone());
  const [id] = useState(uuid7);
  const [accounts, setAccounts] = useState<readonly PickedAccount[]>([]);
  const add = (found: readonly PickedAccount[]) =>
    setAccounts((before) => [
      ...before,
      ...found.filter((one) => !before.some(({ id: known }) => known === one.id)),
    ]);
  const { form, problem, submit, isBusy } = useAppForm({
    schema: request,
    defaults: {
      name: `Off-cycle, ${formatDay(today)}`,
      reason: "",
      period_from: "",
      period_to: today,
      bill_on: today,
      due_on: "",
    },
    onSubmit: async ({ due_on, ...values }) => {
      const account_ids = accounts.map((account) => account.id);
      const body = { id, account_ids, ...values, ...(due_on ? { due_on } : {}) };
      await client.POST("/api/v1/bill-runs", { body });
      await forget("/api/v1/bill-runs");
      router.history.push(`/bill-runs/${id}`);
    },
  });
  const { control } = form;
  const watched = useWatch({ control });
  return (
    <div className="page">
      <PageHead title="Bill off-cycle" crumbs={<Link to="/bill-runs">Bill runs</Link>} />
      <div className="columns">
        <Form label="Bill off-cycle" className="stack" problem={problem} onSubmit={submit}>
          <div className="form-grid">
            <TextField control={control} name="name" label="Name" help="As the office says it." />
            <TextField control={control} name="reason" label="Why outside their cycle?" />
            <DayField control={control} name="period_from" label="Bill from" />
            <DayField control={control} name="period_to" label="To, not included" />
            <DayField control={control} name="bill_on" label="Bills of" />
            <DayField
              control={control}
              name="due_on"
              label="Due on"
              help="Empty takes the policy's days."
            />
          </div>
          <Section title="Accounts">
            <div className="stack">
              <div className="form-grid">
                <AccountPick value={null} onChange={(account) => add([account])} />
                <PasteNumbers onFound={add} />
              </div>
              <Chosen
                accounts={accounts}
                onRemove={(gone) => setAccounts(accounts.filter((one) => one.id !== gone))}
              />
            </div>
          </Section>
          <div className="row">
            <Button
              type="submit"
              variant="primary"
              isDisabled={accounts.length === 0}
              isBusy={isBusy}
            >
              Prepare the run of {plural(accounts.length, "account")}
            </Button>
          </div>
        </Form>
        <Section title="What this will do">
          <div className="stack effect-side" aria-live="polite">
            <Effect
              lines={[
                { label: "Accounts", value: formatCount(accounts.length) },
                { label: "Period", value: periodOf(watched.period_from, watched.period_to) },
                { label: "Reads count until", value: dayOf(watched.period_to) },
                { label: "Bills of", value: dayOf(watched.bill_on), total: true },
              ]}
            />
            <p className="help">
              Only days that no posted bill holds are billed, and the cycle's next run leaves them
              out. Nothing reaches the books before another person has approved the run.
            </p>
          </div>
        </Section>
      </div>
    </div>
  );
}

function dayOf(day: string | undefined): string {
  return day && day.length === 10 ? formatDay(day) : "–";
}

function periodOf(from: string | undefined, to: string | undefined): string {
  return from?.length === 10 && to?.length === 10 && from < to ? formatPeriod(from, to) : "–";
}

function Chosen({
  accounts,
  onRemove,
}: {
  accounts: readonly PickedAccount[];
  onRemove: (id: string) => void;
}): ReactElement {
  if (accounts.length === 0) return <p className="muted">No account is chosen yet.</p>;
  return (
    <Table>
      <thead>
        <tr>
          <th>Account</th>
          <th>Customer</th>
          <th>Service address</th>
          <th>
            <span className="sr-only">Acts</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {accounts.map((account) => (
          <tr key={account.id}>
            <td>{account.number}</td>
            <td>{account.customer_name}</td>
            <td>{account.service_address}</td>
            <td>
              <IconButton
                label={`Leave out ${account.number}`}
                onPress={() => onRemove(account.id)}
              >
                <X aria-hidden />
              </IconButton>
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
