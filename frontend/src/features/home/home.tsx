import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { api } from "@/api/client";
import { useMay, useSession } from "@/api/session";
import { Figure, Figures } from "@/components/figures";
import { PageHead, Section } from "@/components/page";
import { Pill } from "@/components/pill";
import { Shown } from "@/components/shown";
import { formatDay, formatPeriod, todayIn } from "@/lib/dates";
import { formatCount } from "@/lib/units";

/** Where the day starts: what waits for a decision, and where each run stands. */
export function Home(): ReactElement {
  const { user, timezone } = useSession();
  const mayBills = useMay("bills:read");
  return (
    <div className="page">
      <PageHead
        title={`Good day, ${user.name.split(" ")[0]}`}
        subtitle={formatDay(todayIn(timezone))}
      />
      <Waiting />
      {mayBills ? <Runs /> : null}
    </div>
  );
}

function Waiting(): ReactElement {
  const one = { limit: 1 };
  const reviews = api.useQuery(
    "get",
    "/api/v1/read-reviews",
    { params: { query: { ...one, undecided: true } } },
    { enabled: useMay("readings:read") },
  );
  const adjustments = api.useQuery(
    "get",
    "/api/v1/adjustments",
    { params: { query: { ...one, state: "requested" } } },
    { enabled: useMay("ledger:read") },
  );
  const jobs = api.useQuery(
    "get",
    "/api/v1/jobs",
    { params: { query: { ...one, state: "running" } } },
    { enabled: useMay("jobs:read") },
  );
  const tiles = [
    { label: "Reads to decide", to: "/edit-list", total: reviews.data?.total },
    { label: "Adjustments to approve", to: "/adjustments", total: adjustments.data?.total },
    { label: "Jobs running", to: "/jobs", total: jobs.data?.total },
  ] as const;
  return (
    <Figures>
      {tiles.map(({ label, to, total }) => (
        <Figure key={to} label={label} lead>
          {total === undefined ? (
            <span className="muted">–</span>
          ) : (
            <Link to={to}>{formatCount(total)}</Link>
          )}
        </Figure>
      ))}
    </Figures>
  );
}

function Runs(): ReactElement {
  const query = api.useQuery("get", "/api/v1/bill-runs", { params: { query: { limit: 8 } } });
  return (
    <Section title="Latest bill runs">
      <Shown query={query}>
        {({ items }) => (
          <table className="table">
            <thead>
              <tr>
                <th>Run</th>
                <th>Period</th>
                <th>State</th>
                <th className="num">Billed</th>
                <th className="num">Open exceptions</th>
              </tr>
            </thead>
            <tbody>
              {items.map((run) => (
                <tr key={run.id}>
                  <td>
                    <Link to="/bill-runs/$runId" params={{ runId: run.id }}>
                      {run.name}
                    </Link>
                  </td>
                  <td>{formatPeriod(run.period_from, run.period_to)}</td>
                  <td>
                    <Pill state={run.state} />
                  </td>
                  <td className="num">
                    {formatCount(run.billed)} of {formatCount(run.expected)}
                  </td>
                  <td className="num">{formatCount(run.open_exceptions)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Shown>
    </Section>
  );
}
