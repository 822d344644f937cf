import { Link } from "@tanstack/react-router";
import { type ReactElement, useEffect, useRef } from "react";
import { api } from "@/api/client";
import { useForget } from "@/api/session";
import { JobProgress } from "@/components/job-progress";
import { nameOf } from "./kinds";

const POLL_MS = 2000;

/** What runs now, above the list; when one starts or ends the list is read again. */
export function Running(): ReactElement | null {
  const forget = useForget();
  const { data } = api.useQuery(
    "get",
    "/api/v1/jobs",
    { params: { query: { limit: 5, state: "running" } } },
    { refetchInterval: POLL_MS },
  );
  const now = data?.items.map(({ id }) => id).join(" ");
  const before = useRef(now);
  useEffect(() => {
    if (before.current !== undefined && before.current !== now) void forget("/api/v1/jobs");
    before.current = now;
  }, [now, forget]);
  if (!data || data.items.length === 0) return null;
  return (
    <section className="running" aria-label="Running now">
      {data.items.map((job) => (
        <div key={job.id}>
          <JobProgress job={job} what={nameOf(job.kind)} />
          <Link to="/jobs/$jobId" params={{ jobId: job.id }} className="small">
            Open
          </Link>
        </div>
      ))}
    </section>
  );
}
