import type { Schema } from "@/api/client";
import { ApiProblem } from "@/api/problem";

export type Act = Schema<"Act">;

/** Every path whose answer a decision changes. */
export const REVIEW_PATHS = ["/api/v1/read-reviews", "/api/v1/read-reviews/progress"] as const;

/** What the office may do with an exception, and by which key. */
export const ACTS: readonly { act: Act; key: string; short: string; label: string }[] = [
  { act: "accept", key: "Enter", short: "Accept", label: "Accept the read" },
  { act: "estimate", key: "e", short: "Estimate", label: "Estimate instead" },
  { act: "reread", key: "r", short: "Re-read", label: "Send for a re-read" },
  { act: "rollover", key: "x", short: "Rollover", label: "The register rolled over" },
  { act: "hold", key: "h", short: "Hold", label: "Hold until it is known" },
  { act: "dismiss", key: "d", short: "Dismiss", label: "Dismiss the exception" },
];

/** Exceptions that the act did not fit, as one problem that names each reason once. */
export function refusalsOf({ refused }: Schema<"ActsDone">): ApiProblem {
  const reasons = [...new Set(refused.map(({ detail, problem }) => detail || problem))];
  return new ApiProblem("acts-refused", 409, "Some were left as they were", reasons.join("; "));
}
