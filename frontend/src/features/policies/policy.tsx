import { getRouteApi, Link } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { type ReactElement, useState } from "react";
import { api } from "@/api/client";
import { useMay } from "@/api/session";
import { Banner } from "@/components/banner";
import { Button } from "@/components/button";
import { Empty } from "@/components/empty";
import { Day, Fact, Facts, Moment } from "@/components/figures";
import { PageHead, Section } from "@/components/page";
import { Pill } from "@/components/pill";
import { ShownPage } from "@/components/shown";
import { Table } from "@/components/table";
import { formatDay } from "@/lib/dates";
import { AnswerActs } from "./answer";
import { EnterValue } from "./enter-value";
import { allowed } from "./policies";
import { formatValue, type Policy, type PolicyValue } from "./values";

const route = getRouteApi("/app/policies/$group/$name");
const STATES: Record<PolicyValue["state"], ReactElement> = {
  entered: <Pill state="active" label="Stands" />,
  approved: <Pill state="approved" />,
  waiting: <Pill state="pending" label="Waits for a second person" />,
  returned: <Pill state="rejected" label="Returned" />,
};

/** One policy: what applies, what the law allows, and every decision with its persons. */
export function PolicyPage(): ReactElement {
  const { group, name } = route.useParams();
  const key = `${group}.${name}`;
  const query = api.useQuery("get", "/api/v1/policies/{key}", { params: { path: { key } } });
  const [isEntering, setEntering] = useState(false);
  const mayWrite = useMay("policies:write");
  return (
    <div className="page">
      <ShownPage query={query}>
        {(policy) => (
          <>
            <PageHead
              title={policy.title}
              crumbs={
                <>
                  <Link to="/policies">Policies</Link> · <span className="mono">{policy.key}</span>
                </>
              }
              subtitle={
                policy.needs_second
                  ? "It moves money: one person enters a value, another approves it."
                  : "One person sets it."
              }
            >
              {mayWrite ? (
                <Button variant="primary" onPress={() => setEntering(true)}>
                  <Plus aria-hidden /> Enter a value
                </Button>
              ) : null}
            </PageHead>
            {policy.warning ? <Banner tone="warn" title={policy.warning} /> : null}
            <Today policy={policy} />
            <History policy={policy} />
            {isEntering ? <EnterValue policy={policy} onClose={() => setEntering(false)} /> : null}
          </>
        )}
      </ShownPage>
    </div>
  );
}

function Today({ policy }: { policy: Policy }): ReactElement {
  return (
    <Facts>
      <Fact label="Value today">{formatValue(policy, policy.value)}</Fact>
      <Fact label="Since">
        {policy.from_on ? formatDay(policy.from_on) : "Default: nobody has decided"}
      </Fact>
      <Fact label="Default">{formatValue(policy, policy.default)}</Fact>
      <Fact label="The law allows">{allowed(policy) || "No bound is known"}</Fact>
      <Fact label="Law">{policy.law || "–"}</Fact>
      <Fact label="Source of the value">{policy.source || "–"}</Fact>
    </Facts>
  );
}

function History({ policy }: { policy: Policy }): ReactElement {
  return (
    <Section title="Decisions">
      {policy.history.length === 0 ? (
        <Empty title="Nobody has decided it yet">The default applies until somebody does.</Empty>
      ) : (
        <Table>
          <thead>
            <tr>
              <th>From</th>
              <th>Value</th>
              <th>Decided by</th>
              <th>Document</th>
              <th>Entered</th>
              <th>Second person</th>
              <th>State</th>
              <th>
                <span className="sr-only">Acts</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {policy.history.map((value) => (
              <Decision key={value.id} policy={policy} value={value} />
            ))}
          </tbody>
        </Table>
      )}
    </Section>
  );
}

function Decision({ policy, value }: { policy: Policy; value: PolicyValue }): ReactElement {
  return (
    <tr>
      <td>
        <Day on={value.from_on} />
      </td>
      <td>
        {formatValue(policy, value.value)}
        {value.warning ? <div className="small">{value.warning}</div> : null}
      </td>
      <td>
        {value.decided_by}
        {value.reason ? <div className="muted small">{value.reason}</div> : null}
      </td>
      <td>{value.citation || "–"}</td>
      <td>
        {value.entered_by_name}
        <div className="muted small">
          <Moment at={value.entered_at} />
        </div>
      </td>
      <td>
        {value.answered_by_name ?? "–"}
        {value.answer_reason ? <div className="muted small">{value.answer_reason}</div> : null}
      </td>
      <td>{STATES[value.state]}</td>
      <td>{value.state === "waiting" ? <AnswerActs policy={policy} value={value} /> : null}</td>
    </tr>
  );
}
