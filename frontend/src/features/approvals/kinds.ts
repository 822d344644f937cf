import type { RowOf } from "@/api/lists";

export type Approval = RowOf<"/api/v1/approvals">;
export type ApprovalKind = Approval["kind"];

export const APPROVAL_KINDS = [
  "adjustment",
  "bill_run",
  "read",
  "tariff",
  "policy",
] as const satisfies readonly ApprovalKind[];

/** What each kind is called. */
export const KIND_NAMES: Record<ApprovalKind, string> = {
  adjustment: "Adjustment",
  bill_run: "Bill run",
  read: "Read",
  tariff: "Tariff",
  policy: "Policy",
};

export const KIND_PLURALS: Record<ApprovalKind, string> = {
  adjustment: "Adjustments",
  bill_run: "Bill runs",
  read: "Reads",
  tariff: "Tariffs",
  policy: "Policies",
};

/** The page of what is asked for; a policy's is this list. */
export function pageOf(row: Approval): string {
  switch (row.kind) {
    case "adjustment":
      return `/adjustments/${row.id}`;
    case "bill_run":
      return `/bill-runs/${row.id}`;
    case "read":
      return "/edit-list?rule=second-person";
    case "tariff":
      return `/tariffs/${row.reference}?version=${row.id}`;
    case "policy":
      return "/approvals?kind=policy";
  }
}

/** Every path whose answer a decision changes. */
export const DECIDED_PATHS = [
  "/api/v1/approvals",
  "/api/v1/home",
  "/api/v1/adjustments",
  "/api/v1/adjustments/{adjustment_id}",
  "/api/v1/bill-runs",
  "/api/v1/bill-runs/{run_id}",
  "/api/v1/read-reviews",
  "/api/v1/read-reviews/progress",
  "/api/v1/tariffs",
  "/api/v1/tariff-versions",
  "/api/v1/tariff-versions/{version_id}",
  "/api/v1/policies",
] as const;

/** Why a person may not decide, or null when they may. */
export function whyNot(row: Approval): string | null {
  if (row.may_decide) return null;
  if (row.own) return "You asked for it or wrote in it: another person decides";
  return "Your role does not decide this kind";
}
