/** One customer's average by hand: a new home, a leak in winter. */

import { useNavigate } from "@tanstack/react-router";
import { type ReactElement, useState } from "react";
import { z } from "zod";
import { api, client } from "@/api/client";
import { useForget } from "@/api/session";
import { AccountPick, type PickedAccount } from "@/components/account-pick";
import { Button } from "@/components/button";
import { Dialog } from "@/components/dialog";
import { DayField, DialogForm, SelectField, TextField, useAppForm } from "@/components/form";
import { uuid7 } from "@/lib/ids";

const schema = z.object({
  agreement_id: z.string().min(1, "Choose an account with sewer service"),
  quantity: z.string().regex(/^\d+(\.\d{1,6})?$/, "Type a quantity"),
  from_on: z.string().min(10, "Type a day"),
  reason: z.string().trim().min(5, "At least 5 characters: others will read it").max(200),
});

export function ByHand({ onClose }: { onClose: () => void }): ReactElement {
  const forget = useForget();
  const navigate = useNavigate();
  const [id] = useState(uuid7);
  const [account, setAccount] = useState<PickedAccount | null>(null);
  const detail = api.useQuery(
    "get",
    "/api/v1/accounts/{account_id}",
    { params: { path: { account_id: account?.id ?? "" } } },
    { enabled: account !== null },
  );
  const sewer = (detail.data?.agreements ?? []).filter(({ service }) => service === "sewer");
  const { form, problem, submit, isBusy } = useAppForm({
    schema,
    defaults: { agreement_id: "", quantity: "", from_on: "", reason: "" },
    onSubmit: async (values) => {
      await client.POST("/api/v1/winter-proposals/by-hand", { body: { id, ...values } });
      await forget("/api/v1/winter-proposals");
      onClose();
      await navigate({ to: "/winter-averages/$proposalId", params: { proposalId: id } });
    },
  });
  return (
    <Dialog title="Propose an average by hand" isOpen onClose={onClose}>
      <DialogForm
        label="Propose an average"
        problem={problem}
        onSubmit={submit}
        footer={
          <>
            <Button onPress={onClose}>Cancel</Button>
            <Button type="submit" variant="primary" isBusy={isBusy}>
              Propose
            </Button>
          </>
        }
      >
        <AccountPick value={account} onChange={setAccount} />
        <SelectField
          control={form.control}
          name="agreement_id"
          label="Sewer agreement"
          options={sewer.map((one) => [one.id, `${one.rate_code} from ${one.from_on}`] as const)}
        />
        <TextField
          control={form.control}
          name="quantity"
          label="Average, in the tariff's unit"
          inputMode="decimal"
        />
        <DayField control={form.control} name="from_on" label="For bills of periods from" />
        <TextField control={form.control} name="reason" label="Reason" />
      </DialogForm>
    </Dialog>
  );
}
