import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { api } from "@/api/client";
import { useMay, useSession } from "@/api/session";
import { JobProgress } from "@/components/job-progress";
import { PageHead, Section } from "@/components/page";
import { Shown } from "@/components/shown";
import { formatDay, todayIn } from "@/lib/dates";
import { words } from "@/lib/words";
import { Cycles } from "./cycles";
import { Night } from "./night";
import { Queues } from "./queues";
import { Receivable } from "./receivable";

const POLL_MS = 5000;
const HOME_POLL_MS = 60_000;

/** Where the day starts: what waits, where each cycle stands, the night's news, the receivable. */
export function Home(): ReactElement {
  const { user, timezone } = useSession();
  const mayJobs = useMay("jobs:read");
  const mayLedger = useMay("ledger:read");
  const query = api.useQuery("get", "/api/v1/home", {}, { refetchInterval: HOME_POLL_MS });
  return (
    <div className="page">
      <PageHead
        title={`Good day, ${user.name.split(" ")[0]}`}
        subtitle={formatDay(todayIn(timezone))}
      />
      {mayJobs ? <Running /> : null}
      <Shown query={query} lines={10}>
        {(home) => (
          <>
            {home.cycles.length > 0 ? <Cycles cycles={home.cycles} /> : null}
            <div className="columns">
              <Queues queues={home.queues} />
              <div>
                {mayLedger ? <Receivable /> : null}
                {home.overnight ? <Night night={home.overnight} /> : null}
              </div>
            </div>
          </>
        )}
      </Shown>
    </div>
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
          <JobProgress key={job.id} job={job} what={words(job.kind.replace(".", ": "))} />
        ))}
      </div>
    </Section>
  );
}
