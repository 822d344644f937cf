import { keepPreviousData } from "@tanstack/react-query";
import { getRouteApi, Link, useRouter } from "@tanstack/react-router";
import { type ReactElement, useState } from "react";
import { useWatch } from "react-hook-form";
import { z } from "zod";
import { api, client } from "@/api/client";
import { useForget } from "@/api/session";
import { AccountPick, usePickedAccount } from "@/components/account-pick";
import { Button } from "@/components/button";
import { useZone } from "@/components/figures";
import { AmountField, DayField, Form, SelectField, TextField, useAppForm } from "@/components/form";
import { PageHead } from "@/components/page";
import { toast } from "@/components/toast";
import { formatCents, parseDollars } from "@/lib/cents";
import { todayIn } from "@/lib/dates";
import { uuid7 } from "@/lib/ids";
import { usePaused } from "@/lib/paused";
import { PaymentEffect } from "./effect";

const PAUSE_MS = 200;
const TENDERS = [
  ["cash", "Cash"],
  ["check", "Check"],
  ["card", "Card"],
] as const;

const payment = z
  .object({
    cents: z.string().transform((text, check) => {
      const cents = parseDollars(text);
      if (cents !== null && cents > 0) return cents;
      check.addIssue({ code: "custom", message: "Type an amount above zero" });
      return z.NEVER;
    }),
    tender: z.enum(["cash", "check", "card"]),
    reference: z.string().trim().max(40),
    received_on: z.string().min(10, "Type the day"),
    note: z.string().max(300),
  })
  .refine((values) => values.tender === "cash" || values.reference !== "", {
    path: ["reference"],
    message: "Type the check number or the processor's reference",
  });

const route = getRouteApi("/app/payments/new");

/** Account, amount, check, Enter: the charges that it settles are shown before the button. */
export function TakePayment(): ReactElement {
  const search = route.useSearch();
  const router = useRouter();
  const forget = useForget();
  const today = todayIn(useZone());
  const [id, setId] = useState(uuid7);
  const [account, setAccount] = usePickedAccount(search.account);
  const { form, problem, submit, isBusy } = useAppForm({
    schema: payment,
    defaults: { cents: "", tender: "check", reference: "", received_on: today, note: "" },
    onSubmit: async (values) => {
      if (!account) return;
      await client.POST("/api/v1/payments", { body: { id, account_id: account.id, ...values } });
      await forget(
        "/api/v1/payments",
        "/api/v1/payments/preview",
        "/api/v1/accounts/{account_id}/ledger",
      );
      toast(`${formatCents(values.cents)} posted to ${account.number}`);
      if (search.account) router.history.push(`/accounts/${account.id}`);
      else {
        // The next payment: the same tender and day, another account.
        setId(uuid7());
        setAccount(null);
        form.reset({ ...form.getValues(), cents: "", reference: "", note: "" });
      }
    },
  });
  const { control } = form;
  const typed = usePaused(useWatch({ control, name: "cents" }), PAUSE_MS);
  const cents = parseDollars(typed ?? "") ?? 0;
  const preview = api.useQuery(
    "get",
    "/api/v1/payments/preview",
    { params: { query: { account_id: account?.id ?? "", cents } } },
    { enabled: account !== null && cents > 0, placeholderData: keepPreviousData },
  );
  const isReady = account !== null && cents > 0;
  return (
    <div className="page">
      <PageHead title="Take a payment" crumbs={<Link to="/payments">Payments</Link>} />
      <div className="columns">
        <Form label="Take a payment" className="stack" problem={problem} onSubmit={submit}>
          <div className="form-grid">
            <AccountPick value={account} onChange={setAccount} />
            <AmountField control={control} name="cents" label="Amount" />
            <SelectField control={control} name="tender" label="Tender" options={TENDERS} />
            <TextField
              control={control}
              name="reference"
              label="Check number or reference"
              help="Never a card number."
            />
            <DayField control={control} name="received_on" label="Received on" />
            <TextField control={control} name="note" label="Note" wide />
          </div>
          <div className="row">
            <Button type="submit" variant="primary" isDisabled={!isReady} isBusy={isBusy}>
              {isReady ? `Post ${formatCents(cents)}` : "Post"}
            </Button>
          </div>
        </Form>
        <PaymentEffect
          preview={isReady ? preview.data : undefined}
          error={isReady ? preview.error : null}
        />
      </div>
    </div>
  );
}
