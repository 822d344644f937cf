import assert from "node:assert/strict";
import { basename } from "node:path";
import type { Desk } from "../browser.ts";
import { journey } from "../journey.ts";
import { pagesOfPdf } from "../paper.ts";
import {
  approveAndPost,
  calculate,
  excuseAll,
  figure,
  openTab,
  prepareRun,
  until,
} from "../run-desk.ts";

/** What an experienced technician presses for each kind of exception. */
const KEYS: Record<string, [key: string, reason: string]> = {
  Missing: ["e", "The reader could not get to the meter"],
  "Unknown meter": ["d", "Swapped in the field; operations enters the exchange"],
  Rollover: ["x", "The dials passed zero, use fits the season"],
  Negative: ["x", "The dials passed zero, use fits the season"],
};
const ACCEPT: [key: string, reason: string] = ["Enter", "Looked at the history: it fits"];

journey("read file to paid bill", async (desk, office, another) => {
  assert.ok(office.readFile, "a demo district leaves a read file to import");
  const { page } = desk;
  const [, cycle = ""] = /^reads-(C\d)-/.exec(basename(office.readFile)) ?? [];
  await desk.signIn(office.technician, "/imports");
  await importFile(desk, office.readFile);
  await clearEditList(desk);

  const address = await prepareRun(desk, cycle);
  await desk.show("run-pre-list");
  await calculate(desk);
  await openTab(desk, "Exceptions");
  await page.getByRole("grid", { name: "Exceptions" }).waitFor();
  await desk.show("run-exceptions");
  await excuseAll(desk, "Its meter was swapped; billed when the exchange is entered");
  await desk.show("run-exceptions-excused");
  await openTab(desk, "Completeness");
  await page.getByText("Complete: every expected account is billed or excused").waitFor();
  await desk.show("run-completeness");
  await openTab(desk, "Comparison");
  await page.getByRole("heading", { name: "Largest changes" }).waitFor();
  await desk.show("run-comparison", "light");

  const bills = Number(await figure(desk, "Bills"));
  assert.ok(bills > 10);
  const second = await another();
  await second.signIn(office.supervisor);
  await approveAndPost(desk, second, { address, bills });

  await printStatements(desk, bills);
  await openTab(desk, "Bills");
  await page.getByRole("grid", { name: "Bills of the run" }).getByRole("link").first().waitFor();
  await desk.show("run-bills", "light");
  await page.getByRole("grid", { name: "Bills of the run" }).focus();
  await page.keyboard.press("Enter");
  await readBill(desk);
  await pay(desk);
});

async function importFile(desk: Desk, file: string): Promise<void> {
  const { page } = desk;
  await page.getByRole("button", { name: "Import a file" }).click();
  await page
    .getByRole("dialog")
    .getByRole("button", { name: /Layout/ })
    .click();
  await desk.show("import-layouts");
  await page.getByRole("option", { name: "Generic CSV" }).click();
  await page.locator('input[type="file"]').setInputFiles(file);
  await page.getByText(/understood; nothing is stored yet/).waitFor();
  await desk.show("import-preview");
  await page.getByRole("button", { name: /^Import [\d,]+ reads?$/ }).click();
  await page.getByText("Reads added", { exact: true }).waitFor();
  await page.getByRole("main").getByRole("link", { name: "Edit list" }).waitFor();
  await desk.show("import");
  await page.getByRole("main").getByRole("link", { name: "Edit list" }).click();
  await page.waitForURL(/edit-list\?import=/);
}

/** Key, reason, Enter for every exception of the file. */
async function clearEditList(desk: Desk): Promise<void> {
  const { page } = desk;
  const grid = page.getByRole("grid", { name: "Exceptions of reads" });
  await page.getByText("Counts a day, same season").waitFor();
  await desk.show("edit-list", "light");
  const rows = async () => Number(await grid.getAttribute("aria-rowcount")) - 1;
  const first = await rows();
  assert.ok(first > 0, "the file brings exceptions");
  for (let left = first; left > 0; left = await rows()) {
    await grid.focus();
    await page.keyboard.press("Control+Home");
    const rule = await page.locator('[data-active="true"]').innerText();
    const [key, reason] = KEYS[rule.trim()] ?? ACCEPT;
    await page.keyboard.press(key);
    await page.getByRole("dialog").waitFor();
    if (left === first) await desk.show("edit-list-decide");
    await page.keyboard.type(reason);
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await until("the decided row leaves", async () => (await rows()) < left);
  }
  await desk.show("edit-list-clear");
}

async function printStatements(desk: Desk, bills: number): Promise<void> {
  const { page } = desk;
  await openTab(desk, "Statements");
  await page.getByRole("button", { name: `Print ${bills} statements` }).click();
  await page.getByText("Agrees", { exact: true }).waitFor({ timeout: 60_000 });
  await desk.show("run-statements");
  const href = await page.getByRole("link", { name: "PDF" }).getAttribute("href");
  const pages = await pagesOfPdf(page, href ?? "");
  assert.ok(pages.length >= bills, "a page for every statement at least");
}

async function readBill(desk: Desk): Promise<void> {
  const { page } = desk;
  await page.getByRole("button", { name: "Explain all" }).first().click();
  await page
    .getByText(/Resolution/)
    .first()
    .waitFor();
  await page.getByText(/than/).first().waitFor();
  await desk.show("bill-posted", "light");
  const due = await figure(desk, "Total due");
  const number = (await page.getByRole("heading", { level: 1 }).innerText()).replace("Bill ", "");
  const href = await page.getByRole("link", { name: "PDF" }).getAttribute("href");
  const text = (await pagesOfPdf(page, href ?? "")).join(" ");
  assert.ok(text.includes(due.replace("$", "")), `the statement says ${due}`);
  assert.ok(text.includes(number), `the statement says ${number}`);
}

/** The whole balance by check, from the account's page by keyboard: its effect first. */
async function pay(desk: Desk): Promise<void> {
  const { page } = desk;
  await page.locator(".crumbs").getByRole("link").first().click();
  await page.getByRole("heading", { name: "Open charges" }).or(page.getByText("Balance")).waitFor();
  const balance = await figure(desk, "Balance");
  assert.match(balance, /^\$[1-9]/, "the account owes something");
  await page.keyboard.press("p");
  await page.getByLabel("Amount").fill(balance);
  await page.getByText("Balance after").waitFor();
  await page.getByLabel("Check number or reference").fill("20417");
  await desk.show("payment-in-full", "light");
  await page.keyboard.press("Enter");
  await page.getByText(`${balance} posted to`).waitFor();
  await page.waitForURL(/\/accounts\//);
  await until("nothing is owed", async () => (await figure(desk, "Balance")) === "$0.00");
  await page.getByRole("link", { name: "Ledger" }).click();
  await page.getByText("20417").first().waitFor();
  await desk.show("account-paid");
}
