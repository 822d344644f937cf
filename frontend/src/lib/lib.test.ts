import { describe, expect, test } from "vitest";
import { cents, formatCents, parseDollars, sumCents } from "./cents";
import {
  daysBetween,
  formatDay,
  formatDuration,
  formatMoment,
  formatPeriod,
  todayIn,
  withDays,
} from "./dates";
import { uuid7 } from "./ids";
import { optionalOf, optionalText, searchOf } from "./search";
import { addDecimals, formatChange, formatQuantity, plural } from "./units";
import { initials, words } from "./words";

describe("money", () => {
  test.each([
    [0, "$0.00"],
    [5, "$0.05"],
    [-5, "($0.05)"],
    [123456, "$1,234.56"],
    [-120431022, "($1,204,310.22)"],
    [9_007_199_254_740_991, "$90,071,992,547,409.91"],
  ])("%d cents print as %s", (value, text) => {
    expect(formatCents(value)).toBe(text);
  });

  test.each([
    ["12", 1200],
    ["$1,234.5", 123450],
    [".5", 50],
    ["(12.50)", -1250],
    ["-12.50", -1250],
    ["0", 0],
    ["-0", 0],
    ["0.29", 29],
    ["1.005", null],
    ["12.50)", null],
    ["(12.50", null],
    ["twelve", null],
    ["", null],
    [".", null],
    ["99999999999999999999", null],
  ])("%s is read as %s", (text, value) => {
    expect(parseDollars(text)).toBe(value);
  });

  test("what is printed is read back", () => {
    for (const value of [1, -1, 99, -100, 10_000_000_01]) {
      expect(parseDollars(formatCents(value))).toBe(value);
    }
  });

  test("a fraction of a cent is a defect, not a rounding", () => {
    expect(() => cents(0.5)).toThrow(RangeError);
    expect(sumCents([10, 20, -5])).toBe(25);
  });
});

describe("days", () => {
  test("a civil day is the same everywhere", () => {
    expect(formatDay("2026-03-01")).toBe("Mar 1, 2026");
    expect(formatDay("2024-02-29")).toBe("Feb 29, 2024");
  });

  test("a half-open period prints its last day", () => {
    expect(formatPeriod("2026-01-01", "2026-03-01")).toBe("Jan 1, 2026 to Feb 28, 2026");
    expect(formatPeriod("2026-01-01", null)).toBe("since Jan 1, 2026");
  });

  test.each([
    ["No read since 2026-11-02", "No read since Nov 2, 2026"],
    ["131 on 2026-07-01, not 134", "131 on Jul 1, 2026, not 134"],
    ["Meter 2026-13-01 is not a day", "Meter 2026-13-01 is not a day"],
    ["serial 12026-07-011", "serial 12026-07-011"],
    ["at 2026-07-01T10:00:00Z", "at 2026-07-01T10:00:00Z"],
  ])("%s reads as %s", (said, read) => {
    expect(withDays(said)).toBe(read);
  });

  test("days are counted across the change of clocks", () => {
    expect(daysBetween("2026-03-01", "2026-04-01")).toBe(31);
    expect(daysBetween("2026-10-15", "2026-12-15")).toBe(61);
  });

  test("a moment is shown in the district's zone", () => {
    expect(formatMoment("2026-11-23T07:30:00Z", "America/Los_Angeles")).toMatch(
      /Nov 22, 2026.*11:30/,
    );
    expect(todayIn("America/Los_Angeles", new Date("2026-11-23T07:30:00Z"))).toBe("2026-11-22");
  });

  test("durations are short", () => {
    expect([4, 75, 3700].map(formatDuration)).toEqual(["4 s", "1 min 15 s", "1 h 1 min"]);
  });
});

describe("quantities and words", () => {
  test.each([
    ["12345.600", "12,345.6"],
    ["0.000", "0"],
    ["-3.50", "−3.5"],
    ["123456789012345678901.5", "123,456,789,012,345,678,901.5"],
  ])("%s prints as %s", (value, text) => {
    expect(formatQuantity(value)).toBe(text);
  });

  test("counts, changes, names", () => {
    expect(plural(1, "bill")).toBe("1 bill");
    expect(plural(12480, "bill")).toBe("12,480 bills");
    expect([formatChange(150, 100), formatChange(50, 100), formatChange(1, 0)]).toEqual([
      "+50 %",
      "−50 %",
      "–",
    ]);
    expect(words("in_review")).toBe("In review");
    expect(initials("Maria de la Cruz")).toBe("MC");
  });
});

test("a UUIDv7 is ordered by time and well formed", () => {
  const early = uuid7(1_700_000_000_000);
  const late = uuid7(1_700_000_000_001);
  expect(early).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(early < late).toBe(true);
  expect(early.startsWith("018bcfe5-6800")).toBe(true);
});

test.each([
  ["65.5", "12", "77.5"],
  ["0.1", "0.2", "0.3"],
  ["-0.05", "0.02", "-0.03"],
  ["99999999999999999999", "1", "100000000000000000000"],
])("%s and %s are %s, without a binary fraction between", (a, b, sum) => {
  expect(addDecimals(a, b)).toBe(sum);
});

test("what an address says wrongly is said to be undefined, or the router would let it through", () => {
  const read = searchOf({ tab: optionalOf(["bills", "reads"]), q: optionalText });
  expect(read({ tab: "people", other: "x" })).toStrictEqual({ tab: undefined });
  expect(read({ tab: "bills", q: "ana" })).toStrictEqual({ tab: "bills", q: "ana" });
});
