import { expect, test } from "vitest";
import { type Period, standing } from "./standing";

const period = (month: number, run_state: string | null) =>
  ({
    id: `${month}`,
    period_from: `2026-${String(month).padStart(2, "0")}-01`,
    run_state,
  }) as Period;

test("a cycle stands at the first period that has begun and is not posted", () => {
  const calendar = [
    period(8, "posted"),
    period(9, "reversed"),
    period(10, "posted"),
    period(11, null),
    period(12, null),
  ];
  expect(standing(calendar, "2026-11-23")?.id).toBe("9");
  expect(standing([period(8, "posted"), period(11, null)], "2026-11-23")?.id).toBe("11");
  expect(standing([period(8, "posted"), period(12, null)], "2026-11-23")?.id).toBe("8");
  expect(standing([period(12, null)], "2026-11-23")).toBeNull();
});
