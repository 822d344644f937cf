import { describe, expect, test } from "vitest";
import { dailyOf } from "./columns";
import { progressText } from "./progress";

describe("the progress of the edit list", () => {
  test.each([
    [412, 418, 0, "412 of 418 clear in this file"],
    [418, 418, 0, "418 of 418 clear in this file: all clear"],
    [418, 418, 1, "418 of 418 clear in this file; 1 exception of other days open"],
    [1200, 1418, 22, "1,200 of 1,418 clear in this file; 22 exceptions of other days open"],
    [0, 0, 3, "No reads in this file; 3 exceptions of other days open"],
  ])("%i of %i, %i elsewhere", (clear, reads, elsewhere, text) => {
    const seen = { clear, reads, undecided_elsewhere: elsewhere };
    expect(progressText(seen, "in this file")).toBe(text);
  });
});

test("a missing read has no use of its own, whatever the periods before it used", () => {
  expect(dailyOf({ used: null, daily_periods: ["0.333", "0.500"] })).toBeNull();
  expect(dailyOf({ used: "15", daily_periods: ["0.333", "0.500"] })).toBe("0.500");
});
