import { useRouter } from "@tanstack/react-router";
import { type ReactElement, useEffect, useState } from "react";
import { useWatch } from "react-hook-form";
import { z } from "zod";
import { api, client, type Schema } from "@/api/client";
import { useForget } from "@/api/session";
import { Button } from "@/components/button";
import { Dialog } from "@/components/dialog";
import { DialogForm, SelectField, TextField, useAppForm } from "@/components/form";
import { formatDay, formatMonth, formatPeriod } from "@/lib/dates";
import { uuid7 } from "@/lib/ids";

const request = z.object({
  cycle: z.string().min(1, "Choose the cycle"),
  cycle_period_id: z.string().min(1, "Choose the period"),
  name: z.string().trim().min(1, "Give the run a name").max(120),
});

/** Sets up the run of a cycle's next period. */
export function PrepareRun({ onClose }: { onClose: () => void }): ReactElement {
  const [id] = useState(uuid7);
  const router = useRouter();
  const forget = useForget();
  const cycles = api.useQuery("get", "/api/v1/cycles", { params: { query: { limit: 200 } } });
  const { form, problem, submit, isBusy } = useAppForm({
    schema: request,
    defaults: { cycle: "", cycle_period_id: "", name: "" },
    onSubmit: async ({ cycle_period_id, name }) => {
      await client.POST("/api/v1/bill-runs", { body: { id, cycle_period_id, name } });
      await forget("/api/v1/bill-runs", "/api/v1/cycles/{cycle_id}/periods");
      onClose();
      router.history.push(`/bill-runs/${id}`);
    },
  });
  const cycleId = useWatch({ control: form.control, name: "cycle" });
  const periods = api.useQuery(
    "get",
    "/api/v1/cycles/{cycle_id}/periods",
    { params: { path: { cycle_id: cycleId }, query: { limit: 200 } } },
    { enabled: cycleId !== "" },
  );
  const open = periods.data?.items.filter(isOpen) ?? [];
  const cycle = cycles.data?.items.find((one) => one.id === cycleId);
  const [next] = open;
  // The period that is due next is nearly always the one that is meant.
  useEffect(() => {
    form.setValue("cycle_period_id", next?.id ?? "");
    form.setValue(
      "name",
      cycle && next ? `Cycle ${cycle.code}, ${formatMonth(next.period_to)}` : "",
    );
  }, [form, cycle, next]);
  return (
    <Dialog title="Prepare a bill run" isOpen onClose={onClose}>
      <DialogForm
        label="Prepare a bill run"
        problem={problem}
        onSubmit={submit}
        footer={
          <>
            <Button onPress={onClose}>Cancel</Button>
            <Button type="submit" variant="primary" isBusy={isBusy}>
              Prepare the run
            </Button>
          </>
        }
      >
        <SelectField
          control={form.control}
          name="cycle"
          label="Cycle"
          isDisabled={cycles.data === undefined}
          options={(cycles.data?.items ?? []).map((cycle) => [
            cycle.id,
            `${cycle.code} · ${cycle.name}`,
          ])}
        />
        <SelectField
          control={form.control}
          name="cycle_period_id"
          label="Period"
          isDisabled={periods.data === undefined}
          options={open.map((period) => [
            period.id,
            `${formatPeriod(period.period_from, period.period_to)}, due ${formatDay(period.due_on)}`,
          ])}
        />
        <TextField control={form.control} name="name" label="Name" help="As the office says it." />
      </DialogForm>
    </Dialog>
  );
}

/** A period without a run that stands. */
function isOpen(period: Schema<"CyclePeriodOut">): boolean {
  return period.run_id === null || ["reversed", "discarded"].includes(period.run_state ?? "");
}
