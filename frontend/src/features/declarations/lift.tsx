/** Ending a declaration on a day, with the reason. */

import type { ReactElement } from "react";
import { z } from "zod";
import { client, type Schema } from "@/api/client";
import { useForget } from "@/api/session";
import { Button } from "@/components/button";
import { Dialog } from "@/components/dialog";
import { DayField, DialogForm, TextField, useAppForm } from "@/components/form";
import { toast } from "@/components/toast";
import { formatDay } from "@/lib/dates";

const schema = z.object({
  to_on: z.string().min(10, "Type a day"),
  reason: z.string().trim().min(3, "Name the resolution or the reason").max(300),
});

interface LiftProps {
  declaration: Schema<"DeclarationOut">;
  onClose: () => void;
}

export function Lift({ declaration, onClose }: LiftProps): ReactElement {
  const forget = useForget();
  const { form, problem, submit, isBusy } = useAppForm({
    schema,
    defaults: { to_on: "", reason: "" },
    onSubmit: async (values) => {
      await client.POST("/api/v1/declarations/{declaration_id}/lift", {
        params: {
          path: { declaration_id: declaration.id },
          header: { "if-match": `"${declaration.version}"` },
        },
        body: values,
      });
      await forget("/api/v1/declarations", "/api/v1/declaration-codes");
      toast("Lifted");
      onClose();
    },
  });
  return (
    <Dialog title={`Lift ${declaration.code}`} isOpen onClose={onClose}>
      <DialogForm
        label="Lift the declaration"
        problem={problem}
        onSubmit={submit}
        footer={
          <>
            <Button onPress={onClose}>Cancel</Button>
            <Button type="submit" variant="primary" isBusy={isBusy}>
              Lift it
            </Button>
          </>
        }
      >
        <p>
          In force from {formatDay(declaration.from_on)}
          {declaration.to_on ? ` until ${formatDay(declaration.to_on)}` : ""}, by{" "}
          {declaration.document}. Bills of days from the new end on are priced without it.
        </p>
        <DayField control={form.control} name="to_on" label="First day without it" autoFocus />
        <TextField control={form.control} name="reason" label="Resolution or reason" />
      </DialogForm>
    </Dialog>
  );
}
