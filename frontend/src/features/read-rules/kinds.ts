/** The words of thresholds: classes, seasons, values. */

import type { Schema } from "@/api/client";
import { formatQuantity } from "@/lib/units";
import { words } from "@/lib/words";

export type Threshold = Schema<"ThresholdOut">;
export type Season = Schema<"Season">;
type Class = Threshold["values"][number]["account_class"];

/** As the rules count them. */
export const SEASONS = [
  ["summer", "Summer, May to October"],
  ["winter", "Winter, November to April"],
] as const satisfies readonly (readonly [Season, string])[];

/** The season of a civil day. */
export function seasonOf(on: string): Season {
  const month = Number(on.slice(5, 7));
  return month >= 5 && month <= 10 ? "summer" : "winter";
}

export function className(one: Class): string {
  return one === null ? "No customer" : words(one);
}

/** Every class of the threshold's values, in their order. */
export function classesOf({ values }: Threshold): Class[] {
  return [...new Set(values.map((one) => one.account_class))];
}

/** A value with its unit: `2 times`. */
export function withUnit(value: string, { unit }: Pick<Threshold, "unit">): string {
  return `${formatQuantity(value)} ${unit}`;
}
