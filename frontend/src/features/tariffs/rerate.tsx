/** The whole district under this version: posted bills of a span priced again, nothing kept. */

import { useNavigate } from "@tanstack/react-router";
import { type ReactElement, useState } from "react";
import { z } from "zod";
import { api, client, type Schema } from "@/api/client";
import { hasEnded, useJob } from "@/api/jobs";
import { Button } from "@/components/button";
import { DayField, Form, useAppForm } from "@/components/form";
import { JobProgress } from "@/components/job-progress";
import { Section } from "@/components/page";
import { Shown } from "@/components/shown";
import { RerateFound } from "./rerate-found";

const span = z.object({
  from_on: z.string().min(10, "Type a day"),
  to_on: z.string().min(10, "Type a day"),
});

interface RerateProps {
  version: Schema<"VersionOut">;
  jobId: string | undefined;
}

export function Rerate({ version, jobId }: RerateProps): ReactElement {
  const navigate = useNavigate();
  const [today] = useState(() => new Date().toISOString().slice(0, 10));
  const { form, problem, submit, isBusy } = useAppForm({
    schema: span,
    defaults: { from_on: monthsBefore(today, 3), to_on: today },
    onSubmit: async (values) => {
      const { data } = await client.POST("/api/v1/re-rates", {
        body: { version_ids: [version.id], ...values },
      });
      await navigate({
        to: ".",
        search: (before: object) => ({ ...before, job: data?.job_id }),
        replace: true,
      });
    },
  });
  return (
    <Section title="The whole district">
      <p className="help">
        Every posted bill whose period ends in these days is priced again by this version with its
        own reads and facts. Nothing is kept or posted.
      </p>
      <Form
        label="Re-rate the district"
        className="stack bench"
        problem={problem}
        onSubmit={submit}
      >
        <div className="form-grid">
          <DayField control={form.control} name="from_on" label="Periods that end after" />
          <DayField control={form.control} name="to_on" label="And no later than" />
        </div>
        <div className="row">
          <Button type="submit" isBusy={isBusy}>
            Re-rate the district
          </Button>
        </div>
      </Form>
      {jobId ? <Followed jobId={jobId} /> : null}
    </Section>
  );
}

function Followed({ jobId }: { jobId: string }): ReactElement | null {
  const job = useJob(jobId);
  const ended = hasEnded(job);
  const query = api.useQuery(
    "get",
    "/api/v1/re-rates/{job_id}",
    { params: { path: { job_id: jobId } } },
    { enabled: ended },
  );
  if (!job) return null;
  if (job.state !== "done") return <JobProgress job={job} what="Re-rating" />;
  return (
    <Shown query={query} lines={8}>
      {(found) => (found.result ? <RerateFound asked={found} result={found.result} /> : null)}
    </Shown>
  );
}

function monthsBefore(on: string, months: number): string {
  const day = new Date(`${on}T00:00:00Z`);
  day.setUTCMonth(day.getUTCMonth() - months);
  return day.toISOString().slice(0, 10);
}
