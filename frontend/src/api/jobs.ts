/** Following long work: server-sent events, and polling when the stream drops. */

import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { api, type Schema } from "./client";

export type Job = Schema<"JobOut">;
const POLL_MS = 2000;

/** Whether a job has ended, well or badly. */
export function hasEnded(job: Pick<Job, "state"> | undefined): boolean {
  return job !== undefined && job.state !== "queued" && job.state !== "running";
}

/**
 * A job as it goes. The stream writes into the query cache, so every component that shows the job
 * moves together; leaving the page closes the stream and never the job.
 */
export function useJob(jobId: string | null | undefined): Job | undefined {
  const cache = useQueryClient();
  const id = jobId ?? "";
  const init = { params: { path: { job_id: id } } };
  const { data } = api.useQuery("get", "/api/v1/jobs/{job_id}", init, {
    enabled: id !== "",
    refetchInterval: (query) => (hasEnded(query.state.data) ? false : POLL_MS),
  });
  const key = JSON.stringify(api.queryOptions("get", "/api/v1/jobs/{job_id}", init).queryKey);
  const ended = hasEnded(data);
  useEffect(() => {
    if (id === "" || ended || typeof EventSource === "undefined") return;
    const stream = new EventSource(`/api/v1/jobs/${id}/events`);
    stream.onmessage = (event: MessageEvent<string>) => {
      const job = JSON.parse(event.data) as Job;
      cache.setQueryData(JSON.parse(key), job);
      if (hasEnded(job)) stream.close();
    };
    stream.onerror = () => stream.close();
    return () => stream.close();
  }, [id, ended, key, cache]);
  return data;
}

/** The newest job about a thing, followed as it goes; null when there is none yet. */
export function useJobOf(subjectId: string): Job | null | undefined {
  const { data } = api.useQuery("get", "/api/v1/jobs", {
    params: { query: { subject_id: subjectId, sort: "-created_at", limit: 1 } },
  });
  const job = useJob(data?.items[0]?.id);
  return data?.items.length === 0 ? null : job;
}

/**
 * Runs once when a job has ended since the page opened, also one so quick that it was never seen
 * running. What had ended before is no news.
 */
export function useWhenEnded(job: Job | null | undefined, act: (job: Job) => void): void {
  const told = useRef<string | null | undefined>(undefined);
  useEffect(() => {
    if (job === undefined) return;
    const ended = job !== null && hasEnded(job) ? job : null;
    const isFirstLook = told.current === undefined;
    if (isFirstLook) told.current = ended?.id ?? null;
    else if (ended && told.current !== ended.id) {
      told.current = ended.id;
      act(ended);
    }
  });
}

/** Units a second since the job started and the seconds that are left, null while unknown. */
export function paceOf(
  job: Pick<Job, "done" | "total" | "started_at">,
  now: number = Date.now(),
): { perSecond: number; secondsLeft: number } | null {
  if (!job.started_at || job.done === 0) return null;
  const seconds = (now - Date.parse(job.started_at)) / 1000;
  if (seconds < 1) return null;
  const perSecond = job.done / seconds;
  return { perSecond, secondsLeft: Math.max(0, (job.total - job.done) / perSecond) };
}
