import { getRouteApi, Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { api } from "@/api/client";
import { hasEnded, type Job, useJob } from "@/api/jobs";
import { Fact, Facts, Moment } from "@/components/figures";
import { JobProgress } from "@/components/job-progress";
import { PageHead, Section } from "@/components/page";
import { Pill } from "@/components/pill";
import { Shown } from "@/components/shown";
import { formatCents } from "@/lib/cents";
import { formatDuration } from "@/lib/dates";
import { said } from "@/lib/said";
import { plural } from "@/lib/units";
import { words } from "@/lib/words";
import { JobActs } from "./acts";
import { nameOf, subjectOf } from "./kinds";

const route = getRouteApi("/app/jobs/$jobId");

/** One piece of long work: how far it is, what it was asked, what came of it. */
export function JobPage(): ReactElement {
  const { jobId } = route.useParams();
  const query = api.useQuery("get", "/api/v1/jobs/{job_id}", {
    params: { path: { job_id: jobId } },
  });
  const followed = useJob(jobId);
  return (
    <div className="page">
      <Shown query={{ ...query, data: followed ?? query.data }} lines={8}>
        {(job) => <JobSheet job={job} />}
      </Shown>
    </div>
  );
}

function JobSheet({ job }: { job: Job }): ReactElement {
  const subject = subjectOf(job);
  return (
    <>
      <PageHead
        title={nameOf(job.kind)}
        crumbs={
          <>
            <Link to="/jobs">Jobs</Link> · <span className="mono">{job.kind}</span>
          </>
        }
        state={<Pill state={job.state} />}
      >
        {subject ? (
          <Link className="btn" to={subject[0]}>
            {subject[1]}
          </Link>
        ) : null}
        <JobActs job={job} />
      </PageHead>
      <JobProgress job={job} what={nameOf(job.kind)} />
      <Asked job={job} />
      <Values title="What it was asked" values={job.args} />
      {job.result ? <Values title="What came of it" values={job.result} /> : null}
    </>
  );
}

function Asked({ job }: { job: Job }): ReactElement {
  return (
    <Facts>
      <Fact label="Asked for by">{job.created_by_name}</Fact>
      <Fact label="Asked for">
        <Moment at={job.created_at} />
      </Fact>
      <Fact label="Started">
        <Moment at={job.started_at} />
      </Fact>
      <Fact label="Ended">
        <Moment at={job.finished_at} />
      </Fact>
      <Fact label="Took">{tookOf(job)}</Fact>
      <Fact label="Times taken up">{job.attempt}</Fact>
      {job.cancel_asked_at ? (
        <Fact label={hasEnded(job) ? "Asked to stop" : "Stops at its next step, asked"}>
          <Moment at={job.cancel_asked_at} />
        </Fact>
      ) : null}
      {job.again_of ? (
        <Fact label="Tries again">
          <Link to="/jobs/$jobId" params={{ jobId: job.again_of }}>
            An earlier job
          </Link>
        </Fact>
      ) : null}
      {job.again_as ? (
        <Fact label="Tried again">
          <Link to="/jobs/$jobId" params={{ jobId: job.again_as }}>
            A later job
          </Link>
        </Fact>
      ) : null}
    </Facts>
  );
}

function tookOf(job: Job): string {
  if (!job.started_at || !job.finished_at) return "–";
  return formatDuration((Date.parse(job.finished_at) - Date.parse(job.started_at)) / 1000);
}

function Values({
  title,
  values,
}: {
  title: string;
  values: Record<string, unknown>;
}): ReactElement {
  const entries = Object.entries(values);
  return (
    <Section title={title}>
      {entries.length === 0 ? <p className="muted">It takes nothing but its kind.</p> : null}
      <Facts>
        {entries.map(([name, value]) => (
          <Fact key={name} label={words(name.replace(/_cents$/, ""))}>
            {shortly(name, value)}
          </Fact>
        ))}
      </Facts>
    </Section>
  );
}

/** Amounts as money; of a list of rows only how many, the page of what it is about has them. */
function shortly(name: string, value: unknown): string {
  if (name.endsWith("_cents") && typeof value === "number") return formatCents(value);
  const isRows = Array.isArray(value) && value.some((row) => typeof row === "object");
  return isRows ? plural(value.length, "row") : said(value);
}
