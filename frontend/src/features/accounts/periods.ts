import type { Schema } from "@/api/client";
import type { PeriodUse } from "@/components/consumption-chart";
import { daysBefore, daysBetween } from "@/lib/dates";

const YEAR_DAYS = 365;
/** A season's read may be this many days off a year before. */
const SLACK_DAYS = 20;

type Read = Pick<Schema<"ReadRow">, "read_on" | "used" | "days" | "method">;

/** Use between reads, oldest first, each with the same season a year before if there is one. */
export function periodsOf(reads: readonly Read[]): PeriodUse[] {
  const spans = reads
    .flatMap(({ read_on, used, days, method }) => {
      if (used === null || !days) return [];
      return [
        {
          from_on: daysBefore(read_on, days),
          to_on: read_on,
          days,
          quantity: used,
          isEstimated: method === "estimated",
        },
      ];
    })
    .sort((a, b) => (a.to_on < b.to_on ? -1 : 1));
  return spans.map((span) => {
    const then = spans.find(
      (other) => Math.abs(daysBetween(other.to_on, span.to_on) - YEAR_DAYS) <= SLACK_DAYS,
    );
    return { ...span, before: then?.quantity ?? null };
  });
}
