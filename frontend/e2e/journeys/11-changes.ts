import assert from "node:assert/strict";
import { Api, unique } from "../api.ts";
import type { Desk } from "../browser.ts";
import {
  adopt,
  type Home,
  lastMonth,
  makeCycle,
  makeHome,
  makeMeter,
  readFile,
  tariffFile,
} from "../district.ts";
import { journey } from "../journey.ts";
import type { Office } from "../office.ts";
import { approveAndPost, calculate, prepareRun, until } from "../run-desk.ts";

const MONTH = lastMonth();
const EXCHANGED_ON = MONTH.day(21);
const RAISED_ON = MONTH.day(11);
const OLD_PRICE = "2.00";
const NEW_PRICE = "3.00";

interface Scene {
  rate: string;
  cycle: string;
  home: Home;
  /** Uses so much that a second person must agree to its rollover. */
  busy: Home;
  newSerial: string;
}

async function setScene(office: Office): Promise<Scene> {
  const api = await Api.signIn(office, office.technician);
  const supervisor = await Api.signIn(office, office.supervisor);
  const rate = unique("W-J");
  await adopt(api, supervisor, tariffFile(rate, [["2024-01-01", OLD_PRICE]]));
  const from = { rate, on: MONTH.from };
  const home = await makeHome(api, { ...from, name: "Rosa Ibarra", read: "100" });
  const busy = await makeHome(api, { ...from, name: "Levee Laundry", read: "9000" });
  const newSerial = unique("JN");
  await makeMeter(api, newSerial);
  const cycle = await makeCycle(api, MONTH, [home, busy]);
  await api.close();
  await supervisor.close();
  return { rate, cycle, home, busy, newSerial };
}

journey("a rollover, an exchange and a rate change in one cycle", async (desk, office, another) => {
  const scene = await setScene(office);
  const second = await another();
  await desk.signIn(office.technician, `/service-points/${scene.home.point}`);
  await second.signIn(office.supervisor);
  await exchange(desk, scene);
  await raiseTheRate(desk, second, scene.rate);
  await importReads(desk, [
    [scene.newSerial, "12"],
    [scene.busy.serial, "15"],
  ]);
  await confirmRollovers(desk, second);

  const address = await prepareRun(desk, scene.cycle);
  await desk.page.getByText("2 of 2 accounts are ready to bill").waitFor();
  await calculate(desk);
  await approveAndPost(desk, second, { address, bills: 2 });
  await desk.page.goto(`${address}?tab=bills`);
  const row = desk.page.getByRole("row", { name: new RegExp(scene.home.number) });
  await row.getByRole("link").first().click();
  await readTheBill(desk, scene);
});

