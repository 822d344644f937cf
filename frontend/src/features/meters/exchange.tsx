import { type ReactElement, useState } from "react";
import { z } from "zod";
import { client, type Schema } from "@/api/client";
import { ApiProblem } from "@/api/problem";
import { useForget } from "@/api/session";
import { Button } from "@/components/button";
import { Dialog } from "@/components/dialog";
import { useZone } from "@/components/figures";
import { DayField, DialogForm, TextField, useAppForm } from "@/components/form";
import { toast } from "@/components/toast";
import { todayIn } from "@/lib/dates";
import { uuid7 } from "@/lib/ids";

const read = z
  .string()
  .trim()
  .regex(/^\d{1,12}(\.\d{1,6})?$/, "Type what the register shows");
const form = z.object({
  on: z.string().min(10, "Type the day"),
  serial: z.string().trim().min(1, "Type the serial of the meter that goes in"),
  out: z.array(read),
  into: z.array(read),
  note: z.string().max(500),
});

interface ExchangeProps {
  page: Schema<"ServicePointPage">;
  out: Schema<"InstalledOut">;
  onClose: () => void;
}

/** One meter out and another in, with both reads, in one act on one day. */
export function Exchange({ page, out, onClose }: ExchangeProps): ReactElement {
  const [id] = useState(uuid7);
  const today = todayIn(useZone());
  const forget = useForget();
  const numbers = out.registers.map((register) => register.number);
  const {
    form: fields,
    problem,
    submit,
    isBusy,
    draft,
  } = useAppForm({
    schema: form,
    draft: `exchange:${page.service_point.id}:${out.serial}`,
    defaults: {
      on: today,
      serial: "",
      out: numbers.map(() => ""),
      into: numbers.map(() => ""),
      note: "",
    },
    fields: { meter_id: "serial" },
    onSubmit: async (values) => {
      const meter = await meterBySerial(values.serial);
      await client.POST("/api/v1/service-points/{service_point_id}/exchange", {
        params: { path: { service_point_id: page.service_point.id } },
        body: {
          id,
          meter_id: meter.id,
          role: out.role,
          on: values.on,
          out_reads: readsOf(numbers, values.out),
          in_reads: readsOf(
            meter.registers.map((register) => register.number),
            values.into,
          ),
          note: values.note,
        },
      });
      await forget("/api/v1/service-points/{service_point_id}", "/api/v1/meters");
      toast(`${out.serial} is out, ${values.serial} is in`);
      onClose();
    },
  });
  const { control } = fields;
  return (
    <Dialog title={`Exchange ${out.make} ${out.serial}`} isOpen onClose={onClose}>
      <DialogForm
        label="Exchange the meter"
        problem={problem}
        draft={draft}
        onSubmit={submit}
        footer={
          <>
            <Button onPress={onClose}>Cancel</Button>
            <Button type="submit" variant="primary" isBusy={isBusy}>
              Exchange
            </Button>
          </>
        }
      >
        <div className="form-grid">
          <DayField control={control} name="on" label="Day of the exchange" autoFocus />
          <TextField control={control} name="serial" label="Serial of the new meter" />
          {numbers.map((number, index) => (
            <TextField
              key={`out ${number}`}
              control={control}
              name={`out.${index}`}
              label={`Last read of the old one${side(number)}`}
              inputMode="decimal"
            />
          ))}
          {numbers.map((number, index) => (
            <TextField
              key={`in ${number}`}
              control={control}
              name={`into.${index}`}
              label={`First read of the new one${side(number)}`}
              inputMode="decimal"
            />
          ))}
          <TextField control={control} name="note" label="Note" multiline wide />
        </div>
      </DialogForm>
    </Dialog>
  );
}

function side(number: string): string {
  return number === "0" ? "" : number === "L" ? ", low side" : ", high side";
}

function readsOf(numbers: readonly string[], values: readonly string[]): Record<string, string> {
  return Object.fromEntries(numbers.map((number, index) => [number, values[index] ?? ""]));
}

async function meterBySerial(
  serial: string,
): Promise<Schema<"MeterOut"> & Pick<Schema<"MeterPage">, "registers">> {
  const { data } = await client.GET("/api/v1/meters/history", { params: { query: { serial } } });
  const exact = data?.filter(
    (page) => page.meter.serial === serial && page.meter.status === "active",
  );
  const [page] = exact ?? [];
  if (!page || exact?.length !== 1) {
    const detail = page ? "several meters have this serial" : "no meter in stock has this serial";
    throw new ApiProblem("meter-unknown", 404, "Which meter goes in?", detail, [
      { pointer: "/serial", detail },
    ]);
  }
  return { ...page.meter, registers: page.registers };
}
