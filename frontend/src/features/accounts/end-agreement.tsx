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
  on: z.string().min(10, "Type the day"),
  note: z.string().max(4000),
}) satisfies z.ZodType<Schema<"AgreementEnd">>;

interface EndAgreementProps {
  agreement: Schema<"AgreementRow">;
  onClose: () => void;
}

/** Someone moves out: from this day on the service is no longer theirs. */
export function EndAgreement({ agreement, onClose }: EndAgreementProps): ReactElement {
  const forget = useForget();
  const today = todayIn(useZone());
  const what = `${words(agreement.service)} at ${agreement.service_point_code}`;
  const { form, problem, submit, isBusy } = useAppForm({
    schema,
    defaults: { on: today, note: "" },
    onSubmit: async (values) => {
      await client.POST("/api/v1/agreements/{agreement_id}/end", {
        params: { path: { agreement_id: agreement.id } },
        body: values,
      });
      await forget("/api/v1/accounts/{account_id}", "/api/v1/accounts");
      toast(`${what} ends on ${formatDay(values.on)}`);
      onClose();
    },
  });
  return (
    <Dialog title={`End ${what}`} isOpen onClose={onClose}>
      <DialogForm
        label="End the service"
        problem={problem}
        onSubmit={submit}
        footer={
          <>
            <Button onPress={onClose}>Cancel</Button>
            <Button type="submit" variant="danger" isBusy={isBusy}>
              End the service
            </Button>
          </>
        }
      >
        <DayField
          control={form.control}
          name="on"
          label="First day that is no longer theirs"
          autoFocus
        />
        <TextField control={form.control} name="note" label="Note" multiline />
      </DialogForm>
    </Dialog>
  );
}
