import { expect, test } from "vitest";
import { lastDayAt, ownReads, periodsOf } from "./periods";

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

test("neither the predecessor's water nor the successor's is shown", () => {
  const read = (read_on: string, used: string) =>
    ({ read_on, used, days: 30, method: "radio" }) as const;
  const reads = [
    read("2026-08-01", "40"),
    read("2026-07-01", "30"),
    read("2026-06-01", "20"),
    read("2026-05-01", "10"),
  ];
  const stay = (from_on: string, to_on: string | null, service_point_id = "p") => ({
    service_point_id,
    from_on,
    to_on,
  });
  const own = ownReads(
    reads,
    [stay("2026-06-01", "2026-07-01"), stay("2020-01-01", null, "q")],
    "p",
  );
  expect(own.map(({ read_on, used }) => [read_on, used])).toEqual([
    ["2026-07-01", "30"],
    ["2026-06-01", null],
  ]);
  expect(lastDayAt([stay("2024-01-01", "2025-01-01"), stay("2025-06-01", "2026-07-01")], "p")).toBe(
    "2026-07-01",
  );
  expect(lastDayAt([stay("2024-01-01", "2025-01-01"), stay("2025-06-01", null)], "p")).toBe(null);
});
