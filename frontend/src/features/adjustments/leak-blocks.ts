/** From a bill to the priced blocks that a leak ran through. Pure. */

import type { Schema } from "@/api/client";
import { compareDecimals, sumDecimals } from "@/lib/units";

type Segment = Pick<Schema<"BillSegmentOut">, "service" | "quantity" | "unit"> & {
  lines: readonly Pick<
    Schema<"BillLineOut">,
    "model" | "component" | "quantity" | "unit" | "price" | "amount_cents"
  >[];
};

export interface WaterUse {
  unit: string;
  quantity: string;
  blocks: Schema<"PricedUse">[];
}

/**
 * The metered water of a bill in blocks from the cheapest up. A price that applies to every unit
 * (pumping, a pass-through) is part of each block's price, so that no unit is counted twice.
 */
export function waterUse(segments: readonly Segment[]): WaterUse {
  const water = segments.filter(({ service, unit }) => service === "water" && unit !== null);
  const blocks = water.flatMap(blocksOf);
  return {
    unit: water[0]?.unit ?? "HCF",
    quantity: sumDecimals(water.map(({ quantity }) => quantity ?? "0")),
    blocks: blocks.sort((a, b) => compareDecimals(a.price, b.price)),
  };
}

function blocksOf({ unit, lines }: Segment): { quantity: string; price: string }[] {
  const priced = lines.flatMap(({ model, component, quantity, price, ...line }) =>
    line.unit === unit && quantity !== null && price !== null && compareDecimals(quantity, "0") > 0
      ? [{ model, component, quantity, price }]
      : [],
  );
  const tiers = priced.filter(({ model }) => model === "tiered");
  const flat = priced.filter(({ model }) => model === "uniform");
  const [first] = flat;
  if (tiers.length === 0) {
    if (!first) return [];
    const same = flat.filter(({ component }) => component === first.component);
    const others = flat.filter(({ component }) => component !== first.component);
    return same.map((line) => withEvery(line, others));
  }
  return tiers.map((tier) => withEvery(tier, flat));
}

/** One price of each of the other components on top: they apply to every unit alike. */
function withEvery(
  { quantity, price }: { quantity: string; price: string },
  others: readonly { component: string; price: string }[],
): { quantity: string; price: string } {
  const prices = new Map(others.map((line) => [line.component, line.price]));
  return { quantity, price: sumDecimals([price, ...prices.values()]) };
}
