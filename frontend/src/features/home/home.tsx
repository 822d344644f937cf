import { Link, type LinkProps } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { api } from "@/api/client";
import { useMay, useSession } from "@/api/session";
import { Figure, Figures } from "@/components/figures";
import { JobProgress } from "@/components/job-progress";
import { PageHead, Section } from "@/components/page";
import { formatDay, todayIn } from "@/lib/dates";
import { formatCount } from "@/lib/units";
import { Cycles } from "./cycles";

const POLL_MS = 5000;
const ONE = { limit: 1 };

/** Where the day starts: what waits for a decision, what runs, and where each cycle stands. */
export function Home(): ReactElement {
  const { user, timezone } = useSession();
  const mayBills = useMay("bills:read");
  const mayJobs = useMay("jobs:read");
  return (
    <div className="page">
      <PageHead
        title={`Good day, ${user.name.split(" ")[0]}`}
        subtitle={formatDay(todayIn(timezone))}
      />
      <Waiting />
      {mayJobs ? <Running /> : null}
      {mayBills ? <Cycles /> : null}
    </div>
  );
}

interface Queue {
  label: string;
  link: Pick<LinkProps, "to" | "search">;
  total: number | undefined;
  may: boolean;
}

/** The queues of this person, each with its count. */
function Waiting(): ReactElement {
  const mayReads = useMay("readings:read");
  const mayLedger = useMay("ledger:read");
  const mayBills = useMay("bills:read");
  const reviews = api.useQuery(
    "get",
    "/api/v1/read-reviews",
    { params: { query: { ...ONE, undecided: true } } },
    { enabled: mayReads },
  );
  const proposed = api.useQuery(
    "get",
    "/api/v1/read-reviews",
    { params: { query: { ...ONE, state: "proposed" } } },
    { enabled: mayReads },
  );
  const adjustments = api.useQuery(
    "get",
    "/api/v1/adjustments",
    { params: { query: { ...ONE, state: "requested" } } },
    { enabled: mayLedger },
  );
  const runs = api.useQuery(
    "get",
    "/api/v1/bill-runs",
    { params: { query: { ...ONE, state: "reviewed" } } },
    { enabled: mayBills },
  );
  const queues: Queue[] = [
    {
      label: "Reads to decide",
      link: { to: "/edit-list" },
      total: reviews.data?.total,
      may: mayReads,
    },
    {
      label: "Reads for a second person",
      link: { to: "/edit-list", search: { rule: "second-person" } },
      total: proposed.data?.total,
      may: mayReads,
    },
    {
      label: "Adjustments to approve",
      link: { to: "/adjustments" },
      total: adjustments.data?.total,
      may: mayLedger,
    },
    {
      label: "Bill runs to approve",
      link: { to: "/bill-runs", search: { state: "reviewed" } },
      total: runs.data?.total,
      may: mayBills,
    },
  ];
  return (
    <Figures>
      {queues
        .filter(({ may }) => may)
        .map(({ label, link, total }) => (
          <Figure key={label} label={label} lead>
            {total === undefined ? (
              <span className="muted">–</span>
            ) : (
              <Link {...link}>{formatCount(total)}</Link>
            )}
          </Figure>
        ))}
    </Figures>
  );
}

/** Long work that goes on now; nothing at all when nothing does. */
function Running(): ReactElement | null {
  const { data } = api.useQuery(
    "get",
    "/api/v1/jobs",
    { params: { query: { limit: 10, state: "running" } } },
    { refetchInterval: POLL_MS },
  );
  if (!data || data.items.length === 0) return null;
  return (
    <Section title="Running now" actions={<Link to="/jobs">All jobs</Link>}>
      <div className="stack">
        {data.items.map((job) => (
          <JobProgress key={job.id} job={job} what={job.kind} />
        ))}
      </div>
    </Section>
  );
}
