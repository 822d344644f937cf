import assert from "node:assert/strict";
import { unique } from "../api.ts";
import { journey } from "../journey.ts";

journey(
  "a threshold is set for a class with its effect on the last reads first",
  async (desk, office) => {
    const { page } = desk;
    const why = unique("Board of November ");
    await desk.signIn(office.supervisor, "/read-rules?season=summer");
    await page.getByRole("link", { name: "High, times the usual" }).waitFor();
    await desk.show("read-rules");
    await page.getByRole("link", { name: "High, times the usual" }).click();
    await page.getByRole("heading", { name: "High, times the usual", level: 1 }).waitFor();
    await page.getByRole("button", { name: "Set a value" }).click();
    await page.getByLabel("Value, times").fill("1");
    const effect = page.getByLabel("What this will do");
    await effect.getByText("Would be exceptions by the new value").waitFor();
    const count = async (label: RegExp) =>
      Number(
        (await effect.locator("div").filter({ hasText: label }).locator("dd").innerText()).replace(
          ",",
          "",
        ),
      );
    const before = await count(/by today's value/);
    const after = await count(/by the new value/);
    assert.ok(after > before, `${after} with a lower factor, ${before} before`);
    await page.getByLabel("Why").fill(why);
    await desk.show("set-threshold");
    // What is set is the default, so that other journeys find the edit list as it was.
    await page.getByLabel("Value, times").fill("2");
    await page.getByRole("button", { name: "Set the value" }).click();
    const row = page.getByRole("row").filter({ hasText: why });
    await row.getByText(office.supervisor.name).waitFor();
    await desk.show("read-rule");
  },
);

journey("a code is added, found and retired", async (desk, office) => {
  const { page } = desk;
  const code = unique("X").slice(-8);
  await desk.signIn(office.supervisor, "/read-codes?kind=skip");
  await page.getByRole("gridcell", { name: "Locked gate" }).waitFor();
  await desk.show("read-codes");
  await page.getByRole("button", { name: "Add a code" }).first().click();
  await page.getByLabel("Code", { exact: true }).fill(code);
  await page.getByLabel("Meaning").fill("Bridge closed");
  await page.getByRole("button", { name: "Add the code" }).click();
  await page.getByRole("gridcell", { name: code }).dblclick();
  await page.getByRole("button", { name: "Retire", exact: true }).click();
  await page.getByLabel("Why").fill("The bridge is open");
  await page.getByRole("button", { name: "Retire the code" }).click();
  await page.getByText(`${code} is retired`).waitFor();
  await page.getByRole("button", { name: "Show retired ones" }).click();
  await page.getByRole("gridcell", { name: code }).waitFor();
});

journey(
  "the trail is narrowed to a person and a day, and leads to what was done",
  async (desk, office) => {
    const { page } = desk;
    await desk.signIn(office.supervisor, "/audit?action=tariff_version.approved");
    await page.getByRole("gridcell", { name: "tariff_version.approved" }).first().dblclick();
    const sheet = page.getByRole("dialog", { name: "tariff_version.approved" });
    await sheet.getByRole("link", { name: /^Tariff effective / }).waitFor();
    await desk.show("audit-subject");
    await sheet.getByRole("button", { name: "Close" }).click();
    await page.goto("/audit?since=1990-01-01&until=1990-01-02");
    await page.getByText("0 acts").waitFor();
    await page.goto("/audit");
    await page.getByRole("button", { name: "Person" }).click();
    await page.getByRole("option", { name: office.supervisor.name }).click();
    await page.waitForURL(/actor=/);
    await page.getByRole("gridcell", { name: office.supervisor.name }).first().waitFor();
    await desk.show("audit-filters");
  },
);
