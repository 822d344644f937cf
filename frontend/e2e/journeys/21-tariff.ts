import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { unique } from "../api.ts";
import type { Desk } from "../browser.ts";
import { journey } from "../journey.ts";

/** A draft of the residential rate from the version in force, ready to be typed in. */
async function draftFromTheStanding({ page }: Desk, resolution: string): Promise<void> {
  await page.goto("/tariffs?q=W-RES");
  await page.getByRole("link", { name: "W-RES" }).first().click();
  await page.getByRole("button", { name: "New draft" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Resolution").fill(resolution);
  await dialog.getByRole("button", { name: "Make the draft" }).click();
  await page.getByRole("heading", { name: "Edit Residential water" }).waitFor();
}

/** The first tier's price, in the form; every example is priced again as it is typed. */
async function typeThePrice(page: Page, price: string): Promise<void> {
  const use = page.getByRole("group", { name: "Water use" });
  const tier = use.getByRole("listitem").filter({ hasText: "Tier 1" });
  await tier.getByRole("textbox", { name: "Price a unit, $" }).fill(price);
}

journey(
  "a tariff drafted, tested on the district, approved by another",
  async (desk, office, another) => {
    const resolution = unique("Resolution J-");
    const second = await another();
    await desk.signIn(office.technician);
    await second.signIn(office.supervisor);
    const { page } = desk;
    await draftFromTheStanding(desk, resolution);
    await page.getByText("7 of 7 agree").waitFor();

    await typeThePrice(page, "dear");
    await page.getByText("'dear' is not a number").first().waitFor();
    await typeThePrice(page, "3.88");
    await page.getByText("1 of 7 agree").waitFor();
    await page.getByText("total is 57.31, expected 49.31").waitFor();
    await desk.show("tariff-draft-form", "light");
    await page.getByRole("radio", { name: "File text" }).click();
    const text = page.getByRole("textbox", { name: "File text" });
    assert.match(await text.inputValue(), /price: 3\.88/);
    await mendTheExamples(page);
    await desk.show("tariff-draft-text");
    await page.getByRole("button", { name: "Save the draft" }).click();
    await page.getByText("Draft saved").waitFor();

    await page.getByRole("link", { name: "Changes" }).click();
    const row = page.getByRole("row").filter({ hasText: "Tier 1 price" });
    await row.getByText("+1.00").waitFor();
    await row.getByText("+34.7").waitFor();
    await desk.show("tariff-changes", "light");
    await testOnTheDistrict(desk);
    await proposeAndApprove(desk, second);
  },
);

/** The totals that the board's new price makes, typed into the file text. */
async function mendTheExamples(page: Page): Promise<void> {
  const text = page.getByRole("textbox", { name: "File text" });
  const totals: Record<string, string> = {
    "49.31": "57.31",
    "53.18": "61.18",
    "95.75": "103.75",
    "101.51": "109.51",
    "182.15": "190.15",
    "76.91": "84.91",
  };
  let content = await text.inputValue();
  await text.fill(content.replace("price: 3.88", "price: cheap"));
  await page.getByText(/Line \d+,/).waitFor();
  for (const [before, after] of Object.entries(totals)) {
    content = content.replace(`total: ${before}`, `total: ${after}`);
  }
  await text.fill(content);
  await page.getByText("7 of 7 agree").waitFor();
}

/** A typed usage, then every bill of the last year. */
async function testOnTheDistrict(desk: Desk): Promise<void> {
  const { page } = desk;
  await page.getByRole("link", { name: "Test", exact: true }).click();
  const bench = page.getByRole("form", { name: "Price typed usage" });
  await bench.getByLabel("Facts").fill("meter_size=5/8, zone=valley");
  await bench.getByRole("button", { name: "Price it" }).click();
  await page.getByText(/8 HCF × \$3\.88/).waitFor();
  const district = page.getByRole("form", { name: "Re-rate the district" });
  await district.getByRole("button", { name: "Re-rate the district" }).click();
  await page.getByRole("heading", { name: "Largest increases" }).waitFor();
  await page.getByRole("figure", { name: "Bills by change" }).waitFor();
  assert.match(page.url(), /job=/);
  await desk.show("tariff-test", "light");
}

/** Proposed by who wrote it; they may not approve it, another does. */
async function proposeAndApprove(desk: Desk, second: Desk): Promise<void> {
  const { page } = desk;
  await page.getByRole("button", { name: "Propose" }).click();
  await page.getByRole("dialog").waitFor();
  await page.keyboard.press("Enter");
  await page.getByText("You drafted this: another person approves it.").waitFor();
  await second.page.goto(page.url());
  await second.page.getByRole("button", { name: "Approve" }).click();
  await second.page.getByRole("dialog").waitFor();
  await second.page.keyboard.press("Enter");
  await second.page.getByRole("link", { name: "Schedule" }).click();
  await second.page.getByText(/approved by Sam Ortega/).waitFor();
}
