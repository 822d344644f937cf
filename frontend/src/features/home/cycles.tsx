/** Where each billing cycle stands: the first period that has begun and is not posted. */

import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { api, type Schema } from "@/api/client";
import { Day, useZone } from "@/components/figures";
import { Section } from "@/components/page";
import { Pill } from "@/components/pill";
import { Shown } from "@/components/shown";
import { daysBefore, formatDay, formatPeriod, todayIn } from "@/lib/dates";
import { formatCount } from "@/lib/units";
import { type Period, standing } from "./standing";

const BACK_DAYS = 200;
const RUNS = 100;

export function Cycles(): ReactElement {
  const cycles = api.useQuery("get", "/api/v1/cycles", { params: { query: { sort: "code" } } });
  const runs = api.useQuery("get", "/api/v1/bill-runs", { params: { query: { limit: RUNS } } });
  return (
    <Section title="Where each cycle stands">
      <Shown query={cycles}>
        {({ items }) => (
          <table className="table">
            <thead>
              <tr>
                <th>Cycle</th>
                <th>Period</th>
                <th>Reads due</th>
                <th>Run</th>
                <th>Calculated</th>
                <th>Reviewed</th>
                <th>Approved</th>
                <th>Posted</th>
                <th className="num">Billed</th>
              </tr>
            </thead>
            <tbody>
              {items.map((cycle) => (
                <Cycle key={cycle.id} cycle={cycle} runs={runs.data?.items ?? []} />
              ))}
            </tbody>
          </table>
        )}
      </Shown>
    </Section>
  );
}

interface CycleProps {
  cycle: Schema<"CycleOut">;
  runs: readonly Schema<"RunOut">[];
}

function Cycle({ cycle, runs }: CycleProps): ReactElement {
  const today = todayIn(useZone());
  const { data } = api.useQuery("get", "/api/v1/cycles/{cycle_id}/periods", {
    params: {
      path: { cycle_id: cycle.id },
      query: { since: daysBefore(today, BACK_DAYS), sort: "period_from", limit: 50 },
    },
  });
  const period = data ? standing(data.items, today) : null;
  const run = period ? runs.find(({ id }) => id === period.run_id) : undefined;
  return (
    <tr>
      <td>
        {cycle.code} <span className="muted">{cycle.name}</span>
      </td>
      <td>{period ? formatPeriod(period.period_from, period.period_to) : null}</td>
      <td>{period ? readsDue(period, today) : null}</td>
      <td>
        <RunState period={period} />
      </td>
      <Step at={run?.calculated_at} />
      <Step at={run?.reviewed_at} />
      <Step at={run?.approved_at} />
      <td>
        <Day on={run?.posted_on} />
      </td>
      <td className="num">
        {run ? `${formatCount(run.billed)} of ${formatCount(run.expected)}` : ""}
      </td>
    </tr>
  );
}

/** The run of the period, as a link; a period that is over without one waits for it. */
function RunState({ period }: { period: Period | null }): ReactElement | null {
  if (!period) return null;
  if (!period.run_id) return <span className="muted">Not prepared</span>;
  return (
    <Link to="/bill-runs/$runId" params={{ runId: period.run_id }}>
      <Pill state={period.run_state ?? ""} />
    </Link>
  );
}

function readsDue(period: Period, today: string): string {
  const late = period.run_id === null && period.read_to < today;
  return `by ${formatDay(period.read_to)}${late ? ", over" : ""}`;
}

function Step({ at }: { at: string | null | undefined }): ReactElement {
  const zone = useZone();
  return (
    <td>{at ? <Day on={todayIn(zone, new Date(at))} /> : <span className="muted">–</span>}</td>
  );
}
