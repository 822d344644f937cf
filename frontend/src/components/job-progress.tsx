import type { ReactElement } from "react";
import { hasEnded, type Job, paceOf } from "@/api/jobs";
import { formatDuration } from "@/lib/dates";
import { formatCount } from "@/lib/units";
import { cx } from "@/lib/words";
import { Banner } from "./banner";

/** Long work as it goes: count, rate, time left. It says itself that leaving is safe. */
export function JobProgress({ job, what }: { job: Job; what: string }): ReactElement {
  if (job.state === "failed") {
    return (
      <Banner tone="danger" title={`${what} failed`}>
        <p>{job.error ?? job.message}</p>
      </Banner>
    );
  }
  if (job.state === "cancelled") {
    const parts = `${formatCount(job.done)} of ${formatCount(job.total)}`;
    return (
      <Banner tone="warn" title={`${what} was cancelled`}>
        <p>{job.total > 0 ? `${parts} had been done, and stay done.` : "Nothing had been done."}</p>
      </Banner>
    );
  }
  const pace = paceOf(job);
  const percent = job.total > 0 ? Math.round((job.done / job.total) * 100) : 0;
  const text = job.total > 0 ? `${formatCount(job.done)} of ${formatCount(job.total)}` : "starting";
  return (
    <section aria-label={what} className="job">
      <div className="row job-head">
        <strong>{what}</strong>
        <span className="tabular">{text}</span>
        <span className="muted grow">{job.message}</span>
        {pace && !hasEnded(job) ? (
          <span className="muted tabular">
            {formatCount(Math.round(pace.perSecond))}/s · {formatDuration(pace.secondsLeft)} left
          </span>
        ) : null}
      </div>
      <div
        className={cx("bar", job.state)}
        role="progressbar"
        aria-label={what}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
        aria-valuetext={text}
      >
        <i style={{ width: `${percent}%` }} />
      </div>
      <p className="sr-only" aria-live="polite">
        {`${what}: ${Math.floor(percent / 25) * 25} percent`}
      </p>
      {hasEnded(job) ? null : <p className="help">You may leave this page; the work goes on.</p>}
    </section>
  );
}
