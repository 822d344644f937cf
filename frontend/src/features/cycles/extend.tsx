/** Adds periods after the last one of a calendar. */

import type { ReactElement } from "react";
import { z } from "zod";
import { client } from "@/api/client";
import { useForget } from "@/api/session";
import { Button } from "@/components/button";
import { Dialog } from "@/components/dialog";
import { useZone } from "@/components/figures";
import { DayField, DialogForm, TextField, useAppForm } from "@/components/form";
import { toast } from "@/components/toast";
import { formatDay, todayIn } from "@/lib/dates";
import { plural } from "@/lib/units";
import type { Cycle } from "./calendar";

const YEAR: Record<string, string> = { monthly: "12", bimonthly: "6", quarterly: "4" };
const PERIODS_MOST = 60;
const request = z.object({
  start_on: z.string().min(10, "Type the day"),
  periods: z.string().transform((text, check) => {
    const count = Number(text);
    if (Number.isInteger(count) && count >= 1 && count <= PERIODS_MOST) return count;
    check.addIssue({ code: "custom", message: `A number from 1 to ${PERIODS_MOST}` });
    return z.NEVER;
  }),
});

interface ExtendProps {
  cycle: Cycle;
  onClose: () => void;
}

export default function ExtendCalendar({ cycle, onClose }: ExtendProps): ReactElement {
  const forget = useForget();
  const today = todayIn(useZone());
  const { form, problem, submit, isBusy } = useAppForm({
    schema: request,
    defaults: { start_on: cycle.calendar_to ?? today, periods: YEAR[cycle.frequency] ?? "12" },
    onSubmit: async (body) => {
      await client.POST("/api/v1/cycles/{cycle_id}/periods", {
        params: { path: { cycle_id: cycle.id } },
        body,
      });
      await forget(
        "/api/v1/cycles",
        "/api/v1/cycles/{cycle_id}",
        "/api/v1/cycles/{cycle_id}/periods",
      );
      toast(`${plural(body.periods, "period")} added`);
      onClose();
    },
  });
  return (
    <Dialog title="Extend the calendar" isOpen onClose={onClose}>
      <DialogForm
        label="Extend the calendar"
        problem={problem}
        onSubmit={submit}
        footer={
          <>
            <Button onPress={onClose}>Cancel</Button>
            <Button type="submit" variant="primary" isBusy={isBusy}>
              Add the periods
            </Button>
          </>
        }
      >
        <p>
          {cycle.calendar_to
            ? `It ends on ${formatDay(cycle.calendar_to)}; the next period begins there.`
            : "Its first period begins on a day of yours."}{" "}
          Bills are dated on the next day the office is open, and due by the policy.
        </p>
        {cycle.calendar_to ? null : (
          <DayField control={form.control} name="start_on" label="First day" />
        )}
        <TextField
          control={form.control}
          name="periods"
          label="How many periods"
          inputMode="numeric"
        />
      </DialogForm>
    </Dialog>
  );
}
