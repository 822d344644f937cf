import { expect, test } from "vitest";
import { sumDecimals } from "@/lib/units";
import { waterUse } from "./leak-blocks";

const line = (model: string, component: string, quantity: string, price: string, unit = "HCF") => ({
  model,
  component,
  quantity,
  price,
  unit,
  amount_cents: 0,
});

test("decimals are summed exactly", () => {
  expect(sumDecimals(["0.1", "0.2"])).toBe("0.3");
  expect(sumDecimals(["3.00", "0.45"])).toBe("3.45");
  expect(sumDecimals(["1", "-1.5"])).toBe("-0.5");
  expect(sumDecimals([])).toBe("0");
});

test("every unit is counted once, at all that it costs", () => {
  const segment = {
    service: "water",
    quantity: "31",
    unit: "HCF",
    lines: [
      line("tiered", "use", "20", "3.00"),
      line("tiered", "use", "11", "4.25"),
      line("uniform", "pumping", "31", "0.45"),
      line("fixed", "service", "1", "28.00", "month"),
    ],
  };
  expect(waterUse([segment])).toEqual({
    unit: "HCF",
    quantity: "31",
    blocks: [
      { quantity: "20", price: "3.45" },
      { quantity: "11", price: "4.7" },
    ],
  });
});

test("a uniform rate is one block, sewer is none, two meters are both", () => {
  const water = (quantity: string) => ({
    service: "water",
    quantity,
    unit: "HCF",
    lines: [line("uniform", "use", quantity, "2.50"), line("uniform", "zone", quantity, "0.10")],
  });
  const sewer = { ...water("9"), service: "sewer" };
  expect(waterUse([water("5"), water("7"), sewer])).toEqual({
    unit: "HCF",
    quantity: "12",
    blocks: [
      { quantity: "5", price: "2.6" },
      { quantity: "7", price: "2.6" },
    ],
  });
});
