/** Columns of the edit list: what is doubtful, what is usual, and what somebody proposed. */

import type { RowOf } from "@/api/lists";
import { type Column, columnsOf } from "@/components/data-grid";
import { Spark } from "@/components/spark";
import { formatQuantity } from "@/lib/units";
import { words } from "@/lib/words";

export type Review = RowOf<"/api/v1/read-reviews">;
const col = columnsOf<Review>();

/** Register counts a day of the period that the doubtful read ends, if it ends one. */
export function dailyOf(review: Pick<Review, "used" | "daily_periods">): string | null {
  return review.used === null ? null : (review.daily_periods.at(-1) ?? null);
}

const SPARK: Column<Review> = {
  id: "daily_periods",
  header: "13 periods",
  width: 112,
  sortable: false,
  text: (row) => row.daily_periods.join(" "),
  cell: (row) =>
    row.daily_periods.length > 0 ? (
      <Spark
        values={row.daily_periods.map(Number)}
        label={`Counts a day by period, oldest first: ${row.daily_periods.map(formatQuantity).join(", ")}`}
      />
    ) : (
      <span className="muted">–</span>
    ),
};

const A_DAY: Column<Review> = quantity("used", "Counts a day", 104, dailyOf);
const SAME_SEASON = quantity(
  "same_season_daily",
  "Same season",
  100,
  (row) => row.same_season_daily,
);

function quantity(
  id: string,
  header: string,
  width: number,
  value: (row: Review) => string | null,
): Column<Review> {
  const text = (row: Review) => {
    const held = value(row);
    return held === null ? "" : formatQuantity(held);
  };
  return {
    id,
    header,
    width,
    end: true,
    sortable: false,
    text,
    cell: (row) => text(row) || <span className="muted">–</span>,
  };
}

const RULE = col.word("rule", "Exception", { width: 116 });
const WHY = col.reason("reason", "Why", { width: 260, grows: 3 });
const ADDRESS = col.text("service_address", "Address", { width: 144, grows: true });
const READ = [
  col.quantity("value", "Read", { width: 84 }),
  col.day("read_on", "Read on", { width: 108 }),
];
const MORE = [
  col.text("account_number", "Account", { width: 104 }),
  col.text("meter_serial", "Meter", { width: 104, hidden: true }),
  col.text("walk", "Walk", { width: 70, hidden: true }),
  col.text("raw", "Raw line", { width: 240, hidden: true }),
];

export const COLUMNS: readonly Column<Review>[] = [
  RULE,
  WHY,
  ADDRESS,
  SPARK,
  A_DAY,
  SAME_SEASON,
  col.state("state", "State", { width: 96 }),
  ...READ,
  ...MORE,
];

/** What waits for a second person: the proposal first, then what it is about. */
export const PROPOSAL_COLUMNS: readonly Column<Review>[] = [
  RULE,
  {
    id: "decision",
    header: "Proposed",
    width: 92,
    text: (row) => words(row.decision ?? ""),
    cell: (row) => words(row.decision ?? ""),
  },
  col.text("decided_by_name", "By", { width: 120 }),
  col.text("decision_reason", "Their reason", { width: 180, grows: 2 }),
  WHY,
  SPARK,
  A_DAY,
  SAME_SEASON,
  ADDRESS,
  ...READ,
  ...MORE,
];
