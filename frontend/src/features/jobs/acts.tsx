import { useNavigate } from "@tanstack/react-router";
import { CircleStop, RotateCcw } from "lucide-react";
import { type ReactElement, useMemo, useState } from "react";
import { client } from "@/api/client";
import { hasEnded, type Job } from "@/api/jobs";
import { useForget, useMay } from "@/api/session";
import { ActDialog } from "@/components/act";
import { Button } from "@/components/button";
import { toast } from "@/components/toast";
import { useShortcuts } from "@/lib/shortcuts";
import { formatCount } from "@/lib/units";

const PATHS = ["/api/v1/jobs", "/api/v1/jobs/{job_id}", "/api/v1/home"];

/** Stop what has not ended; try again what ended badly and was not tried since. */
export function JobActs({ job }: { job: Job }): ReactElement | null {
  const [act, setAct] = useState<"cancel" | "again" | null>(null);
  const mayWrite = useMay("jobs:write");
  const mayCancel = mayWrite && !hasEnded(job) && !job.cancel_asked_at;
  const mayRepeat = mayWrite && ["failed", "cancelled"].includes(job.state) && !job.again_as;
  const keys = useMemo(
    () => [
      ...(mayCancel ? [{ keys: "x", label: "Cancel the job", act: () => setAct("cancel") }] : []),
      ...(mayRepeat ? [{ keys: "r", label: "Try again", act: () => setAct("again") }] : []),
    ],
    [mayCancel, mayRepeat],
  );
  useShortcuts("This job", keys);
  return (
    <>
      {mayCancel ? (
        <Button variant="danger" onPress={() => setAct("cancel")}>
          <CircleStop aria-hidden /> Cancel the job
        </Button>
      ) : null}
      {mayRepeat ? (
        <Button variant="primary" onPress={() => setAct("again")}>
          <RotateCcw aria-hidden /> Try again
        </Button>
      ) : null}
      {act === "cancel" ? <Cancel job={job} onClose={() => setAct(null)} /> : null}
      {act === "again" ? <Again job={job} onClose={() => setAct(null)} /> : null}
    </>
  );
}

interface Props {
  job: Job;
  onClose: () => void;
}

function Cancel({ job, onClose }: Props): ReactElement {
  const forget = useForget();
  const waits = job.state === "queued";
  return (
    <ActDialog
      title="Cancel the job"
      button="Cancel the job"
      isDangerous
      reason={{ label: "Why", min: 5 }}
      effect={[
        { label: "Done so far, and stays", value: doneOf(job) },
        { label: "From now on", value: waits ? "It never starts" : "It stops at its next step" },
        { label: "Afterwards", value: "It can be tried again", total: true },
      ]}
      onAct={async (reason) => {
        const params = { path: { job_id: job.id } };
        await client.POST("/api/v1/jobs/{job_id}/cancel", { params, body: { reason } });
        toast(waits ? "The job is cancelled" : "The job stops at its next step");
        await forget(...PATHS);
      }}
      onClose={onClose}
    >
      {waits ? null : (
        <p className="help">
          Work that tells no steps, such as a file taken in whole, runs to its end.
        </p>
      )}
    </ActDialog>
  );
}

function Again({ job, onClose }: Props): ReactElement {
  const forget = useForget();
  const navigate = useNavigate();
  return (
    <ActDialog
      title="Try again"
      button="Try again"
      effect={[
        { label: "In the name of", value: job.created_by_name },
        { label: "What was finished", value: "is not done twice" },
        { label: "Afterwards", value: "A new job with the same task", total: true },
      ]}
      onAct={async () => {
        const params = { path: { job_id: job.id } };
        const { data } = await client.POST("/api/v1/jobs/{job_id}/try-again", { params });
        await forget(...PATHS);
        if (data) await navigate({ to: "/jobs/$jobId", params: { jobId: data.job_id } });
      }}
      onClose={onClose}
    >
      {job.error ? <p>It failed: {job.error}</p> : null}
    </ActDialog>
  );
}

function doneOf(job: Job): string {
  if (job.total === 0) return "Nothing";
  return `${formatCount(job.done)} of ${formatCount(job.total)}`;
}
