/** The chart of accounts with balances as of a day, its charge groups, and the receivable's proof. */

import { getRouteApi } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { z } from "zod";
import { api, type Schema } from "@/api/client";
import { Button } from "@/components/button";
import { Day, Figure, Figures, Money } from "@/components/figures";
import { DayField, Form, useAppForm } from "@/components/form";
import { PageHead, Section } from "@/components/page";
import { Pill } from "@/components/pill";
import { Shown } from "@/components/shown";
import { Table } from "@/components/table";
import { formatDay } from "@/lib/dates";
import { words } from "@/lib/words";

const route = getRouteApi("/app/gl-accounts");
const schema = z.object({ on: z.string().min(10, "Type a day") });

export function GlAccounts(): ReactElement {
  const { on } = route.useSearch();
  const navigate = route.useNavigate();
  const balances = api.useQuery("get", "/api/v1/gl-balances", {
    params: { query: on ? { as_of_on: on } : {} },
  });
  const groups = api.useQuery("get", "/api/v1/charge-groups");
  const { form, problem, submit } = useAppForm({
    schema,
    defaults: { on: on ?? "" },
    onSubmit: async (values) => navigate({ search: { on: values.on }, replace: true }),
  });
  return (
    <div className="page">
      <PageHead title="GL accounts">
        <Form label="As of a day" className="row as-of" problem={problem} onSubmit={submit}>
          <DayField control={form.control} name="on" label="End of" />
          <Button type="submit">Show</Button>
        </Form>
      </PageHead>
      <Shown query={balances} lines={12}>
        {(found) => (
          <>
            <Proof found={found} />
            <Chart found={found} />
          </>
        )}
      </Shown>
      <Section title="Charge groups">
        <Shown query={groups} lines={6}>
          {(listed) => <Groups groups={listed} />}
        </Shown>
      </Section>
    </div>
  );
}

function Proof({ found }: { found: Schema<"GlBalances"> }): ReactElement {
  return (
    <Figures>
      <Figure label="Receivable by GL control" lead>
        <Money cents={found.control_cents} />
      </Figure>
      <Figure label="Receivable by customers">
        <Money cents={found.receivable_cents} />
      </Figure>
      <Figure label="Debits less credits">
        <Money cents={found.difference_cents} />
      </Figure>
      <Figure
        label={
          <>
            Proof, end of <Day on={found.as_of_on} />
          </>
        }
      >
        <Pill
          state={found.is_proved ? "agrees" : "differs"}
          tone={found.is_proved ? "ok" : "danger"}
        />
      </Figure>
    </Figures>
  );
}

function Chart({ found }: { found: Schema<"GlBalances"> }): ReactElement {
  return (
    <Section title={`Chart of accounts, end of ${formatDay(found.as_of_on)}`}>
      <Table>
        <thead>
          <tr>
            <th>Account</th>
            <th>Name</th>
            <th>Kind</th>
            <th>Fund</th>
            <th>Known to recipes as</th>
            <th className="num">Debits</th>
            <th className="num">Credits</th>
            <th className="num">Balance</th>
          </tr>
        </thead>
        <tbody>
          {found.items.map((one) => (
            <tr key={one.code}>
              <td className="mono">{one.code}</td>
              <td>{one.name}</td>
              <td>{words(one.kind)}</td>
              <td>{one.fund ? words(one.fund) : ""}</td>
              <td className="muted">
                {one.role ? words(one.role) : ""}
                {one.control ? ", control" : ""}
              </td>
              <td className="num">
                <Money cents={one.debit_cents} />
              </td>
              <td className="num">
                <Money cents={one.credit_cents} />
              </td>
              <td className="num">
                <Money cents={one.balance_cents} />
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <td colSpan={5}>Sum of balances</td>
            <td />
            <td />
            <td className="num">
              <Money cents={found.difference_cents} />
            </td>
          </tr>
        </tfoot>
      </Table>
    </Section>
  );
}

function Groups({ groups }: { groups: readonly Schema<"ChargeGroupOut">[] }): ReactElement {
  return (
    <Table>
      <thead>
        <tr>
          <th>Charge code</th>
          <th>For</th>
          <th>Fund</th>
          <th>Income account</th>
        </tr>
      </thead>
      <tbody>
        {groups.map((group) => (
          <tr key={group.code}>
            <td className="mono">{group.code}</td>
            <td>{group.name}</td>
            <td>{words(group.fund)}</td>
            <td>
              <span className="mono">{group.income_gl}</span> {group.income_gl_name}
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
