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
  "proof",
] as const;

export const EXCEPTION_CODES = [
  "no_read",
  "open_review",
  "consumption",
  "no_tariff",
  "cannot_price",
  "nothing_to_bill",
  "other_run",
  "defect",
  "estimated",
  "credit",
] as const satisfies readonly Schema<"RunExceptionOut">["code"][];

/** Which bills of the run are shown: all, or those that a reviewer looks at first. */
export const BILL_SHOWS = ["changes", "zero", "credit", "first", "final", "estimated"] as const;
export type BillShow = (typeof BILL_SHOWS)[number];
export type RunTab = (typeof RUN_TABS)[number];

/** Every path whose answer an act on a run changes. */
export const RUN_PATHS = [
  "/api/v1/bill-runs",
  "/api/v1/bill-runs/{run_id}",
  "/api/v1/bill-runs/{run_id}/pre-list",
  "/api/v1/bill-runs/{run_id}/exceptions",
  "/api/v1/bill-runs/{run_id}/completeness",
  "/api/v1/bill-runs/{run_id}/comparison",
  "/api/v1/bill-runs/{run_id}/bills",
  "/api/v1/bill-runs/{run_id}/proof",
  "/api/v1/statement-prints",
  "/api/v1/bills",
  "/api/v1/approvals",
  "/api/v1/home",
  "/api/v1/jobs",
] as const;

const ORDER: Record<Run["state"], number> = {
  draft: 1,
  calculated: 4,
  reviewed: 5,
  approved: 6,
  posted: 7,
  reversed: 9,
  discarded: 0,
};
const CALCULATING = 2;
const EXCEPTIONS = 3;
const PROOF = 8;
const ALL_DONE = 9;

/** The step that is next, counted from nought; see the steps of the page. */
export function stepOf(
  run: Run,
  isWorking: boolean,
  isPrinted: boolean,
  isProven: boolean,
): number {
  if (run.state === "draft" && isWorking) return CALCULATING;
  if (run.state === "calculated" && run.open_exceptions > 0) return EXCEPTIONS;
  if (run.state === "posted" && isPrinted) return isProven ? ALL_DONE : PROOF;
  return ORDER[run.state];
}

/** What a person looks at first in this state. */
export function firstTab(run: Run): RunTab {
  if (run.state === "draft") return "pre-list";
  return run.open_exceptions > 0 ? "exceptions" : "completeness";
}
