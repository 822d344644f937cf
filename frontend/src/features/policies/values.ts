/** The values of policies: how each kind is printed, typed and read. */

import type { Schema } from "@/api/client";
import { formatCents, parseDollars } from "@/lib/cents";
import { formatDay, formatMonthName } from "@/lib/dates";
import { words } from "@/lib/words";

export type Policy = Schema<"PolicyOut">;
export type PolicyValue = Schema<"PolicyValueOut">;
type Shape = Pick<Policy, "kind" | "unit">;

/** Its page: the key without its dot, which an address would take for a file's. */
export function pathOf({ key }: Pick<Policy, "key">): { group: string; name: string } {
  const [group = "", name = ""] = key.split(".", 2);
  return { group, name };
}

export const GROUP_NAMES: Record<string, string> = {
  district: "District",
  office: "Office calendar",
  billing: "Billing",
  statement: "Statements",
  late: "Late penalties",
  payments: "Payments",
  adjustments: "Adjustments",
  leak: "Leak credits",
};

/** What is typed into the field of a kind, said under it. */
export const TYPED_AS: Partial<Record<Policy["kind"], string>> = {
  texts: "One line each.",
  codes: "In their order, with commas between.",
  dates: "One day a line, as 2026-12-24.",
  cents_by_code: "One a line: the code, then dollars, as in: leak 250.00",
  colour: "As in #0a5c82.",
};

/** Codes whose names are not their own letters. */
const NAMES: Record<string, string> = {
  csd: "Community services district",
  en: "English",
  es: "Spanish",
};
export const named = (code: string): string => NAMES[code] ?? words(code);

const list = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);
const amounts = (value: unknown): [string, number][] =>
  typeof value === "object" && value !== null ? Object.entries(value) : [];

/** A value as a person reads it, with its unit. */
export function formatValue({ kind, unit }: Shape, value: unknown): string {
  const text = String(value ?? "");
  switch (kind) {
    case "cents":
      return formatCents(Number(value));
    case "percent":
      return `${text} %`;
    case "integer":
    case "decimal":
      if (unit === "month") return formatMonthName(Number(value));
      return unit ? `${text} ${unit}` : text;
    case "flag":
      return value ? "Yes" : "No";
    case "choice":
      return named(text);
    case "texts":
      return list(value).join(" / ") || "–";
    case "codes":
      return list(value).map(named).join(", ") || "–";
    case "dates":
      return list(value).map(formatDay).join(", ") || "–";
    case "cents_by_code":
      return amounts(value)
        .map(([code, cents]) => `${words(code)} ${formatCents(cents)}`)
        .join(", ");
    default:
      return text || "–";
  }
}

const plainDollars = (cents: number) => formatCents(cents).replaceAll(/[$,]/g, "");

/** A value as it stands in its field before anybody types. */
export function typedOf({ kind }: Shape, value: unknown): string {
  if (kind === "cents") return plainDollars(Number(value));
  if (kind === "codes") return list(value).join(", ");
  if (kind === "texts" || kind === "dates") return list(value).join("\n");
  if (kind === "cents_by_code") {
    return amounts(value)
      .map(([code, cents]) => `${code} ${plainDollars(cents)}`)
      .join("\n");
  }
  return String(value ?? "");
}

/** What was typed as the API takes it; undefined when it cannot be read. */
export function readTyped({ kind }: Shape, typed: string): unknown {
  const text = typed.trim();
  const lines = text.split("\n").flatMap((line) => line.trim() || []);
  switch (kind) {
    case "cents":
      return parseDollars(text) ?? undefined;
    case "integer":
      return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
    case "decimal":
    case "percent":
      return /^\d+(\.\d+)?$/.test(text) ? text : undefined;
    case "flag":
      return text === "true" ? true : text === "false" ? false : undefined;
    case "texts":
    case "dates":
      return lines;
    case "codes":
      return text.split(",").flatMap((code) => code.trim() || []);
    case "cents_by_code":
      return readAmounts(lines);
    default:
      return text;
  }
}

function readAmounts(lines: string[]): Record<string, number> | undefined {
  const read: Record<string, number> = {};
  for (const line of lines) {
    const [, code, dollars] = /^([a-z][a-z0-9_]*)[\s:=]+(\S+)$/.exec(line) ?? [];
    const cents = parseDollars(dollars ?? "");
    if (!code || cents === null) return undefined;
    read[code] = cents;
  }
  return read;
}
