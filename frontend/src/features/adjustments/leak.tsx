import { getRouteApi, Link, useRouter } from "@tanstack/react-router";
import { type ReactElement, useState } from "react";
import { z } from "zod";
import { client } from "@/api/client";
import { useForget } from "@/api/session";
import { AccountPick, usePickedAccount } from "@/components/account-pick";
import { Button } from "@/components/button";
import { Form, TextField, useAppForm } from "@/components/form";
import { PageHead } from "@/components/page";
import { toast } from "@/components/toast";
import { formatCents } from "@/lib/cents";
import { uuid7 } from "@/lib/ids";
import { usePaused } from "@/lib/paused";
import { AdjustmentEffect } from "./effect";
import { LeakBills } from "./leak-bills";
import { LeakSteps } from "./leak-steps";
import { type LeakBill, useAskedEffect, useLeakCredit } from "./use-leak";

const PAUSE_MS = 300;
const request = z.object({
  note: z.string().trim().min(10, "At least 10 characters: the customer reads it").max(500),
});
const route = getRouteApi("/app/adjustments/leak");

/** Works a leak credit out from the bills and the policy; its effect stands before the button. */
export function LeakAdjustment(): ReactElement {
  const search = route.useSearch();
  const router = useRouter();
  const forget = useForget();
  const [id] = useState(uuid7);
  const [account, setAccount] = usePickedAccount(search.account);
  const [bills, setBills] = useState<{ unit: string; bills: readonly LeakBill[] }>(NONE);
  const claim = usePaused(bills, PAUSE_MS);
  const credit = useLeakCredit(account?.id, claim);
  const amount = credit.data?.amount_cents ?? 0;
  const isReady = account !== null && amount < 0;
  const effect = useAskedEffect(id, isReady ? account.id : undefined, amount);
  const { form, problem, submit, isBusy } = useAppForm({
    schema: request,
    defaults: { note: "" },
    onSubmit: async ({ note }) => {
      if (!account || !credit.data) return;
      const basis = credit.data.steps.join("\n");
      const { data } = await client.POST("/api/v1/adjustments", {
        body: {
          id,
          account_id: account.id,
          type_code: "leak",
          amount_cents: amount,
          note,
          basis,
        },
      });
      await forget(
        "/api/v1/adjustments",
        "/api/v1/approvals",
        "/api/v1/home",
        "/api/v1/accounts/{account_id}/ledger",
      );
      toast(data?.state === "posted" ? "The credit is posted" : "It waits for a second person");
      router.history.push(`/adjustments/${id}`);
    },
  });
  return (
    <div className="page">
      <PageHead title="Leak adjustment" crumbs={<Link to="/adjustments">Adjustments</Link>} />
      <div className="columns">
        <Form label="Leak adjustment" className="stack" problem={problem} onSubmit={submit}>
          <div className="form-grid">
            <AccountPick
              value={account}
              onChange={(next) => {
                setAccount(next);
                setBills(NONE);
              }}
            />
          </div>
          {account ? (
            <LeakBills key={account.id} accountId={account.id} onChange={setBills} />
          ) : null}
          <LeakSteps credit={credit.data} error={credit.error} />
          <TextField
            control={form.control}
            name="note"
            label="Why; printed on the statement"
            multiline
          />
          <div className="row">
            <Button type="submit" variant="primary" isDisabled={!isReady} isBusy={isBusy}>
              {isReady ? `Ask for a credit of ${formatCents(-amount)}` : "Ask for the credit"}
            </Button>
          </div>
        </Form>
        <AdjustmentEffect
          preview={isReady ? (effect.data ?? undefined) : undefined}
          amount={amount}
          error={isReady ? effect.error : null}
          ask="Choose the account and the bills that the leak ran through."
        />
      </div>
    </div>
  );
}

const NONE = { unit: "HCF", bills: [] as readonly LeakBill[] };
