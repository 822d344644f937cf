/** What a reader's sheet becomes, line by line: pure, so that the pad only has to show it. */

import type { Schema } from "@/api/client";
import { compareDecimals, formatQuantity } from "@/lib/units";

export type Line = Schema<"EntryLine">;

/** A line as it is being typed. */
export interface Typed {
  value: string;
  /** With a value a trouble code, without one the reason why there is none. */
  code: string;
  /** Looked at twice: the flag of its value was accepted. */
  checked: boolean;
  note?: string;
  /** A photo that the server keeps already. */
  photo?: { id: string; name: string } | null;
}

export type Draft = Readonly<Record<string, Typed>>;

export const BLANK: Typed = { value: "", code: "", checked: false };
export const SENT_AT_ONCE = 1000;

/** `doubt` is flagged and still sent; `misfit` cannot stand on this register and is not. */
export type Verdict = { kind: "empty" | "ok" | "skip" } | { kind: "doubt" | "misfit"; why: string };

/** The same limits that the server will judge by, said before the sheet leaves the desk. */
export function judge(line: Line, typed: Typed): Verdict {
  const { value, code } = typed;
  if (value === "") {
    if (code !== "") return { kind: "skip" };
    if (!typed.note && !typed.photo) return { kind: "empty" };
    return line.value === null
      ? { kind: "misfit", why: "A note or a photo goes with a read or a code" }
      : { kind: "ok" };
  }
  const fit = misfitOf(line, value);
  if (fit) return { kind: "misfit", why: fit };
  const why = doubtOf(line, value);
  return why ? { kind: "doubt", why } : { kind: "ok" };
}

function misfitOf(line: Line, value: string): string | null {
  const [, whole = "", part = ""] = /^(\d*)\.?(\d*)$/.exec(value) ?? [];
  if (whole + part === "") return "Only digits and a point";
  const digits = line.dials - line.decimals;
  if (whole.replace(/^0+/, "").length > digits) return `This register shows ${digits} whole digits`;
  if (part.length > line.decimals) return `This register shows ${line.decimals} decimals`;
  return null;
}

function doubtOf(line: Line, value: string): string | null {
  const { previous_value: previous, low_limit: low, high_limit: high } = line;
  if (previous !== null && compareDecimals(value, previous) < 0)
    return `Lower than the last read, ${formatQuantity(previous)}`;
  if (previous !== null && compareDecimals(value, previous) === 0)
    return "The same as the last read";
  if (low !== null && compareDecimals(value, low) < 0)
    return `Low: ${formatQuantity(low)} or more is usual`;
  if (high !== null && compareDecimals(value, high) > 0)
    return `High: ${formatQuantity(high)} or less is usual`;
  return null;
}

export interface Tally {
  total: number;
  /** Typed now or read before. */
  done: number;
  reads: number;
  skips: number;
  doubts: number;
  misfits: number;
}

/** Whether the day has an answer for the line already: its read, or why there is none. */
export function isSent({ value, skip_code }: Line): boolean {
  return value !== null || skip_code !== "";
}

export function tallyOf(lines: readonly Line[], draft: Draft): Tally {
  const tally = { total: lines.length, done: 0, reads: 0, skips: 0, doubts: 0, misfits: 0 };
  for (const line of lines) {
    const { kind } = judge(line, draft[line.register_id] ?? BLANK);
    if (kind === "skip") tally.skips += 1;
    if (kind === "ok" || kind === "doubt") tally.reads += 1;
    if (kind === "doubt") tally.doubts += 1;
    if (kind === "misfit") tally.misfits += 1;
    if (kind === "empty" ? isSent(line) : kind !== "misfit") tally.done += 1;
  }
  return tally;
}

/** What is sent: every line that says something and fits its register, in walk order. */
export function entriesOf(lines: readonly Line[], draft: Draft): Schema<"Entry">[] {
  return lines.flatMap((line): Schema<"Entry">[] => {
    const typed = draft[line.register_id] ?? BLANK;
    const { kind } = judge(line, typed);
    const register_id = line.register_id;
    const beside = { note: noteOf(typed, kind), photo_id: typed.photo?.id ?? null };
    if (kind === "skip")
      return [{ register_id, value: null, skip_code: typed.code, trouble_codes: [], ...beside }];
    if (kind !== "ok" && kind !== "doubt") return [];
    const trouble_codes = typed.code === "" ? [] : [typed.code];
    const value = typed.value === "" ? line.value : plain(typed.value);
    return [{ register_id, value, skip_code: "", trouble_codes, ...beside }];
  });
}

function noteOf(typed: Typed, kind: Verdict["kind"]): string {
  const flag = kind === "doubt" && typed.checked ? "Flagged at entry and accepted" : "";
  return [flag, typed.note?.trim()].filter(Boolean).join(". ");
}

/** `.5` and `5.` as numbers are written. */
function plain(value: string): string {
  const [whole = "", part = ""] = value.split(".");
  return part === "" ? whole || "0" : `${whole || "0"}.${part}`;
}

/** Where Enter goes: the next line that has nothing yet, else the next, else it stays. */
export function nextOf(lines: readonly Line[], draft: Draft, at: number): number {
  const waits = (line: Line) =>
    !isSent(line) && judge(line, draft[line.register_id] ?? BLANK).kind === "empty";
  const found = lines.findIndex((line, index) => index > at && waits(line));
  return found === -1 ? Math.min(at + 1, lines.length - 1) : found;
}
