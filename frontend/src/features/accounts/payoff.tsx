/** What pays the account in full through a day, and the letter that says so. */

import { type ReactElement, useState } from "react";
import { z } from "zod";
import { api, client, type Schema } from "@/api/client";
import { saveBlob } from "@/api/lists";
import { useForget } from "@/api/session";
import { Button } from "@/components/button";
import { Dialog, Effect } from "@/components/dialog";
import { Money, useZone } from "@/components/figures";
import { DayField, DialogForm, SelectField, TextField, useAppForm } from "@/components/form";
import { Shown } from "@/components/shown";
import { toast } from "@/components/toast";
import { daysBefore, formatDay, formatPeriod, todayIn } from "@/lib/dates";
import { uuid7 } from "@/lib/ids";
import { words } from "@/lib/words";
import { type AccountPage, TIMELINE_PATH } from "./kinds";

const GOOD_DAYS = 30;
const LINES_MAX = 5;
const schema = z.object({
  good_through_on: z.string().min(10, "Type the day"),
  language: z.enum(["en", "es"]),
  recipient: z
    .string()
    .refine((text) => text.trim().split("\n").length <= LINES_MAX, `At most ${LINES_MAX} lines`),
});

interface PayoffProps {
  account: AccountPage["account"];
  onClose: () => void;
}

export function Payoff({ account, onClose }: PayoffProps): ReactElement {
  const [id] = useState(uuid7);
  const forget = useForget();
  const today = todayIn(useZone());
  const { form, problem, submit, isBusy } = useAppForm({
    schema,
    defaults: {
      good_through_on: daysBefore(today, -GOOD_DAYS),
      language: account.language,
      recipient: "",
    },
    onSubmit: async ({ recipient, ...rest }) => {
      const lines = recipient.split("\n").map((text) => text.trim());
      const { data } = await client.POST("/api/v1/accounts/{account_id}/payoff-letters", {
        params: { path: { account_id: account.id } },
        body: { id, ...rest, recipient: lines.filter(Boolean) },
      });
      if (!data) return;
      const pdf = await fetch(`/api/v1/files/${data.id}`);
      saveBlob(await pdf.blob(), `payoff-${account.number}.pdf`);
      await forget(TIMELINE_PATH, "/api/v1/account-files");
      toast("The letter is written and kept with the papers");
      onClose();
    },
  });
  const { control } = form;
  const day = form.watch("good_through_on");
  return (
    <Dialog title="Payoff letter" isOpen onClose={onClose}>
      <DialogForm
        label="Payoff letter"
        problem={problem}
        onSubmit={submit}
        footer={
          <>
            <Button onPress={onClose}>Cancel</Button>
            <Button type="submit" variant="primary" isBusy={isBusy}>
              Write the letter
            </Button>
          </>
        }
      >
        <div className="form-grid">
          <DayField control={control} name="good_through_on" label="Good through" autoFocus />
          <SelectField
            control={control}
            name="language"
            label="Language"
            options={[
              ["en", "English"],
              ["es", "Spanish"],
            ]}
          />
          <TextField
            control={control}
            name="recipient"
            label="To"
            help="The account's mailing address unless someone else asked"
            multiline
            wide
          />
        </div>
        {day.length === 10 ? <Figures accountId={account.id} day={day} /> : null}
      </DialogForm>
    </Dialog>
  );
}

function Figures({ accountId, day }: { accountId: string; day: string }): ReactElement {
  const query = api.useQuery(
    "get",
    "/api/v1/accounts/{account_id}/payoff",
    { params: { path: { account_id: accountId }, query: { good_through_on: day } } },
    { retry: false },
  );
  return (
    <Shown query={query}>
      {(payoff) => (
        <>
          <Effect
            lines={[
              { label: "Balance today", value: <Money cents={payoff.balance_cents} /> },
              ...payoff.unbilled.map((part) => ({
                label: `${words(part.service)} ${formatPeriod(part.from_on, part.to_on)}, estimate`,
                value:
                  part.estimate_cents === null ? (
                    <span className="muted">no bill yet</span>
                  ) : (
                    <Money cents={part.estimate_cents} />
                  ),
              })),
              {
                label: `Pays in full through ${formatDay(payoff.good_through_on)}`,
                value: <Money cents={payoff.total_cents} />,
                total: true,
              },
            ]}
          />
          <p className="help">{basisOf(payoff)}</p>
        </>
      )}
    </Shown>
  );
}

function basisOf({ unbilled }: Schema<"PayoffOut">): string {
  const bills = [...new Set(unbilled.flatMap(({ bill_number }) => bill_number ?? []))];
  if (bills.length === 0) return "Nothing is estimated.";
  return `Estimates are the charge per day on bill ${bills.join(", ")}, times the days since.`;
}
