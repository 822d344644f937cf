import assert from "node:assert/strict";
import { Api } from "../api.ts";
import type { Desk } from "../browser.ts";
import { journey } from "../journey.ts";
import type { Office } from "../office.ts";
import { until } from "../run-desk.ts";

interface Line {
  register_id: string;
  previous_value: string | null;
  high_limit: string | null;
  low_limit: string | null;
  value: string | null;
}

/** What a reader's sheet says of each line: the third far too high, the seventh not read. */
const HIGH = [2, 12, 41];
const SKIPPED = [6, 50];
const RELOADED_AT = 30;
// A point of light is a photo, too.
const PHOTO = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

function usual(line: Line): string {
  const from = Number(line.low_limit ?? line.previous_value ?? 0);
  const to = Number(line.high_limit ?? from + 2);
  return String(Math.ceil((from + to) / 2));
}

function tooHigh(line: Line): string {
  return String(Number(line.high_limit ?? line.previous_value ?? 0) + 300);
}

async function walkOf(office: Office) {
  const api = await Api.signIn(office, office.technician);
  const { items } = await api.get("/walks?limit=1&sort=code");
  // The district's own day: a read of tomorrow would be one of the future.
  const on = new Intl.DateTimeFormat("en-CA", { timeZone: "America/Los_Angeles" }).format();
  const lines: Line[] = await api.get(`/walks/${items[0].id}/entries?read_on=${on}`);
  await api.close();
  return { walk: items[0], on, lines };
}

journey(
  "a walk is typed on the ten-key pad, survives a reload and is decided",
  async (desk, office) => {
    const { page } = desk;
    const { walk, on, lines } = await walkOf(office);
    assert.ok(lines.length >= 58, `the walk has ${lines.length} lines`);
    await desk.signIn(office.technician, `/walks/${walk.id}?on=${on}`);
    await page.getByText(`Line 1 of ${lines.length}`).waitFor();
    for (let at = 0; at < RELOADED_AT; at += 1) await typeLine(desk, lines[at] as Line, at);
    await desk.show("walk-half");
    await page.waitForTimeout(500);
    await page.reload();
    await page.getByText(`${RELOADED_AT} lines typed before came back`).waitFor();
    // Enter on a line that has its read goes to the next that has none.
    await page.getByText(`Line 1 of ${lines.length}`).waitFor();
    await page.keyboard.press("Enter");
    await page.getByText(`Line ${RELOADED_AT + 1} of ${lines.length}`).waitFor();
    for (let at = RELOADED_AT; at < lines.length; at += 1)
      await typeLine(desk, lines[at] as Line, at);
    await page.keyboard.press("*");
    await page.keyboard.type("Box full of mud - cleaned");
    await page.getByLabel("Photo of the register").setInputFiles({
      name: "dial.png",
      mimeType: "image/png",
      buffer: PHOTO,
    });
    await page.getByRole("img", { name: /Register of meter/ }).waitFor();
    await desk.show("walk-typed");
    const reads = lines.length - SKIPPED.length;
    await page.getByRole("button", { name: `Record ${reads} reads and 2 skips` }).click();
    await page.getByText(`${reads} reads recorded, 2 skips`).waitFor();
    await page.reload();
    await page.getByText(`${lines.length} of ${lines.length}`, { exact: true }).waitFor();
    assert.equal(await page.getByText("Skip DOG sent").count(), 2);
    assert.equal(await page.getByText("note, photo").count(), 1);
    await desk.show("walk-sent");
    await page.getByRole("link", { name: "Its exceptions" }).click();
    await decide(desk, walk.code);
  },
);

/** One line by the keys of a real pad; a flagged read is held once, then taken by + or Enter. */
async function typeLine({ page }: Desk, line: Line, at: number): Promise<void> {
  if (SKIPPED.includes(at)) {
    await page.keyboard.press("/");
    await page.keyboard.type("dog");
  } else if (HIGH.includes(at)) {
    await page.keyboard.type(tooHigh(line));
    await page.keyboard.press("Enter");
    await page.getByText(/Enter again or \+ to accept/).waitFor();
    if (at === HIGH[0]) {
      await page.keyboard.press("+");
      return;
    }
  } else {
    await page.keyboard.type(usual(line));
  }
  await page.keyboard.press("Enter");
}

