/** Where each billing cycle stands: read, validated, calculated, approved, posted, printed. */

import { Link } from "@tanstack/react-router";
import type { ReactElement, ReactNode } from "react";
import type { Schema } from "@/api/client";
import { Day, Money, useZone } from "@/components/figures";
import { Section } from "@/components/page";
import { Pill } from "@/components/pill";
import { Table } from "@/components/table";
import { formatDay, formatPeriod, todayIn } from "@/lib/dates";
import { formatCount } from "@/lib/units";

type Standing = Schema<"CycleStanding">;

export function Cycles({ cycles }: { cycles: readonly Standing[] }): ReactElement {
  return (
    <Section title="Where each cycle stands" actions={<Link to="/cycles">Calendars</Link>}>
      <Table>
        <thead>
          <tr>
            <th>Cycle</th>
            <th>Period</th>
            <th className="num">Read</th>
            <th className="num">Validated</th>
            <th>Run</th>
            <th className="num">Calculated</th>
            <th className="num">Open</th>
            <th className="num">Amount</th>
            <th>Approved</th>
            <th>Posted</th>
            <th className="num">Printed</th>
          </tr>
        </thead>
        <tbody>
          {cycles.map((cycle) => (
            <Row key={cycle.cycle_id} cycle={cycle} />
          ))}
        </tbody>
      </Table>
    </Section>
  );
}

function Row({ cycle }: { cycle: Standing }): ReactElement {
  const zone = useZone();
  const today = todayIn(zone);
  if (!cycle.period_id || !cycle.period_from) {
    return (
      <tr>
        <Name cycle={cycle} />
        <td colSpan={10} className="muted">
          No period has begun: extend its calendar
        </td>
      </tr>
    );
  }
  const isKnown = cycle.run_state !== null && cycle.run_state !== "draft";
  return (
    <tr>
      <Name cycle={cycle} />
      <td className="nowrap">
        {formatPeriod(cycle.period_from, cycle.period_to)}
        <div className="muted small">{dueOf(cycle, today)}</div>
      </td>
      <Part of={cycle.registers} count={cycle.read} />
      <Part of={cycle.registers} count={cycle.validated} />
      <td>
        {cycle.run_id ? (
          <Link to="/bill-runs/$runId" params={{ runId: cycle.run_id }}>
            <Pill state={cycle.run_state ?? ""} />
          </Link>
        ) : (
          <span className="muted">Not prepared</span>
        )}
      </td>
      {isKnown ? <Part of={cycle.expected} count={cycle.billed} /> : <None />}
      {isKnown ? <td className="num">{formatCount(cycle.open_exceptions)}</td> : <None />}
      {isKnown ? (
        <td className="num">
          <Money cents={cycle.current_cents} />
        </td>
      ) : (
        <None />
      )}
      <td>
        <Day on={cycle.approved_at ? todayIn(zone, new Date(cycle.approved_at)) : null} />
      </td>
      <td>
        <Day on={cycle.posted_on} />
      </td>
      {cycle.printed > 0 ? <Part of={cycle.billed} count={cycle.printed} /> : <None />}
    </tr>
  );
}

function Name({ cycle }: { cycle: Standing }): ReactElement {
  return (
    <td>
      <Link to="/cycles/$cycleId" params={{ cycleId: cycle.cycle_id }}>
        {cycle.code} {cycle.name}
      </Link>
    </td>
  );
}

/** So many of so many; all of them stand without the second figure. */
function Part({ count, of }: { count: number; of: number }): ReactElement {
  const whole: ReactNode =
    count === of ? null : <span className="muted"> of {formatCount(of)}</span>;
  return (
    <td className="num nowrap">
      {formatCount(count)}
      {whole}
    </td>
  );
}

function None(): ReactElement {
  return (
    <td className="num">
      <span className="muted">–</span>
    </td>
  );
}

/** What day counts next for the cycle. */
function dueOf(cycle: Standing, today: string): string {
  if (cycle.run_state === "posted") return `due ${formatDay(cycle.due_on ?? "")}`;
  if (!cycle.read_from || !cycle.read_to) return "";
  if (today < cycle.read_from) return `reading from ${formatDay(cycle.read_from)}`;
  if (today <= cycle.read_to) return `reading until ${formatDay(cycle.read_to)}`;
  return `bills of ${formatDay(cycle.bill_on ?? "")}`;
}
