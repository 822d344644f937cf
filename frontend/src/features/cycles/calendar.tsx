/** The periods of a year, each with its days and its run. */

import { getRouteApi, Link } from "@tanstack/react-router";
import { CalendarPlus } from "lucide-react";
import { lazy, type ReactElement, Suspense, useState } from "react";
import { api, type Schema } from "@/api/client";
import { useMay } from "@/api/session";
import { Button, Choice } from "@/components/button";
import { Empty } from "@/components/empty";
import { Day, useZone } from "@/components/figures";
import { Pill } from "@/components/pill";
import { Shown } from "@/components/shown";
import { Table } from "@/components/table";
import { formatPeriod, todayIn } from "@/lib/dates";

const DAYS = ["read_from", "read_to", "bill_on", "due_on"] as const;
const MoveDates = lazy(() => import("./move-dates"));
const ExtendCalendar = lazy(() => import("./extend"));

export type Cycle = Schema<"CycleOut">;
export type Period = Schema<"CyclePeriodOut">;
const route = getRouteApi("/app/cycles/$cycleId");

export function Calendar({ cycle }: { cycle: Cycle }): ReactElement {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const mayPrepare = useMay("runs:prepare");
  const thisYear = Number(todayIn(useZone()).slice(0, 4));
  const year = search.year ?? thisYear;
  const [moving, setMoving] = useState<Period | null>(null);
  const [isExtending, setExtending] = useState(false);
  const query = api.useQuery("get", "/api/v1/cycles/{cycle_id}/periods", {
    params: { path: { cycle_id: cycle.id }, query: { limit: 500, sort: "period_from" } },
  });
  return (
    <div className="tab-page stack">
      <div className="row wrap">
        <Choice
          label="Year"
          value={String(year)}
          options={[thisYear - 1, thisYear, thisYear + 1].map((y) => [String(y), String(y)])}
          onChange={(next) =>
            void navigate({
              search: (before) => ({ ...before, year: Number(next) }),
              replace: true,
            })
          }
        />
        <span className="grow" />
        {mayPrepare ? (
          <Button onPress={() => setExtending(true)}>
            <CalendarPlus aria-hidden /> Extend the calendar
          </Button>
        ) : null}
      </div>
      <Shown query={query}>
        {({ items }) => (
          <Periods
            periods={items.filter(({ period_to }) => period_to.startsWith(`${year}-`))}
            onMove={mayPrepare ? setMoving : null}
          />
        )}
      </Shown>
      <Suspense fallback={null}>
        {moving ? (
          <MoveDates cycle={cycle} period={moving} onClose={() => setMoving(null)} />
        ) : null}
        {isExtending ? <ExtendCalendar cycle={cycle} onClose={() => setExtending(false)} /> : null}
      </Suspense>
    </div>
  );
}

function Periods({
  periods,
  onMove,
}: {
  periods: readonly Period[];
  onMove: ((period: Period) => void) | null;
}): ReactElement {
  if (periods.length === 0) {
    return <Empty title="No period ends in this year">Extend the calendar to add some.</Empty>;
  }
  return (
    <Table>
      <thead>
        <tr>
          <th>Period</th>
          <th>Read from</th>
          <th>Read until</th>
          <th>Bills of</th>
          <th>Due on</th>
          <th>Run</th>
          <th>
            <span className="sr-only">Acts</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {periods.map((period) => (
          <tr key={period.id}>
            <td>{formatPeriod(period.period_from, period.period_to)}</td>
            {DAYS.map((name) => (
              <td key={name}>
                <Day on={period[name]} />
              </td>
            ))}
            <td>
              {period.run_id ? (
                <Link to="/bill-runs/$runId" params={{ runId: period.run_id }}>
                  <Pill state={period.run_state ?? ""} />
                </Link>
              ) : (
                <span className="muted">–</span>
              )}
            </td>
            <td>
              {onMove && (period.run_state === null || period.run_state === "draft") ? (
                <Button
                  small
                  variant="quiet"
                  aria-label={`Move its days: ${formatPeriod(period.period_from, period.period_to)}`}
                  onPress={() => onMove(period)}
                >
                  Move its days
                </Button>
              ) : null}
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
