/** One line of a proposal by hand: another quantity, or leave the customer as they are. */

import type { ReactElement } from "react";
import { z } from "zod";
import { client, type Schema, seen } from "@/api/client";
import { useForget } from "@/api/session";
import { Button } from "@/components/button";
import { Dialog } from "@/components/dialog";
import { DialogForm, TextField, useAppForm } from "@/components/form";
import { toast } from "@/components/toast";
import { formatQuantity } from "@/lib/units";

const schema = z.object({
  quantity: z.string().regex(/^(\d+(\.\d{1,6})?)?$/, "Type a quantity, or leave it empty"),
  reason: z.string().trim().min(5, "At least 5 characters: others will read it").max(200),
});

interface CorrectProps {
  proposal: Schema<"WinterProposalOut">;
  line: Schema<"WinterLineOut">;
  flag: string;
  onClose: () => void;
}

export function Correct({ proposal, line, flag, onClose }: CorrectProps): ReactElement {
  const forget = useForget();
  const { form, problem, submit, isBusy } = useAppForm({
    schema,
    defaults: { quantity: line.quantity ?? "", reason: "" },
    onSubmit: async ({ quantity, reason }) => {
      await client.PUT("/api/v1/winter-proposals/{proposal_id}/lines/{agreement_id}", {
        params: {
          path: { proposal_id: proposal.id, agreement_id: line.id },
          header: seen(`/api/v1/winter-proposals/${proposal.id}`),
        },
        body: { quantity: quantity === "" ? null : quantity, reason },
      });
      await forget(
        "/api/v1/winter-proposals/{proposal_id}",
        "/api/v1/winter-proposals/{proposal_id}/lines",
      );
      toast("Corrected");
      onClose();
    },
  });
  return (
    <Dialog title={`${line.account_number}, ${line.customer_name}`} isOpen onClose={onClose}>
      <DialogForm
        label="Correct the line"
        problem={problem}
        onSubmit={submit}
        footer={
          <>
            <Button onPress={onClose}>Cancel</Button>
            <Button type="submit" variant="primary" isBusy={isBusy}>
              Correct it
            </Button>
          </>
        }
      >
        <p>
          {flag}. Now {line.previous === null ? "none" : formatQuantity(line.previous)}, computed{" "}
          {line.quantity === null ? "none" : formatQuantity(line.quantity)}. {line.note} Whoever
          corrects a line may not approve the proposal.
        </p>
        <TextField
          control={form.control}
          name="quantity"
          label="Average"
          help="Empty: the customer keeps what they have."
          inputMode="decimal"
          autoFocus
        />
        <TextField control={form.control} name="reason" label="Reason" />
      </DialogForm>
    </Dialog>
  );
}
