import { expect, test } from "vitest";
import { spanOf, staysOf } from "./stays";

const stay = (account: string, from_on: string, to_on: string | null, point = "p") => ({
  account_id: account,
  account_number: account,
  customer_name: `Customer ${account}`,
  service_point_id: point,
  from_on,
  to_on,
});

test("water and sewer of one party are one stay, oldest first", () => {
  const stays = staysOf(
    [
      stay("b", "2025-06-15", null),
      stay("b", "2025-06-15", null),
      stay("a", "2024-01-01", "2025-06-15"),
      stay("a", "2024-03-01", "2025-06-15"),
      stay("c", "2020-01-01", null, "another point"),
    ],
    "p",
  );
  expect(stays.map(({ account_id, from_on, to_on }) => [account_id, from_on, to_on])).toEqual([
    ["a", "2024-01-01", "2025-06-15"],
    ["b", "2025-06-15", null],
  ]);
});

test("a party that left and came back has two stays; one that changed its rate has one", () => {
  const left = [stay("a", "2024-01-01", "2024-06-01"), stay("a", "2025-01-01", null)];
  expect(staysOf(left, "p")).toHaveLength(2);
  const changed = [stay("a", "2024-01-01", "2024-06-01"), stay("a", "2024-06-01", null)];
  expect(staysOf(changed, "p").map(({ to_on }) => to_on)).toEqual([null]);
});

test("a stay lies on the strip by its days, and never beyond its edge", () => {
  const at = (from_on: string, to_on: string | null) =>
    spanOf(stay("a", from_on, to_on), "2024-01-01", "2025-01-01");
  expect(at("2024-01-01", null)).toEqual({ left: 0, width: 100 });
  expect(at("2024-07-02", null).left).toBeCloseTo(50, 0);
  expect(at("2024-01-01", "2026-01-01").width).toBe(100);
  expect(at("2025-01-01", null).width).toBeGreaterThan(0);
});
