import { describe, expect, it } from "vitest";
import { type Body, moved, pairsOf, pointerOf, valueAt, withValue } from "./body";

const body: Body = { components: [{ key: "a", price: "1" }, { key: "b" }], policy: {} };

describe("the body of a draft", () => {
  it("gives and changes a value deep inside without touching the original", () => {
    const changed = withValue(body, ["components", 0, "price"], "2.50");
    expect(valueAt(changed, ["components", 0, "price"])).toBe("2.50");
    expect(valueAt(body, ["components", 0, "price"])).toBe("1");
    expect(valueAt(changed, ["components", 1, "key"])).toBe("b");
  });

  it("makes the way to a new place and takes a place away", () => {
    const made = withValue(body, ["policy", "changes", "rate"], "at_start");
    expect(valueAt(made, ["policy", "changes", "rate"])).toBe("at_start");
    expect(valueAt(withValue(made, ["policy", "changes"], undefined), ["policy"])).toEqual({});
    const shorter = withValue(body, ["components", 0], undefined);
    expect(valueAt(shorter, ["components", 0, "key"])).toBe("b");
  });

  it("moves an item, reads both forms of a table, and names a place as the server does", () => {
    expect(moved([1, 2, 3], 2, 0)).toEqual([3, 1, 2]);
    expect(pairsOf([["5/8", "24.10"]])).toEqual(pairsOf({ "5/8": "24.10" }));
    expect(pointerOf(["components", 1, "price"])).toBe("/components/1/price");
  });
});
