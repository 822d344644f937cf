/** Moves the reading, bill and due days of a period; what that does stands above the button. */

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { ReactElement } from "react";
import { useWatch } from "react-hook-form";
import { z } from "zod";
import { client } from "@/api/client";
import { useForget } from "@/api/session";
import { Banner } from "@/components/banner";
import { Button } from "@/components/button";
import { Dialog, Effect } from "@/components/dialog";
import { DayField, DialogForm, TextField, useAppForm } from "@/components/form";
import { toast } from "@/components/toast";
import { formatPeriod, withDays } from "@/lib/dates";
import { formatCount, plural } from "@/lib/units";
import type { Cycle, Period } from "./calendar";

const day = z.string().min(10, "Type the day");
const change = z.object({
  read_from: day,
  read_to: day,
  bill_on: day,
  due_on: day,
  reason: z.string().trim().min(5, "At least 5 characters: others will read it").max(300),
});

interface MoveDatesProps {
  cycle: Cycle;
  period: Period;
  onClose: () => void;
}

export default function MoveDates({ cycle, period, onClose }: MoveDatesProps): ReactElement {
  const forget = useForget();
  const path = { cycle_id: cycle.id, period_id: period.id };
  const { read_from, read_to, bill_on, due_on } = period;
  const { form, problem, submit, isBusy } = useAppForm({
    schema: change,
    defaults: { read_from, read_to, bill_on, due_on, reason: "" },
    onSubmit: async (values) => {
      await client.PUT("/api/v1/cycles/{cycle_id}/periods/{period_id}", {
        params: { path },
        body: values,
      });
      await forget("/api/v1/cycles/{cycle_id}/periods", "/api/v1/bill-runs", "/api/v1/home");
      toast("The days are moved");
      onClose();
    },
  });
  const { reason: _, ...watched } = useWatch({ control: form.control });
  const body = { read_from, read_to, bill_on, due_on, ...watched };
  const isWhole = Object.values(body).every((value) => value.length === 10);
  const preview = useQuery({
    queryKey: ["period preview", path, body],
    queryFn: async () => {
      const init = { params: { path }, body };
      const url = "/api/v1/cycles/{cycle_id}/periods/{period_id}/preview";
      return (await client.POST(url, init)).data ?? null;
    },
    enabled: isWhole,
    placeholderData: keepPreviousData,
  });
  const found = preview.data;
  return (
    <Dialog title="Move the days of a period" isOpen onClose={onClose}>
      <DialogForm
        label="Move the days of a period"
        problem={problem}
        onSubmit={submit}
        footer={
          <>
            <Button onPress={onClose}>Cancel</Button>
            <Button
              type="submit"
              variant="primary"
              isBusy={isBusy}
              isDisabled={!isWhole || found?.allowed === false}
            >
              Move the days
            </Button>
          </>
        }
      >
        <p>
          Cycle {cycle.code}, {formatPeriod(period.period_from, period.period_to)}
        </p>
        <div className="form-grid">
          <DayField control={form.control} name="read_from" label="Read from" />
          <DayField control={form.control} name="read_to" label="Read until" />
          <DayField control={form.control} name="bill_on" label="Bills of" />
          <DayField control={form.control} name="due_on" label="Due on" />
        </div>
        {found ? (
          <div className="stack" aria-live="polite">
            <Effect
              lines={[
                { label: "Accounts that it bills", value: formatCount(found.accounts) },
                { label: "Its draft run", value: found.run_id ? "Moves with it" : "None yet" },
                {
                  label: "Customers have to pay",
                  value: plural(found.days_to_pay, "day"),
                  total: true,
                },
              ]}
            />
            {found.refusals.map((text) => (
              <Banner key={text} tone="danger" title={sentence(text)} />
            ))}
            {found.warnings.map((text) => (
              <Banner key={text} tone="warn" title={sentence(text)} />
            ))}
          </div>
        ) : null}
        <TextField control={form.control} name="reason" label="Why are they moved?" />
      </DialogForm>
    </Dialog>
  );
}

function sentence(text: string): string {
  const said = withDays(text);
  return said.charAt(0).toUpperCase() + said.slice(1);
}
