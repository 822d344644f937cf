import assert from "node:assert/strict";
import { Api } from "../api.ts";
import type { Desk } from "../browser.ts";
import { journey } from "../journey.ts";
import type { Office } from "../office.ts";

const PARCELS = 3000;

/** A county's file of parcels, each a small square beside the last, as the importer takes it. */
async function importParcels(office: Office): Promise<void> {
  const api = await Api.signIn(office);
  const counties = await api.get("/counties?limit=200");
  const county = counties.items.find((one: { apn_mask: string }) => one.apn_mask === "3-3-3").code;
  const features = Array.from({ length: PARCELS }, (_, index) => feature(index));
  const text = JSON.stringify({ type: "FeatureCollection", features });
  await api.upload("/parcels/import", "parcels.geojson", text, { county });
  await api.close();
}

function feature(index: number): object {
  const [west, south] = [-121.5 + (index % 60) * 0.0006, 38.4 + Math.floor(index / 60) * 0.0004];
  const ring = [
    [west, south],
    [west + 0.0005, south],
    [west + 0.0005, south + 0.00032],
    [west + 0.0001, south + 0.00034],
    [west, south],
  ];
  const apn = String(100_000_000 + index).replace(/(...)(...)(...)/, "$1-$2-$3");
  return {
    type: "Feature",
    properties: { apn, situs_line: `${100 + index} Journey Lane`, situs_city: "Tule Bend" },
    geometry: { type: "Polygon", coordinates: [ring] },
  };
}

async function keepView(desk: Desk, name: string): Promise<void> {
  const { page } = desk;
  await page.getByRole("button", { name: "Views" }).click();
  await page.getByRole("menuitem", { name: "Keep this view" }).click();
  await page.getByLabel("Name").fill(name);
  await page.keyboard.press("Enter");
  await page.getByText(`The view ${name} is kept`).waitFor();
  await page.getByRole("button", { name: "Views" }).click();
  await page.getByRole("menuitem", { name: "Keep this view" }).click();
  await page.getByRole("button", { name: `Remove ${name}` }).waitFor();
  await desk.show("views-of-a-list");
  await page.keyboard.press("Escape");
}

journey(
  "a list of thousands by keyboard: ends, filter, open, and Back to the same row",
  async (desk, office) => {
    await importParcels(office);
    const { page } = desk;
    await desk.signIn(office.admin, "/parcels?sort=apn&q=journey%20lane");
    const grid = page.getByRole("grid", { name: "Parcels" });
    const active = page.locator('[data-active="true"]');
    await page.getByText("100-000-000").waitFor();
    await desk.show("parcels");
    assert.ok(Number(await grid.getAttribute("aria-rowcount")) > PARCELS);

    await page.keyboard.press("Control+End");
    await page.getByText("100-002-999").waitFor();
    assert.equal(await active.count(), 1);
    assert.ok(await grid.evaluate((element) => element === document.activeElement));
    await page.keyboard.press("Control+Home");
    await page.keyboard.press("PageDown");
    await page.keyboard.press("ArrowDown");
    await active.filter({ hasText: /\d/ }).waitFor(); // its window of rows has come
    await page.keyboard.press("Control+c");
    await page.getByText(/^Copied/).waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    assert.equal(copied, await active.textContent());

    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: copied }).waitFor();
    await desk.show("parcel");
    await page.goBack();
    await active.waitFor();
    assert.equal(await active.textContent(), copied);

    await page.keyboard.press("f");
    await page.keyboard.press("Control+a");
    await page.keyboard.type("2150 journey");
    await page.getByText("1 parcel", { exact: true }).waitFor();
    assert.equal(new URL(page.url()).searchParams.get("q"), "2150 journey");
    await page.keyboard.press("Enter");
    assert.ok(await grid.evaluate((element) => element === document.activeElement));

    await keepView(desk, "2150 only");
    await page.goto("/parcels");
    await page.getByRole("button", { name: "Views" }).click();
    await page.getByRole("menuitem", { name: "2150 only" }).click();
    await page.getByText("1 parcel", { exact: true }).waitFor();
    assert.equal(new URL(page.url()).searchParams.get("q"), "2150 journey");

    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "Export" }).click();
    await page.getByRole("menuitem", { name: "All that match, as CSV" }).click();
    const file = await download;
    assert.equal(file.suggestedFilename(), "parcels.csv");
    await page.setViewportSize({ width: 640, height: 800 });
    await desk.show("parcels-narrow");
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    assert.ok(!wide, "the page itself does not scroll sideways at 640 px");
  },
);

journey("the connection is lost, said, and found again", async (desk, office) => {
  const { page } = desk;
  await desk.signIn(office.admin, "/jobs");
  await page.getByRole("grid").waitFor();
  desk.tolerate(/Failed to fetch/);
  await page.route("**/api/v1/**", (route) => route.abort("connectionrefused"));
  await page.route("**/healthz", (route) => route.abort("connectionrefused"));
  await page.goto("/jobs").catch(() => {});
  await page.getByText("cannot be reached").first().waitFor();
  await page.unroute("**/api/v1/**");
  await page.unroute("**/healthz");
  await page.getByRole("button", { name: "Try again" }).click();
  await page.getByRole("grid").waitFor();
});
