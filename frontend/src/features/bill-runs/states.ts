import type { Schema } from "@/api/client";

export type Run = Schema<"RunOut">;

export const RUN_STATES = [
  "draft",
  "calculated",
  "reviewed",
  "approved",
  "posted",
  "reversed",
  "discarded",
] as const satisfies readonly Run["state"][];

export const RUN_TABS = [
  "pre-list",
  "exceptions",
  "completeness",
  "comparison",
  "bills",
  "statements",
] as const;
export type RunTab = (typeof RUN_TABS)[number];

/** Every path whose answer an act on a run changes. */
export const RUN_PATHS = [
  "/api/v1/bill-runs",
  "/api/v1/bill-runs/{run_id}",
  "/api/v1/bill-runs/{run_id}/pre-list",
  "/api/v1/bill-runs/{run_id}/exceptions",
  "/api/v1/bill-runs/{run_id}/completeness",
  "/api/v1/bill-runs/{run_id}/comparison",
  "/api/v1/statement-prints",
  "/api/v1/bills",
  "/api/v1/jobs",
] as const;

const ORDER: Record<Run["state"], number> = {
  draft: 1,
  calculated: 2,
  reviewed: 3,
  approved: 4,
  posted: 5,
  reversed: 6,
  discarded: 0,
};

/** Past the last step. */
export const STATEMENTS_DONE = 6;

/** The step that is next; see the steps of the page. */
export function stepOf(run: Run): number {
  return ORDER[run.state];
}

/** What a person looks at first in this state. */
export function firstTab(run: Run): RunTab {
  if (run.state === "draft") return "pre-list";
  return run.open_exceptions > 0 ? "exceptions" : "completeness";
}
