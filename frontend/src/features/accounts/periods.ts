import type { Schema } from "@/api/client";
import type { PeriodUse } from "@/components/consumption-chart";
import { daysBefore, daysBetween } from "@/lib/dates";
import { addDecimals } from "@/lib/units";

const YEAR_DAYS = 365;
/** A season's read may be this many days off a year before. */
const SLACK_DAYS = 20;

type Span = Omit<PeriodUse, "before">;
type Read = Pick<Schema<"ReadRow">, "read_on" | "used" | "days" | "method">;

/**
 * Use between reads, oldest first, each with the same season a year before if there is one. The
 * registers of a compound meter that are read for the same days are one period.
 */
export function periodsOf(reads: readonly Read[]): PeriodUse[] {
  const byDays = new Map<string, Span>();
  const each = reads
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
  for (const span of each) {
    const days = `${span.from_on} ${span.to_on}`;
    const other = byDays.get(days);
    const quantity = other ? addDecimals(other.quantity, span.quantity) : span.quantity;
    const isEstimated = span.isEstimated || (other?.isEstimated ?? false);
    byDays.set(days, { ...span, quantity, isEstimated });
  }
  const spans = [...byDays.values()];
  return spans.map((span) => {
    const then = spans.find(
      (other) => Math.abs(daysBetween(other.to_on, span.to_on) - YEAR_DAYS) <= SLACK_DAYS,
    );
    return { ...span, before: then?.quantity ?? null };
  });
}

type Stay = Pick<Schema<"AgreementRow">, "service_point_id" | "from_on" | "to_on">;

/**
 * The reads of the account's own days at a service point. The water up to the read of its first day
 * was another party's, and no business of this one.
 */
export function ownReads<Own extends Read>(
  reads: readonly Own[],
  agreements: readonly Stay[],
  pointId: string,
): Own[] {
  const stays = agreements.filter((one) => one.service_point_id === pointId);
  return reads.flatMap((read) => {
    const { read_on } = read;
    const here = stays.filter(
      ({ from_on, to_on }) => from_on <= read_on && (to_on === null || read_on <= to_on),
    );
    if (here.length === 0) return [];
    const isTheirs = here.some(({ from_on }) => from_on < read_on);
    return [isTheirs ? read : { ...read, used: null, days: null }];
  });
}

/** The last day of the account at a service point; null while it takes service there. */
export function lastDayAt(agreements: readonly Stay[], pointId: string): string | null {
  const ends = agreements
    .filter((one) => one.service_point_id === pointId)
    .map(({ to_on }) => to_on);
  if (ends.length === 0 || ends.includes(null)) return null;
  return ends.reduce((latest, end) => ((end ?? "") > (latest ?? "") ? end : latest), null);
}
