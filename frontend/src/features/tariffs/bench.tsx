import { type ReactElement, useState } from "react";
import { z } from "zod";
import { client, type Schema } from "@/api/client";
import { Button } from "@/components/button";
import { Money } from "@/components/figures";
import { DayField, Form, TextField, useAppForm } from "@/components/form";
import { Section } from "@/components/page";
import { Table } from "@/components/table";

const facts = z.string().transform((text) =>
  Object.fromEntries(
    text
      .split(/[\n,]/)
      .map((line) => line.split("=").map((part) => part.trim()))
      .filter((parts): parts is [string, string] => parts.length === 2 && parts[0] !== ""),
  ),
);
const usage = z.object({
  quantity: z.string().regex(/^\d+(\.\d{1,6})?$/, "Type a quantity"),
  from_on: z.string().min(10, "Type the first day"),
  to_on: z.string().min(10, "Type the day after the last"),
  facts,
});

/** Prices typed usage under this version, line by line with its formula; nothing is kept. */
export function Bench({ version }: { version: Schema<"VersionOut"> }): ReactElement {
  const [priced, setPriced] = useState<Schema<"PricedOut"> | null>(null);
  const { form, problem, submit, isBusy } = useAppForm({
    schema: usage,
    defaults: {
      quantity: "12",
      from_on: version.effective_on,
      to_on: monthAfter(version.effective_on),
      facts: "meter_size=3/4",
    },
    onSubmit: async (values) => {
      const { data } = await client.POST("/api/v1/tariff-versions/{version_id}/price", {
        params: { path: { version_id: version.id } },
        body: values,
      });
      setPriced(data ?? null);
    },
  });
  const { control } = form;
  return (
    <Section title="Typed usage">
      <Form label="Price typed usage" className="stack bench" problem={problem} onSubmit={submit}>
        <div className="form-grid">
          <TextField
            control={control}
            name="quantity"
            label={`Use (${version.unit})`}
            inputMode="decimal"
          />
          <DayField control={control} name="from_on" label="First day" />
          <DayField control={control} name="to_on" label="Day after the last" />
          <TextField
            control={control}
            name="facts"
            label="Facts"
            help="name=value, separated by commas"
            wide
          />
        </div>
        <div className="row">
          <Button type="submit" isBusy={isBusy}>
            Price it
          </Button>
        </div>
      </Form>
      {priced ? <Priced priced={priced} /> : null}
    </Section>
  );
}

function Priced({ priced }: { priced: Schema<"PricedOut"> }): ReactElement {
  return (
    <Table isLive>
      <tbody>
        {priced.lines.map((line) => (
          <tr key={`${line.component} ${line.from_on} ${line.tier}`}>
            <td>
              {line.label_en}
              <div className="help">{line.explanation_en}</div>
            </td>
            <td className="num">
              <Money cents={line.amount_cents} />
            </td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <td>Total</td>
          <td className="num">
            <Money cents={priced.total_cents} />
          </td>
        </tr>
      </tfoot>
    </Table>
  );
}

/** The same day of the next month, as a civil day. */
function monthAfter(on: string): string {
  const day = new Date(`${on}T00:00:00Z`);
  day.setUTCMonth(day.getUTCMonth() + 1);
  return day.toISOString().slice(0, 10);
}