/** `h` holds one; then all that match are sent for a re-read at once, with their number first. */
async function decide(desk: Desk, walk: string): Promise<void> {
  const { page } = desk;
  await page.waitForURL(/edit-list\?walk=/);
  const grid = page.getByRole("grid", { name: "Exceptions of reads" });
  await grid.getByText("High").first().waitFor();
  const waiting = Number(await grid.getAttribute("aria-rowcount")) - 1;
  assert.ok(waiting >= HIGH.length + SKIPPED.length, `${waiting} exceptions wait`);
  await grid.focus();
  await page.keyboard.press("Control+Home");
  await page.keyboard.press("h");
  await page.getByRole("dialog", { name: "Hold until it is known" }).waitFor();
  await page.keyboard.type("The owner is asked about a leak");
  await page.keyboard.press("Enter");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await grid.getByText("Held").waitFor();
  await desk.show("edit-list-held");

  await grid.focus();
  await page.keyboard.press("Control+a");
  await page.getByText(`${waiting} exceptions selected`).waitFor();
  await page.getByRole("button", { name: "Re-read", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Send for a re-read" });
  await dialog.getByText("Decided at once").waitFor();
  assert.match(await dialog.innerText(), new RegExp(`Decided at once\\s+${waiting}`));
  await desk.show("edit-list-bulk");
  await page.keyboard.type("Walked too fast; read all of them again");
  await page.keyboard.press("Enter");
  await page.getByText(`${waiting} exceptions decided`).waitFor();
  await until(
    "nothing is selected any more",
    async () => (await page.getByText(/exceptions? selected/).count()) === 0,
  );
  await page.getByRole("link", { name: "Re-read list" }).click();
  await page.getByText(`${waiting} registers to read again`).waitFor();
  await page.getByText(`Walk ${walk}`).waitFor();
  await desk.show("re-reads");
}

journey(
  "a sample is drawn and checked; the figures and a register's history tell the rest",
  async (desk, office) => {
    const { page } = desk;
    // The technician typed some of these reads, so another person checks them.
    await desk.signIn(office.supervisor, "/read-audits");
    await page.getByRole("button", { name: "Draw a sample" }).click();
    await page.getByLabel("Reads to check").fill("8");
    await desk.show("audit-draw");
    await page.keyboard.press("Enter");
    await page.getByText(/8 of [\d,]+ reads drawn/).waitFor();
    const grid = page.getByRole("grid", { name: "Reads of the sample" });
    await grid.getByText("not checked").first().waitFor();
    await grid.focus();
    await page.keyboard.press("Control+Home");
    await page.keyboard.press("Enter");
    const agrees = page.getByRole("dialog", { name: "The register agrees" });
    await agrees.waitFor();
    await page.keyboard.press("Enter");
    await grid.getByText("Agrees").waitFor();
    await agrees.waitFor({ state: "hidden" }); // until then the keys are the dialog's
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("d");
    await page.getByRole("dialog", { name: "The register shows another value" }).waitFor();
    await page.keyboard.type("777");
    await page.keyboard.press("Enter");
    await grid.getByText("Differs: 777").waitFor();
    await page.getByText(/2 checked, 1 differ/).waitFor();
    await desk.show("audit");

    await page.goto("/read-statistics");
    await page.getByRole("gridcell").first().waitFor();
    await desk.show("read-statistics");
  },
);

journey(
  "a wrong multiplier is set right, with what it changes said first",
  async (desk, office) => {
    const { page } = desk;
    const api = await Api.signIn(office, office.technician);
    const { items } = await api.get("/meters?status=active&kind=displacement&limit=1&sort=serial");
    await api.close();
    await desk.signIn(office.technician, `/meters/${items[0].id}`);
    await page.getByRole("button", { name: "Correct", exact: true }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("spinbutton").first().focus();
    await page.keyboard.type("03012026");
    await dialog.getByLabel("Multiplier").fill("10");
    await dialog.getByLabel("How is it known?").fill("The plate on the register says x10");
    await dialog.getByText(/On the wrong record: \d+ posted bill/).waitFor();
    await desk.show("register-correct");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Corrections of its registers" }).waitFor();
    await page.getByText("multiplier 10", { exact: true }).waitFor();
    await desk.show("meter-corrected");
    await page.getByRole("link", { name: "History" }).click();
    await page.getByRole("heading", { name: /^Reads of / }).waitFor();
    await desk.show("register");
  },
);
