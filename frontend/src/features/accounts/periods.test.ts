import { expect, test } from "vitest";
import { periodsOf } from "./periods";

test("periods are oldest first, each beside the same season a year before", () => {
  const periods = periodsOf([
    { read_on: "2026-10-03", used: "12.5", days: 31, method: "estimated" },
    { read_on: "2026-09-02", used: "14", days: 30, method: "imported" },
    { read_on: "2025-10-01", used: "9", days: 30, method: "imported" },
    { read_on: "2025-09-01", used: null, days: null, method: "imported" },
  ] as Parameters<typeof periodsOf>[0]);
  expect(periods.map(({ to_on, before }) => [to_on, before])).toEqual([
    ["2025-10-01", null],
    ["2026-09-02", null],
    ["2026-10-03", "9"],
  ]);
  expect(periods[2]).toMatchObject({ from_on: "2026-09-02", isEstimated: true, quantity: "12.5" });
});

test("the registers of a compound meter are one period; an estimate of one is an estimate", () => {
  const read = (used: string, method: "radio" | "estimated") => ({
    read_on: "2026-06-01",
    used,
    days: 31,
    method,
  });
  const [period, ...others] = periodsOf([read("65.5", "radio"), read("12", "estimated")]);
  expect(others).toEqual([]);
  expect(period?.quantity).toBe("77.5");
  expect(period?.isEstimated).toBe(true);
});
