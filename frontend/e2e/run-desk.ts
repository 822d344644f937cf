/** What a technician does on the page of a bill run, step by step, as several journeys need it. */

import assert from "node:assert/strict";
import type { Desk } from "./browser.ts";

/** Prepares the run of a cycle's next period; the page of the run stands at the end. */
export async function prepareRun({ page }: Desk, cycle: string): Promise<string> {
  await page.goto("/bill-runs");
  await page.getByRole("button", { name: "Prepare a run" }).first().click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: /Cycle/ }).click();
  await page.getByRole("option", { name: new RegExp(`^${cycle} ·`) }).click();
  await page.waitForFunction(
    (code) =>
      [...document.querySelectorAll<HTMLInputElement>("[role=dialog] input")].some((input) =>
        input.value.startsWith(`Cycle ${code}, `),
      ),
    cycle,
  );
  await dialog.getByLabel("Name").focus();
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/bill-runs\/[0-9a-f-]{36}/);
  await page.getByText(/accounts are ready to bill/).waitFor();
  return new URL(page.url()).pathname;
}

/** Presses an act of the run, confirms it by Enter, and waits for what the page says then. */
export async function act(desk: Desk, button: RegExp | string, then: RegExp | string) {
  const { page } = desk;
  await page.getByRole("button", { name: button }).click();
  await page.getByRole("dialog").waitFor();
  await page.keyboard.press("Enter");
  await page.getByText(then).first().waitFor({ timeout: 60_000 });
}

/** The job's progress, or its end when the server was quicker than the page's first look. */
async function underWayOrDone({ page }: Desk, what: string): Promise<void> {
  const bar = page.getByRole("progressbar", { name: what });
  await bar
    .or(page.getByText(`${what}: done`))
    .first()
    .waitFor();
}

/** Calculates the run; its progress is on the page until the page says that it is done. */
export async function calculate(desk: Desk): Promise<void> {
  const { page } = desk;
  await Promise.all([
    underWayOrDone(desk, "Calculating the bills"),
    act(desk, /^Calculate/, "Calculating the bills: done"),
  ]);
  await page.getByText("Calculated", { exact: true }).first().waitFor();
}

/** Review by the one who prepared it, approval by the second person, posting by the first. */
export async function approveAndPost(
  desk: Desk,
  second: Desk,
  run: { address: string; bills: number },
): Promise<void> {
  const { page } = desk;
  await act(desk, "Reviewed", "You prepared this run: another person approves it.");
  assert.equal(await page.getByRole("button", { name: "Approve" }).count(), 0);
  await second.page.goto(run.address);
  await act(second, "Approve", /^Approved$/);
  await page.reload();
  const amount = await figure(desk, "Amount");
  const bills = `Post ${run.bills} bill${run.bills === 1 ? "" : "s"}`;
  await page.getByRole("button", { name: bills }).click();
  await page.getByRole("button", { name: `${bills}, ${amount}` }).waitFor();
  await desk.show("run-post");
  await Promise.all([underWayOrDone(desk, "Posting the bills"), page.keyboard.press("Enter")]);
  await page.getByText("Posting the bills: done").waitFor({ timeout: 60_000 });
}

export async function openTab({ page }: Desk, name: string): Promise<void> {
  await page
    .getByRole("navigation", { name: "Parts of the run" })
    .getByRole("link", { name: new RegExp(`^${name}`) })
    .click();
}

/** What stands under a label at the head of the page. */
export async function figure({ page }: Desk, label: string): Promise<string> {
  const title = page.locator("dt", { hasText: new RegExp(`^${label}$`) });
  const shown = page.locator("dl.figures > div", { has: title }).locator("dd");
  return (await shown.first().innerText()).trim();
}

/** Excuses whatever still blocks, by keyboard: `g` finds it, `e` asks for the reason. */
export async function excuseAll(desk: Desk, reason: string): Promise<number> {
  const { page } = desk;
  await openTab(desk, "Exceptions");
  const grid = page.getByRole("grid", { name: "Exceptions" });
  const left = async () => Number(await figure(desk, "Open exceptions"));
  let excused = 0;
  for (let before = await left(); before > 0; before = await left()) {
    await grid.getByText("Not billed").first().waitFor();
    await grid.focus();
    await page.keyboard.press("g");
    await page.keyboard.press("e");
    await page.getByRole("dialog", { name: /^Excuse / }).waitFor();
    await page.keyboard.type(reason);
    await page.keyboard.press("Enter");
    await until("the exception is excused", async () => (await left()) < before);
    excused += 1;
  }
  return excused;
}

const UNTIL_MS_MAX = 15_000;

export async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  const last = Date.now() + UNTIL_MS_MAX;
  while (!(await holds())) {
    assert.ok(Date.now() < last, `never came: ${what}`);
    await new Promise((wake) => setTimeout(wake, 50));
  }
}
