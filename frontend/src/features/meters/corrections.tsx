import type { ReactElement } from "react";
import { api, type Schema } from "@/api/client";
import { Day, Moment, Usage } from "@/components/figures";
import { Section } from "@/components/page";
import { Table } from "@/components/table";
import { formatQuantity } from "@/lib/units";

type Correction = Schema<"CorrectionOut">;

/** What the record once said wrongly of a meter's registers; nothing while it never did. */
export function Corrections({ meterId }: { meterId: string }): ReactElement | null {
  const { data = [] } = api.useQuery("get", "/api/v1/meters/{meter_id}/corrections", {
    params: { path: { meter_id: meterId } },
  });
  if (data.length === 0) return null;
  return (
    <Section title="Corrections of its registers">
      <Table>
        <thead>
          <tr>
            <th>Wrong since</th>
            <th>It said</th>
            <th>It is</th>
            <th>Why</th>
            <th>By</th>
            <th>Corrected at</th>
          </tr>
        </thead>
        <tbody>
          {data.map((one) => (
            <tr key={one.id}>
              <td>
                <Day on={one.wrong_since_on} />
              </td>
              <td>
                {differing(one)
                  .map(([name, was]) => `${name} ${was}`)
                  .join(", ")}
              </td>
              <td>
                {differing(one)
                  .map(([name, , is]) => `${name} ${is}`)
                  .join(", ")}
              </td>
              <td>{one.reason}</td>
              <td>{one.made_by_name ?? <Usage value={null} />}</td>
              <td>
                <Moment at={one.made_at} />
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
    </Section>
  );
}

/** Name, what the record said and what is true, of each fact that was corrected. */
function differing(one: Correction): [name: string, was: string, is: string][] {
  const facts: [string, string, string][] = [
    ["dials", String(one.was_dials), String(one.dials)],
    ["decimals", String(one.was_decimals), String(one.decimals)],
    ["multiplier", formatQuantity(one.was_multiplier), formatQuantity(one.multiplier)],
    ["unit", one.was_unit, one.unit],
    ["step", formatQuantity(one.was_billing_step), formatQuantity(one.billing_step)],
  ];
  return facts.filter(([, was, is]) => was !== is);
}
