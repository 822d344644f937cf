import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, test } from "vitest";
import { differences } from "./conflict";
import { ConsumptionChart } from "./consumption-chart";
import { Money } from "./figures";
import { formatBytes } from "./file-drop";
import { Steps } from "./steps";
import { missing, Waterfall } from "./waterfall";

const PARTS = {
  before: { label: "Last bill", cents: 8120 },
  parts: [
    { label: "Days", cents: 260 },
    { label: "Use", cents: 4_410 },
    { label: "Price", cents: -90 },
  ],
  after: { label: "This bill", cents: 12_700 },
};

describe("why is it high", () => {
  test("the parts sum to the cent, and a missing cent is seen", () => {
    expect(missing(PARTS)).toBe(0);
    expect(missing({ ...PARTS, after: { label: "This bill", cents: 12_701 } })).toBe(1);
  });

  test("the chart says its numbers and has a table", async () => {
    render(<Waterfall {...PARTS} />);
    const chart = screen.getByRole("img");
    expect(chart.getAttribute("aria-label")).toContain("Price ($0.90)");
    await userEvent.click(screen.getByRole("radio", { name: "Table" }));
    expect(screen.getByRole("row", { name: /This bill \$127\.00/ })).toBeTruthy();
  });
});

test("a chart of consumption has the same figures as a table", async () => {
  const period = {
    from_on: "2026-09-01",
    to_on: "2026-11-01",
    days: 61,
    quantity: "18.50",
    isEstimated: true,
    before: "12.00",
  };
  render(<ConsumptionChart periods={[period]} unit="HCF" />);
  expect(screen.getByRole("img").getAttribute("aria-label")).toContain("18.5");
  await userEvent.click(screen.getByRole("radio", { name: "Table" }));
  const row = screen.getByRole("row", { name: /Sep 1, 2026 to Oct 31, 2026/ });
  expect(row.textContent).toContain("6118.512Estimated");
});

test("steps say what is done and where one is", () => {
  const steps = ["Schedule", "Reads", "Calculate"].map((text) => ({ id: text, text }));
  render(<Steps label="Bill run" steps={steps} current={1} />);
  const items = screen.getAllByRole("listitem");
  expect(items.map((item) => item.getAttribute("aria-current"))).toEqual([null, "step", null]);
  expect(items[0]?.textContent).toContain("done");
});

test("a credit is told by its parentheses, not by colour alone", () => {
  render(<Money cents={-1250} />);
  expect(screen.getByText("($12.50)").className).toContain("credit");
});

test("only what someone else changed is a difference", () => {
  const labels = { name: "Name", roles: "Roles" };
  const was = { name: "Ana", roles: ["cashier", "auditor"] };
  const now = { name: "Ana W", roles: ["auditor", "cashier"] };
  expect(differences(labels, was, now, { name: "Anna" })).toEqual([
    { label: "Name", was: "Ana", now: "Ana W", mine: "Anna" },
  ]);
});

test("sizes of files", () => {
  expect([999, 12_345, 2_500_000].map(formatBytes)).toEqual(["999 B", "12 kB", "2.5 MB"]);
});
