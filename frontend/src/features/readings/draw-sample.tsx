import { useRouter } from "@tanstack/react-router";
import { type ReactElement, useState } from "react";
import { z } from "zod";
import { api, client } from "@/api/client";
import { useForget } from "@/api/session";
import { Button } from "@/components/button";
import { Dialog } from "@/components/dialog";
import { useZone } from "@/components/figures";
import { DayField, DialogForm, SelectField, TextField, useAppForm } from "@/components/form";
import { toast } from "@/components/toast";
import { daysBefore, formatMonth, todayIn } from "@/lib/dates";
import { uuid7 } from "@/lib/ids";
import { formatCount } from "@/lib/units";

const EVERY = "every";
const schema = z.object({
  name: z.string().trim().min(1, "Name the audit").max(100),
  first_on: z.string().min(10, "Type the day"),
  last_on: z.string().min(10, "Type the day"),
  walk_id: z.string(),
  asked_size: z
    .string()
    .regex(/^\d{1,4}$/, "Type a number")
    .refine((text) => Number(text) >= 1 && Number(text) <= 1000, "From 1 to 1,000"),
});

/** How many accepted reads to draw, and from which days and walk. */
export function DrawSample({ onClose }: { onClose: () => void }): ReactElement {
  const [id] = useState(uuid7);
  const today = todayIn(useZone());
  const forget = useForget();
  const router = useRouter();
  const walks = api.useQuery("get", "/api/v1/walks", { params: { query: { limit: 500 } } });
  const { form, problem, submit, isBusy } = useAppForm({
    schema,
    defaults: {
      name: `Check of ${formatMonth(today)}`,
      first_on: daysBefore(today, 30),
      last_on: today,
      walk_id: EVERY,
      asked_size: "20",
    },
    onSubmit: async (values) => {
      const { data } = await client.POST("/api/v1/read-audits", {
        body: {
          id,
          ...values,
          walk_id: values.walk_id === EVERY ? null : values.walk_id,
          asked_size: Number(values.asked_size),
        },
      });
      await forget("/api/v1/read-audits");
      if (data)
        toast(`${formatCount(data.sample_size)} of ${formatCount(data.population)} reads drawn`);
      onClose();
      router.history.push(`/read-audits/${id}`);
    },
  });
  const { control } = form;
  const options = [
    [EVERY, "Every walk"] as const,
    ...(walks.data?.items ?? []).map((walk) => [walk.id, `${walk.code} ${walk.name}`] as const),
  ];
  return (
    <Dialog title="Draw a sample" isOpen onClose={onClose}>
      <DialogForm
        label="Draw a sample"
        problem={problem}
        onSubmit={submit}
        footer={
          <>
            <Button onPress={onClose}>Cancel</Button>
            <Button type="submit" variant="primary" isBusy={isBusy}>
              Draw
            </Button>
          </>
        }
      >
        <div className="form-grid">
          <TextField control={control} name="name" label="Name" wide autoFocus />
          <DayField control={control} name="first_on" label="Read from" />
          <DayField control={control} name="last_on" label="Read to" />
          <SelectField control={control} name="walk_id" label="Walk" options={options} />
          <TextField
            control={control}
            name="asked_size"
            label="Reads to check"
            inputMode="numeric"
          />
        </div>
        <p className="help">
          Only accepted reads are drawn: none that was estimated, none that waits for a decision.
        </p>
      </DialogForm>
    </Dialog>
  );
}
