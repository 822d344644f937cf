/** Civil days (`2026-11-22`, no zone) and moments (UTC instants shown in the district's zone). */

const day = new Intl.DateTimeFormat("en-US", {
  timeZone: "UTC",
  year: "numeric",
  month: "short",
  day: "numeric",
});
const month = new Intl.DateTimeFormat("en-US", {
  timeZone: "UTC",
  year: "numeric",
  month: "short",
});
const shortMonth = new Intl.DateTimeFormat("en-US", { timeZone: "UTC", month: "short" });
const MS_PER_DAY = 86_400_000;

function utc(civil: string): Date {
  return new Date(`${civil.slice(0, 10)}T00:00:00Z`);
}

/** `2026-11-22` → `Nov 22, 2026`, the same in every zone. */
export function formatDay(civil: string): string {
  return day.format(utc(civil));
}

const CIVIL = /\b\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])\b(?!T)/g;

/** A sentence of the server's with its civil days as the office writes them. */
export function withDays(sentence: string): string {
  return sentence.replace(CIVIL, formatDay);
}

/** `2026-11-22` → `Nov 2026`. */
export function formatMonth(civil: string): string {
  return month.format(utc(civil));
}

/** The month of a number from 1: `7` → `July`. */
export function formatMonthName(number: number): string {
  return new Intl.DateTimeFormat("en-US", { timeZone: "UTC", month: "long" }).format(
    Date.UTC(2000, number - 1, 1),
  );
}

/** `2026-11-22` → `Nov`. */
export function formatMonthShort(civil: string): string {
  return shortMonth.format(utc(civil));
}

/** Whole days from one civil day to another. */
export function daysBetween(from: string, to: string): number {
  return Math.round((utc(to).getTime() - utc(from).getTime()) / MS_PER_DAY);
}

/** The civil day so many days before another. */
export function daysBefore(civil: string, days: number): string {
  return new Date(utc(civil).getTime() - days * MS_PER_DAY).toISOString().slice(0, 10);
}

/** `[from, to)` as an office says it: both days inclusive, or "since" when it is open-ended. */
export function formatPeriod(from: string, to: string | null): string {
  if (to === null) return `since ${formatDay(from)}`;
  const last = new Date(utc(to).getTime() - MS_PER_DAY).toISOString();
  return `${formatDay(from)} to ${formatDay(last)}`;
}

const moments = new Map<string, Intl.DateTimeFormat>();

/** An instant in the district's time, for example `Nov 22, 2026, 4:05 PM`. */
export function formatMoment(instant: string, zone: string): string {
  let format = moments.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat("en-US", {
      timeZone: zone,
      dateStyle: "medium",
      timeStyle: "short",
    });
    moments.set(zone, format);
  }
  return format.format(new Date(instant));
}

/** An instant's hour at the district, for example `4:05 PM`. */
export function formatTime(instant: string, zone: string): string {
  return new Intl.DateTimeFormat("en-US", { timeZone: zone, timeStyle: "short" }).format(
    new Date(instant),
  );
}

/** The district's calendar day now, as a civil day. */
export function todayIn(zone: string, now: Date = new Date()): string {
  return new Intl.DateTimeFormat("en-CA", { timeZone: zone }).format(now);
}

/** `75` seconds → `1 min 15 s`. */
export function formatDuration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes} min ${whole % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
