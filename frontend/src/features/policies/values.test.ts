import { describe, expect, test } from "vitest";
import { formatValue, readTyped, typedOf } from "./values";

const shape = (kind: Parameters<typeof formatValue>[0]["kind"], unit = "") => ({ kind, unit });

describe("values of policies", () => {
  test.each([
    [shape("cents"), 25000, "$250.00"],
    [shape("percent", "%"), "0.5", "0.5 %"],
    [shape("integer", "days"), 21, "21 days"],
    [shape("integer", "month"), 7, "July"],
    [shape("choice"), "csd", "Community services district"],
    [shape("codes"), ["en", "es"], "English, Spanish"],
    [shape("flag"), false, "No"],
    [shape("codes"), ["penalty", "water"], "Penalty, Water"],
    [shape("dates"), ["2026-12-24"], "Dec 24, 2026"],
    [shape("cents_by_code"), { write_off: 0, leak: 25000 }, "Write off $0.00, Leak $250.00"],
    [shape("text"), "", "–"],
  ])("%o is read as %o", (kind, value, shown) => {
    expect(formatValue(kind, value)).toBe(shown);
  });

  test.each([
    [shape("cents"), 25050],
    [shape("percent"), "0.5"],
    [shape("integer"), 21],
    [shape("flag"), true],
    [shape("codes"), ["penalty", "water"]],
    [shape("dates"), ["2026-12-24", "2026-12-26"]],
    [shape("cents_by_code"), { write_off: 0, leak: 25000 }],
    [shape("texts"), ["PO Box 1100", "Tule Bend"]],
  ])("%o comes back from its field", (kind, value) => {
    expect(readTyped(kind, typedOf(kind, value))).toEqual(value);
  });

  test.each([
    [shape("integer"), "3.5"],
    [shape("cents"), "many"],
    [shape("percent"), "ten"],
    [shape("cents_by_code"), "leak"],
  ])("%o refuses %o", (kind, typed) => {
    expect(readTyped(kind, typed)).toBeUndefined();
  });
});
