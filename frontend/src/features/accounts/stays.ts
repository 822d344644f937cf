import type { Schema } from "@/api/client";
import { daysBetween } from "@/lib/dates";

type Occupant = Pick<
  Schema<"OccupantOut">,
  "account_id" | "account_number" | "customer_name" | "service_point_id" | "from_on" | "to_on"
>;

/** One party's time at a service point, whatever services they took there. */
export interface Stay {
  account_id: string;
  account_number: string;
  customer_name: string;
  from_on: string;
  to_on: string | null;
}

/**
 * Who was at a service point, oldest first: agreements of one account that touch or overlap are one
 * stay. Days are half-open, so one party's last day is the next one's first.
 */
export function staysOf(occupants: readonly Occupant[], pointId: string): Stay[] {
  const here = occupants
    .filter(({ service_point_id }) => service_point_id === pointId)
    .sort((a, b) => (a.from_on < b.from_on ? -1 : 1));
  const stays: Stay[] = [];
  for (const { account_id, account_number, customer_name, from_on, to_on } of here) {
    const open = stays.find(
      (stay) => stay.account_id === account_id && (stay.to_on === null || stay.to_on >= from_on),
    );
    if (!open) stays.push({ account_id, account_number, customer_name, from_on, to_on });
    else if (open.to_on !== null)
      open.to_on = to_on === null || to_on > open.to_on ? to_on : open.to_on;
  }
  return stays;
}

export interface Span {
  /** Percent of the strip. */
  left: number;
  width: number;
}

/** Where a stay lies on a strip from the first move-in to today; a later end lies at its edge. */
export function spanOf(stay: Stay, first: string, today: string): Span {
  const whole = Math.max(1, daysBetween(first, today));
  const place = (day: string) =>
    Math.min(100, Math.max(0, (daysBetween(first, day) / whole) * 100));
  const left = place(stay.from_on);
  return { left, width: Math.max(1, place(stay.to_on ?? today) - left) };
}
