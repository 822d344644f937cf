/** Reference evapotranspiration by zone and month, which water budgets are made of. */

import { getRouteApi, Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { z } from "zod";
import { api, client, type Schema } from "@/api/client";
import { useForget, useMay } from "@/api/session";
import { Button } from "@/components/button";
import { Empty } from "@/components/empty";
import { Form, TextField, useAppForm } from "@/components/form";
import { PageHead, Section } from "@/components/page";
import { Shown } from "@/components/shown";
import { Table } from "@/components/table";
import { toast } from "@/components/toast";

const route = getRouteApi("/app/evapotranspiration");
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun"].concat([
  "Jul",
  "Aug",
  "Sep",
  "Oct",
  "Nov",
  "Dec",
]);
const LINE = /^(\d{4})-(\d{2})\s+(\d+(\.\d{1,3})?)$/;

const schema = z.object({
  zone: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_. -]{0,39}$/, "Name the zone, such as CIMIS-44"),
  months: z.string().transform((text, context) => {
    const lines = text
      .split("\n")
      .map((line) => line.trim())
      .filter(Boolean);
    const bad = lines.findIndex((line) => !LINE.test(line));
    if (bad >= 0 || lines.length === 0) {
      const what = lines.length === 0 ? "Type a month and its inches" : `Line ${bad + 1}`;
      context.addIssue({ code: "custom", message: `${what}: 2026-07 6.25, one month a line` });
      return z.NEVER;
    }
    return lines.map((line) => {
      const [month = "", inches = ""] = line.split(/\s+/);
      return { month: `${month}-01`, inches };
    });
  }),
});

export function Evapotranspiration(): ReactElement {
  const { zone } = route.useSearch();
  const zones = api.useQuery("get", "/api/v1/evapotranspiration");
  const mayWrite = useMay("tariffs:write");
  return (
    <div className="page">
      <PageHead
        title="Evapotranspiration"
        crumbs={<Link to="/declarations">Declarations</Link>}
        subtitle="Inches of a calendar month, by zone. Budgets spread each month evenly over its days."
      />
      <div className="columns">
        <Shown query={zones} lines={6}>
          {(listed) => {
            const shown = zone ?? listed[0]?.zone;
            return (
              <div className="stack">
                <nav className="row wrap" aria-label="Zones">
                  {listed.map((one) => (
                    <Link
                      key={one.zone}
                      className="btn"
                      to="/evapotranspiration"
                      search={{ zone: one.zone }}
                      aria-current={one.zone === shown ? "true" : undefined}
                    >
                      {one.zone}
                    </Link>
                  ))}
                </nav>
                {shown ? (
                  <Zone zone={shown} />
                ) : (
                  <Empty title="No zone yet">
                    Budget-based rates need the inches of every month that they bill.
                  </Empty>
                )}
              </div>
            );
          }}
        </Shown>
        {mayWrite ? (
          <aside>
            <Enter zone={zone ?? ""} />
          </aside>
        ) : null}
      </div>
    </div>
  );
}

function Zone({ zone }: { zone: string }): ReactElement {
  const query = api.useQuery("get", "/api/v1/evapotranspiration/{zone}", {
    params: { path: { zone } },
  });
  return (
    <Section title={`${zone}, inches`}>
      <Shown query={query} lines={4}>
        {({ months }) => <Years months={months} />}
      </Shown>
    </Section>
  );
}

function Years({ months }: { months: Schema<"EvapotranspirationOut">["months"] }): ReactElement {
  const byMonth = new Map(months.map(({ month, inches }) => [month.slice(0, 7), inches]));
  const years = [...new Set(months.map(({ month }) => month.slice(0, 4)))].sort().reverse();
  return (
    <Table>
      <thead>
        <tr>
          <th>Year</th>
          {MONTHS.map((name) => (
            <th key={name} className="num">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {years.map((year) => (
          <tr key={year}>
            <td>{year}</td>
            {MONTHS.map((name, index) => (
              <td key={name} className="num">
                {byMonth.get(`${year}-${String(index + 1).padStart(2, "0")}`) ?? "–"}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function Enter({ zone }: { zone: string }): ReactElement {
  const forget = useForget();
  const { form, problem, submit, isBusy } = useAppForm({
    schema,
    defaults: { zone, months: "" },
    onSubmit: async (values) => {
      await client.PUT("/api/v1/evapotranspiration/{zone}", {
        params: { path: { zone: values.zone } },
        body: { months: values.months },
      });
      await forget("/api/v1/evapotranspiration", "/api/v1/evapotranspiration/{zone}");
      toast("Entered");
      form.setValue("months", "");
    },
  });
  return (
    <Section title="Enter or correct months">
      <Form label="Enter months" className="stack" problem={problem} onSubmit={submit}>
        <TextField control={form.control} name="zone" label="Zone" />
        <TextField
          control={form.control}
          name="months"
          label="Months and inches"
          help="One a line: 2026-07 6.25"
          multiline
        />
        <div className="row">
          <Button type="submit" isBusy={isBusy}>
            Enter
          </Button>
        </div>
      </Form>
    </Section>
  );
}
