import type { ReactElement } from "react";
import { z } from "zod";
import { client, type Schema } from "@/api/client";
import { useForget } from "@/api/session";
import { Button } from "@/components/button";
import { Dialog } from "@/components/dialog";
import { useZone } from "@/components/figures";
import { DayField, DialogForm, TextField, useAppForm } from "@/components/form";
import { toast } from "@/components/toast";
import { formatDay, todayIn } from "@/lib/dates";
import { words } from "@/lib/words";

const schema = z.object({
  name: z
    .string()
    .trim()
    .transform((typed) => typed.toLowerCase().replaceAll(/[\s-]+/g, "_"))
    .pipe(z.string().regex(/^[a-z][a-z0-9_]{0,39}$/, "Letters, digits and spaces")),
  value: z.string().trim().max(200),
  from_on: z.string().min(10, "Type the day"),
  reason: z.string().trim().min(5, "At least 5 characters: others will read it").max(500),
});

interface SetFactProps {
  agreement: Schema<"AgreementRow">;
  onClose: () => void;
}

/** A fact that the rate asks for has another value from a day on; an empty one takes it away. */
export function SetFact({ agreement, onClose }: SetFactProps): ReactElement {
  const forget = useForget();
  const today = todayIn(useZone());
  const { form, problem, submit, isBusy } = useAppForm({
    schema,
    defaults: { name: "", value: "", from_on: today, reason: "" },
    onSubmit: async ({ name, value, from_on, reason }) => {
      await client.POST("/api/v1/agreements/{agreement_id}/attributes", {
        params: { path: { agreement_id: agreement.id } },
        body: { name, value: value || null, from_on, reason },
      });
      await forget("/api/v1/accounts/{account_id}");
      toast(`${words(name)} is ${value || "taken away"} from ${formatDay(from_on)}`);
      onClose();
    },
  });
  const { control } = form;
  const what = `${words(agreement.service)} at ${agreement.service_point_code}`;
  return (
    <Dialog title={`Facts of the rate, ${what}`} isOpen onClose={onClose}>
      <DialogForm
        label="Set a fact"
        problem={problem}
        onSubmit={submit}
        footer={
          <>
            <Button onPress={onClose}>Cancel</Button>
            <Button type="submit" variant="primary" isBusy={isBusy}>
              Set the fact
            </Button>
          </>
        }
      >
        <p className="help">
          Posted bills keep what they were made with; the next one takes the value of each day.
        </p>
        <div className="form-grid">
          <TextField
            control={control}
            name="name"
            label="Fact"
            help="For example dwelling units, persons, allowance"
            autoFocus
          />
          <TextField
            control={control}
            name="value"
            label="Value"
            help="Empty takes the fact away"
          />
          <DayField control={control} name="from_on" label="From" />
          <TextField control={control} name="reason" label="Why" wide />
        </div>
      </DialogForm>
    </Dialog>
  );
}