/** The old meter out at 118, a refurbished one in at 9995, on a day in the middle of the month. */
async function exchange({ page }: Desk, scene: Scene): Promise<void> {
  await page.getByRole("button", { name: "Exchange the meter" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("spinbutton").first().focus();
  const [year, month, day] = EXCHANGED_ON.split("-");
  await page.keyboard.type(`${month}${day}${year}`);
  await dialog.getByLabel("Serial of the new meter").fill(scene.newSerial);
  await dialog.getByLabel("Last read of the old one").fill("118");
  await dialog.getByLabel("First read of the new one").fill("9995");
  await page.keyboard.press("Enter");
  await page.getByText(`${scene.home.serial} is out, ${scene.newSerial} is in`).waitFor();
}

/** A version with a higher price from the 11th on: drafted by one, approved by another. */
async function raiseTheRate(desk: Desk, second: Desk, rate: string): Promise<void> {
  const { page } = desk;
  const content = tariffFile(rate, [
    ["2024-01-01", OLD_PRICE],
    [RAISED_ON, NEW_PRICE],
  ]);
  await page.goto("/tariffs");
  await page.getByRole("button", { name: "Import a tariff file" }).click();
  await page.locator('input[type="file"]').setInputFiles(asFile("journey.yaml", content));
  await page.getByRole("button", { name: "Make drafts" }).click();
  await page.getByText("1 draft made").waitFor();
  await page.getByRole("button", { name: "Propose" }).click();
  await page.getByRole("dialog").waitFor();
  await page.keyboard.press("Enter");
  await page.getByText("You drafted this: another person approves it.").waitFor();
  await desk.show("tariff-proposed");
  await second.page.goto(page.url());
  await second.page.getByRole("button", { name: "Approve" }).click();
  await second.page.getByRole("dialog").waitFor();
  await second.page.keyboard.press("Enter");
  await second.page.getByText(/approved by Sam Ortega/).waitFor();
}

async function importReads(desk: Desk, reads: [string, string][]): Promise<void> {
  const { page } = desk;
  await page.goto("/imports");
  await page.getByRole("button", { name: "Import a file" }).click();
  await page
    .getByRole("dialog")
    .getByRole("button", { name: /Layout/ })
    .click();
  await page.getByRole("option", { name: "Generic CSV" }).click();
  const file = asFile(`${unique("reads-")}.csv`, readFile(MONTH.to, reads));
  await page.locator('input[type="file"]').setInputFiles(file);
  await page.getByRole("button", { name: "Import 2 reads" }).click();
  await page.getByRole("main").getByRole("link", { name: "Edit list" }).click();
  await page.waitForURL(/edit-list\?import=/);
}

/** `x` for each; the one above the threshold waits until another person agrees. */
async function confirmRollovers(desk: Desk, second: Desk): Promise<void> {
  const { page } = desk;
  const grid = page.getByRole("grid", { name: "Exceptions of reads" });
  const open = grid.getByRole("row").filter({ hasText: "Open" });
  await page.getByText("Counts a day, same season").waitFor();
  await desk.show("edit-list-rollover");
  assert.equal(await open.count(), 2);
  for (let left = 2; left > 0; left -= 1) {
    await grid.focus();
    await page.keyboard.press("Control+Home");
    const here = page.getByRole("row").filter({ has: page.locator('[data-active="true"]') });
    if (!(await here.innerText()).includes("Open")) await page.keyboard.press("ArrowDown");
    await page.keyboard.press("x");
    await page.getByRole("dialog").waitFor();
    await page.keyboard.type("The dials passed zero; seen on site");
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await until("the row is decided", async () => (await open.count()) === left - 1);
  }
  await grid.getByText("Proposed").waitFor();
  assert.equal(await grid.getByRole("row").count(), 2, "the head and the one that waits");

  await second.page.goto(page.url());
  await second.page.getByRole("link", { name: /^For a second person/ }).click();
  const inbox = second.page.getByRole("grid", { name: "Decisions for a second person" });
  await inbox.getByText("Rollover").first().waitFor();
  await inbox.focus();
  await second.page.keyboard.press("Control+Home");
  await second.page.keyboard.press("Enter");
  await second.page.getByRole("button", { name: "Approve 1 decision" }).waitFor();
  await second.show("edit-list-second-person");
  await second.page.keyboard.press("Enter");
  await second.page.getByText("1 exception decided").waitFor();
}

/** Two meters, one tier allowance, two rate blocks, each said in words. */
async function readTheBill(desk: Desk, scene: Scene): Promise<void> {
  const { page } = desk;
  await page.getByRole("button", { name: "Explain all" }).click();
  await page.getByText("Resolution J-2").first().waitFor();
  await desk.show("bill-changes", "light");
  const text = await page.locator("main").innerText();
  for (const said of ["Resolution J-1", "Resolution J-2", scene.home.serial, scene.newSerial]) {
    assert.ok(text.includes(said), `the bill names ${said}`);
  }
  assert.match(text, /12 rolled over/);
  assert.match(text, /35 HCF/);
  const tier = (number: number) =>
    [...text.matchAll(new RegExp(`Water use, tier ${number}\\s+([\\d.]+) HCF`, "g"))].map(
      ([, use]) => Number(use),
    );
  assert.equal(tier(1).length, 2, "a block of tier 1 under each rate");
  const [whole, above] = [tier(1), tier(2)].map((uses) =>
    Math.round(uses.reduce((sum, use) => sum + use, 0) * 100),
  );
  assert.equal(whole, 2000, "one allowance of tier 1 for both meters and both rates");
  assert.equal(above, 1500);
}

function asFile(name: string, content: Buffer | string) {
  return { name, mimeType: "text/plain", buffer: Buffer.from(content) };
}
