import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { getRouteApi, Link, useRouter } from "@tanstack/react-router";
import { type ReactElement, useState } from "react";
import { useWatch } from "react-hook-form";
import { z } from "zod";
import { api, client } from "@/api/client";
import { useForget } from "@/api/session";
import { AccountPick, usePickedAccount } from "@/components/account-pick";
import { Button } from "@/components/button";
import { AmountField, Form, SelectField, TextField, useAppForm } from "@/components/form";
import { PageHead } from "@/components/page";
import { toast } from "@/components/toast";
import { formatCents, parseDollars } from "@/lib/cents";
import { uuid7 } from "@/lib/ids";
import { usePaused } from "@/lib/paused";
import { AdjustmentEffect } from "./effect";

const PAUSE_MS = 250;
const NOTE_MIN = 10;
const request = z.object({
  type_code: z.string().min(1, "Choose the type"),
  amount_cents: z.string().transform((text, check) => {
    const cents = parseDollars(text);
    if (cents !== null && cents !== 0) return cents;
    check.addIssue({ code: "custom", message: "Type an amount; a minus or parentheses credit it" });
    return z.NEVER;
  }),
  note: z.string().trim().min(NOTE_MIN, "At least 10 characters: the customer reads it").max(500),
});

const route = getRouteApi("/app/adjustments/new");

/** Asks for a correction: its effect on the account, and who may post it, stand beside the form. */
export function AskAdjustment(): ReactElement {
  const search = route.useSearch();
  const router = useRouter();
  const forget = useForget();
  const [id] = useState(uuid7);
  const [account, setAccount] = usePickedAccount(search.account);
  const types = api.useQuery("get", "/api/v1/adjustment-types");
  const { form, problem, submit, isBusy, draft } = useAppForm({
    schema: request,
    draft: `adjustment:${account?.id ?? ""}`,
    defaults: { type_code: "", amount_cents: "", note: "" },
    onSubmit: async (values) => {
      if (!account) return;
      const body = { id, account_id: account.id, ...values };
      const { data } = await client.POST("/api/v1/adjustments", { body });
      await forget("/api/v1/adjustments", "/api/v1/accounts/{account_id}/ledger");
      toast(data?.state === "posted" ? "The adjustment is posted" : "It waits for a second person");
      router.history.push(`/adjustments/${id}`);
    },
  });
  const { control } = form;
  const watched = useWatch({ control });
  const typed = usePaused(JSON.stringify(watched), PAUSE_MS);
  const [type_code, amount_cents] = readTyped(typed);
  const isReady = account !== null && type_code !== "" && amount_cents !== 0;
  const body = { id, account_id: account?.id ?? "", type_code, amount_cents, note: "preview only" };
  const preview = useQuery({
    queryKey: ["adjustment preview", body],
    queryFn: async () => (await client.POST("/api/v1/adjustments/preview", { body })).data ?? null,
    enabled: isReady,
    placeholderData: keepPreviousData,
    retry: false,
  });
  return (
    <div className="page">
      <PageHead title="Ask for an adjustment" crumbs={<Link to="/adjustments">Adjustments</Link>} />
      <div className="columns">
        <Form
          label="Ask for an adjustment"
          className="stack"
          problem={problem}
          draft={draft}
          onSubmit={submit}
        >
          <div className="form-grid">
            <AccountPick value={account} onChange={setAccount} />
            <SelectField
              control={control}
              name="type_code"
              label="Type"
              options={(types.data ?? []).map((type) => [type.code, type.name])}
              isDisabled={!types.data}
            />
            <AmountField
              control={control}
              name="amount_cents"
              label="Amount"
              help="A minus or parentheses credit the customer."
            />
            <TextField
              control={control}
              name="note"
              label="Why; printed on the statement"
              multiline
              wide
            />
          </div>
          <div className="row">
            <Button type="submit" variant="primary" isDisabled={!isReady} isBusy={isBusy}>
              {isReady ? `Ask for ${formatCents(amount_cents)}` : "Ask for it"}
            </Button>
          </div>
        </Form>
        <AdjustmentEffect
          preview={isReady ? (preview.data ?? undefined) : undefined}
          amount={amount_cents}
          error={isReady ? preview.error : null}
        />
      </div>
    </div>
  );
}

function readTyped(text: string): [type: string, cents: number] {
  const values = JSON.parse(text) as { type_code?: string; amount_cents?: string };
  return [values.type_code ?? "", parseDollars(values.amount_cents ?? "") ?? 0];
}
