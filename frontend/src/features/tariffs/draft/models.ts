/** The price models of the engine, and which fields each has in the form. */

import type { Option } from "@/components/form";
import type { Json } from "./body";

export interface ModelField {
  path: readonly string[];
  label: string;
  kind: "amount" | "text" | "pick" | "lines";
  options?: readonly Option[];
}

export interface Model {
  name: string;
  fields: readonly ModelField[];
  /** A component of this model as it begins. */
  fresh: { [key: string]: Json };
}

const amount = (label: string, ...path: string[]): ModelField => ({ path, label, kind: "amount" });
const proration: ModelField = {
  path: ["proration"],
  label: "Part periods",
  kind: "pick",
  options: [
    ["", "As the policy says"],
    ["actual", "By days of the cycle's period"],
    ["nominal", "By days of a nominal period"],
    ["none", "Whole, however short"],
  ],
};
const basis: readonly ModelField[] = [
  {
    path: ["basis", "of"],
    label: "Priced on",
    kind: "pick",
    options: [
      ["usage", "Use of the period"],
      ["winter_average", "Winter average"],
      ["winter_daily", "Winter average a day"],
    ],
  },
  amount("Percent of it", "basis", "percent"),
  amount("Less units", "basis", "less"),
  amount("At least units", "basis", "at_least"),
  amount("At most units", "basis", "at_most"),
];
const of: ModelField = { path: ["of"], label: "Of these lines (all, or keys)", kind: "lines" };

export const MODELS: Record<string, Model> = {
  fixed: {
    name: "Fixed charge (service, fire line, flat)",
    fields: [amount("Price, $", "price"), amount("Times", "units"), proration],
    fresh: { price: "0" },
  },
  tiered: {
    name: "Tiers",
    fields: [amount("Widths times", "scale"), ...basis],
    fresh: { tiers: [{ up_to: "10", price: "0" }, { price: "0" }] },
  },
  uniform: {
    name: "One price a unit (use, surcharge, pass-through)",
    fields: [amount("Price a unit, $", "price"), ...basis],
    fresh: { price: "0" },
  },
  minimum: {
    name: "Minimum with an allowance",
    fields: [
      amount("Minimum, $", "price"),
      amount("Includes units", "allowance"),
      amount("Above it, $ a unit", "excess"),
      proration,
    ],
    fresh: { price: "0", allowance: "0", excess: "0" },
  },
  percentage: {
    name: "Percentage of lines above",
    fields: [of, amount("Percent", "percent")],
    fresh: { of: "all", percent: "0" },
  },
  discount: {
    name: "Discount on lines above",
    fields: [of, amount("Percent off", "percent"), amount("Or off, $", "amount"), proration],
    fresh: { of: "all", percent: "0" },
  },
  bounds: {
    name: "At least or at most, over lines above",
    fields: [of, amount("At least, $", "at_least"), amount("At most, $", "at_most"), proration],
    fresh: { of: "all", at_least: "0" },
  },
  one_time: {
    name: "Charged once",
    fields: [
      amount("Price, $", "price"),
      { path: ["on"], label: "On the day (YYYY-MM-DD)", kind: "text" },
      { path: ["event"], label: "Or on the event", kind: "text" },
    ],
    fresh: { price: "0", event: "opened" },
  },
};

export const MODEL_OPTIONS: readonly Option[] = Object.entries(MODELS).map(([id, { name }]) => [
  id,
  name,
]);
