/** Entering what the board declared; the effect is said before the button. */

import { type ReactElement, useState } from "react";
import { useWatch } from "react-hook-form";
import { z } from "zod";
import { client, type Schema } from "@/api/client";
import { useForget } from "@/api/session";
import { Button } from "@/components/button";
import { Dialog, Effect } from "@/components/dialog";
import { DayField, DialogForm, SelectField, TextField, useAppForm } from "@/components/form";
import { toast } from "@/components/toast";
import { uuid7 } from "@/lib/ids";
import { formatCount } from "@/lib/units";

const schema = z.object({
  code: z.string().min(1, "Choose what is declared"),
  from_on: z.string().min(10, "Type the first day"),
  to_on: z.string(),
  document: z.string().trim().min(3, "Name the resolution").max(300),
});

interface DeclareProps {
  codes: readonly Schema<"DeclarationCodeOut">[];
  onClose: () => void;
}

export function Declare({ codes, onClose }: DeclareProps): ReactElement {
  const forget = useForget();
  const [id] = useState(uuid7);
  const { form, problem, submit, isBusy } = useAppForm({
    schema,
    defaults: { code: "", from_on: "", to_on: "", document: "" },
    onSubmit: async ({ to_on, ...values }) => {
      await client.POST("/api/v1/declarations", {
        body: { id, ...values, to_on: to_on || null },
      });
      await forget("/api/v1/declarations", "/api/v1/declaration-codes");
      toast("Declared");
      onClose();
    },
  });
  const code = useWatch({ control: form.control, name: "code" });
  const chosen = codes.find((one) => one.code === code);
  return (
    <Dialog title="Declare" isOpen onClose={onClose}>
      <DialogForm
        label="Declare"
        problem={problem}
        onSubmit={submit}
        footer={
          <>
            <Button onPress={onClose}>Cancel</Button>
            <Button type="submit" variant="primary" isBusy={isBusy}>
              Declare
            </Button>
          </>
        }
      >
        <SelectField
          control={form.control}
          name="code"
          label="What is declared"
          options={codes.map((one) => [one.code, one.code] as const)}
        />
        <DayField control={form.control} name="from_on" label="First day" />
        <DayField
          control={form.control}
          name="to_on"
          label="First day after it"
          help="Leave it empty while the end is not known."
        />
        <TextField control={form.control} name="document" label="Resolution or minute" />
        {chosen ? (
          <Effect
            lines={[
              ...chosen.switches.map((one) => ({
                label: `${one.title_en}, ${one.tariff_code}`,
                value: `${formatCount(one.agreements)} agreements`,
              })),
              {
                label: "Bills that change from that day on",
                value: `of ${formatCount(chosen.agreements)} agreements`,
                total: true,
              },
            ]}
          />
        ) : null}
      </DialogForm>
    </Dialog>
  );
}
