import type { RowOf } from "@/api/lists";

export type BillRow = RowOf<"/api/v1/bills">;

export const BILL_STATES = [
  "draft",
  "posted",
  "reversed",
] as const satisfies readonly BillRow["state"][];
export const BILL_KINDS = [
  "regular",
  "first",
  "final",
  "off_cycle",
] as const satisfies readonly BillRow["kind"][];

export function hrefOf(bill: Pick<BillRow, "id">): string {
  return `/bills/${bill.id}`;
}
