import type { Page } from "playwright-core";
import { unique } from "../api.ts";
import type { Desk } from "../browser.ts";
import { journey } from "../journey.ts";

async function typeDay(page: Page, label: string, digits: string): Promise<void> {
  await page.getByRole("group", { name: label }).getByRole("spinbutton").first().focus();
  await page.keyboard.type(digits);
}

journey("a drought stage declared and lifted, its effect said first", async (desk, office) => {
  await desk.signIn(office.supervisor, "/declarations");
  const { page } = desk;
  const resolution = unique("Resolution D-");
  await page.getByRole("cell", { name: /Drought stage 2 surcharge of W-RES/ }).waitFor();
  await page.getByRole("button", { name: "Declare" }).first().click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: /What is declared/ }).click();
  await page.getByRole("option", { name: "drought_stage_2" }).click();
  await dialog.getByText("Bills that change from that day on").waitFor();
  await typeDay(page, "First day", "07012031");
  await typeDay(page, "First day after it", "08012031");
  await dialog.getByLabel("Resolution or minute").fill(resolution);
  await desk.show("declare");
  await dialog.getByRole("button", { name: "Declare", exact: true }).click();
  await page.getByText("Declared", { exact: true }).waitFor();
  await page.getByRole("row").filter({ hasText: resolution }).waitFor();
  await desk.show("declarations");
  await page.goto("/evapotranspiration");
  await page.getByLabel("Zone", { exact: true }).fill("CIMIS-44");
  await page.getByLabel("Months and inches").fill("2026-06 6.20\n2026-07 7.05");
  await page.getByRole("button", { name: "Enter", exact: true }).click();
  await page.getByRole("cell", { name: "7.050" }).waitFor();
  await desk.show("evapotranspiration");
});

journey("an average by hand, set by a second person", async (desk, office, another) => {
  const second = await another();
  await desk.signIn(office.technician, "/winter-averages");
  await second.signIn(office.supervisor);
  const { page } = desk;
  await page.getByRole("button", { name: "One by hand" }).click();
  const dialog = page.getByRole("dialog").first();
  await dialog.getByRole("button", { name: /Account/ }).click();
  await page.getByRole("option").first().click();
  await dialog.getByRole("button", { name: /Sewer agreement/ }).click();
  await page.getByRole("option").first().click();
  await dialog.getByLabel("Average, in the tariff's unit").fill("6.5");
  await typeDay(page, "For bills of periods from", "01012027");
  await dialog.getByLabel("Reason").fill("New home: the average of its class");
  await dialog.getByRole("button", { name: "Propose" }).click();
  await page.getByText("You worked on this: another person approves it.").waitFor();
  await page.getByRole("row").filter({ hasText: "New home" }).waitFor();
  await desk.show("winter-proposal");
  await setByAnother(second, page.url());
});

async function setByAnother(second: Desk, address: string): Promise<void> {
  const { page } = second;
  await page.goto(address);
  await page.getByRole("button", { name: "Approve" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Set 1 average" }).click();
  await page.getByText("Averages set").waitFor();
  await page.goto("/winter-averages?tab=in-force");
  await page.getByRole("row").filter({ hasText: "Sam Ortega" }).first().waitFor();
  await second.show("winter-averages");
}

journey("the chart of accounts proves the receivable", async (desk, office) => {
  await desk.signIn(office.supervisor, "/gl-accounts");
  const { page } = desk;
  await page.getByText("Agrees", { exact: true }).waitFor();
  await page.getByRole("cell", { name: "Accounts receivable" }).waitFor();
  await desk.show("gl-accounts");
});
