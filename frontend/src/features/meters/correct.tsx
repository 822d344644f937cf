/** The record of a register is set right, with what that changes said before the button. */

import { Link } from "@tanstack/react-router";
import { type ReactElement, useState } from "react";
import { z } from "zod";
import { api, client, type Schema } from "@/api/client";
import { useForget } from "@/api/session";
import { Banner, ProblemBanner } from "@/components/banner";
import { Button } from "@/components/button";
import { Dialog, Effect } from "@/components/dialog";
import { Usage } from "@/components/figures";
import { DayField, DialogForm, SelectField, TextField, useAppForm } from "@/components/form";
import { toast } from "@/components/toast";
import { formatDay, formatPeriod, withDays } from "@/lib/dates";
import { uuid7 } from "@/lib/ids";
import { usePaused } from "@/lib/paused";
import { formatQuantity, plural, UNIT_NAMES } from "@/lib/units";

const number = z.string().regex(/^\d{1,8}(\.\d{1,6})?$/, "Type a number");
const digits = z.string().regex(/^\d{1,2}$/, "Type a number");
const UNITS = Object.entries(UNIT_NAMES);
const schema = z.object({
  wrong_since_on: z.string().min(10, "Type the day"),
  dials: digits,
  decimals: digits,
  multiplier: number,
  unit: z.string(),
  billing_step: number,
  reason: z.string().trim().min(5, "At least 5 characters: others will read it").max(500),
});
const PAUSE_MS = 300;
const SHOWN = 6;

interface CorrectProps {
  register: Schema<"RegisterOut">;
  title: string;
  onClose: () => void;
}

type Truth = Schema<"RegisterTruth">;

function truthOf(values: z.input<typeof schema>): Truth {
  const { wrong_since_on, dials, decimals, multiplier, unit, billing_step } = values;
  return {
    wrong_since_on,
    dials: Number(dials),
    decimals: Number(decimals),
    multiplier,
    unit: unit as Truth["unit"],
    billing_step,
  };
}

export function Correct({ register, title, onClose }: CorrectProps): ReactElement {
  const [id] = useState(uuid7);
  const forget = useForget();
  const { form, problem, submit, isBusy } = useAppForm({
    schema,
    defaults: {
      wrong_since_on: "",
      dials: String(register.dials),
      decimals: String(register.decimals),
      multiplier: plain(register.multiplier),
      unit: register.unit,
      billing_step: plain(register.billing_step),
      reason: "",
    },
    onSubmit: async (values) => {
      await client.POST("/api/v1/registers/{register_id}/corrections", {
        params: { path: { register_id: register.id } },
        body: { id, ...truthOf(values), reason: values.reason },
      });
      await forget(
        "/api/v1/meters/{meter_id}",
        "/api/v1/meters/{meter_id}/corrections",
        "/api/v1/meters/{meter_id}/changes",
        "/api/v1/consumption",
      );
      toast("The record is set right; what it said is kept");
      onClose();
    },
  });
  const { control } = form;
  const typed = usePaused(JSON.stringify(form.watch()), PAUSE_MS);
  return (
    <Dialog title={`Correct the register of ${title}`} isOpen onClose={onClose} wide>
      <DialogForm
        label="Correct the register"
        problem={problem}
        onSubmit={submit}
        footer={
          <>
            <Button onPress={onClose}>Cancel</Button>
            <Button type="submit" variant="primary" isBusy={isBusy}>
              Set the record right
            </Button>
          </>
        }
      >
        <div className="form-grid">
          <DayField control={control} name="wrong_since_on" label="Wrong since" autoFocus />
          <SelectField control={control} name="unit" label="Unit" options={UNITS} />
          <TextField control={control} name="dials" label="Dials" inputMode="numeric" />
          <TextField control={control} name="decimals" label="Decimals" inputMode="numeric" />
          <TextField control={control} name="multiplier" label="Multiplier" inputMode="decimal" />
          <TextField
            control={control}
            name="billing_step"
            label="Billed in steps of"
            inputMode="decimal"
          />
          <TextField control={control} name="reason" label="How is it known?" wide />
        </div>
        <Changed register={register} typed={typed} />
      </DialogForm>
    </Dialog>
  );
}

/** The unbilled water both ways, and the bills that are wrong with the record. */
function Changed({
  register,
  typed,
}: {
  register: Schema<"RegisterOut">;
  typed: string;
}): ReactElement | null {
  const values = schema.omit({ reason: true }).safeParse(JSON.parse(typed));
  const effect = api.useQuery(
    "post",
    "/api/v1/registers/{register_id}/corrections/preview",
    {
      params: { path: { register_id: register.id } },
      body: truthOf({ reason: "", ...(values.data as Omit<z.input<typeof schema>, "reason">) }),
    },
    { enabled: values.success, staleTime: 0 },
  );
  if (!values.success) return <p className="help">Type the day to see what it changes.</p>;
  if (effect.error) return <ProblemBanner error={effect.error} />;
  if (!effect.data) return <p className="help">Looking at what it changes.</p>;
  const { unbilled, needs_rebill: bills } = effect.data;
  return (
    <>
      {unbilled.length === 0 ? (
        <p className="help">No water since the last bill is changed by it.</p>
      ) : (
        <Effect lines={unbilled.flatMap(linesOf)} />
      )}
      {bills.length > 0 ? (
        <Banner tone="warn" title={`On the wrong record: ${plural(bills.length, "posted bill")}`}>
          <p>They stand until each is canceled and billed again; this does not do it.</p>
          <ul>
            {bills.slice(0, SHOWN).map((bill) => (
              <li key={bill.bill_id}>
                <Link to="/bills/$billId" params={{ billId: bill.bill_id }}>
                  {bill.bill_number}
                </Link>
                , {formatPeriod(bill.period_from, bill.period_to)}
              </li>
            ))}
            {bills.length > SHOWN ? <li>and {bills.length - SHOWN} more</li> : null}
          </ul>
        </Banner>
      ) : null}
    </>
  );
}

function linesOf(change: Schema<"UnbilledChange">) {
  const where = `${change.service_point_code}, ${formatDay(change.from_on)} on`;
  return [
    {
      label: `${where}: as recorded`,
      value: change.blocked_by ? (
        withDays(change.blocked_by)
      ) : (
        <Usage value={change.quantity} unit={change.unit} />
      ),
    },
    {
      label: `${where}: corrected`,
      value: change.corrected_blocked_by ? (
        withDays(change.corrected_blocked_by)
      ) : (
        <Usage value={change.corrected_quantity} unit={change.corrected_unit} />
      ),
      total: true,
    },
  ];
}

/** A decimal of the record without the zeros that its column pads it with. */
function plain(value: string): string {
  return formatQuantity(value).replaceAll(",", "");
}
