import { expect, test } from "vitest";
import { guideFor } from "./guide";
import { PLACES } from "./places";

test("every place of the app has its task in the guide", () => {
  const places = PLACES.filter(({ to }) => to !== "/guide");
  expect(places.filter(({ to }) => guideFor(to) === "/guide")).toEqual([]);
});

test("a page below a list has its own task, or its list's", () => {
  expect(guideFor("/accounts/0198a6a2")).toBe("/guide/accounts#a-customer-telephones");
  expect(guideFor("/payments/new")).toBe("/guide/payments-and-adjustments#take-a-payment");
  expect(guideFor("/cycles/0198a6a2")).toBe("/guide/billing#cycles-and-their-calendar");
  expect(guideFor("/nowhere")).toBe("/guide");
});
