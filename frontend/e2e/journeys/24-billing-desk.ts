import assert from "node:assert/strict";
import { Api, unique, uuid7 } from "../api.ts";
import type { Desk } from "../browser.ts";
import { adopt, type Home, lastMonth, makeCycle, makeHome, tariffFile } from "../district.ts";
import { journey } from "../journey.ts";
import type { Office } from "../office.ts";
import { approveAndPost, calculate, figure, openTab, prepareRun, until } from "../run-desk.ts";

const MONTH = lastMonth();
const READ = ["Ana Flores", "Ben Cho"];
const UNREAD = ["Carla Reyes", "Dan Whitfield", "Elsa Moreno"];
const REASON = "The walk was flooded; billed off-cycle when it is read";

interface Street {
  cycle: string;
  unread: Home[];
}

/** Five homes of one cycle; the reader got to two of them. */
async function setScene(office: Office): Promise<Street> {
  const api = await Api.signIn(office, office.technician);
  const supervisor = await Api.signIn(office, office.supervisor);
  const rate = unique("W-D");
  await adopt(api, supervisor, tariffFile(rate, [["2024-01-01", "2.00"]]));
  const from = { on: MONTH.from, read: "40", rate };
  const read: Home[] = [];
  const unread: Home[] = [];
  for (const name of READ) read.push(await makeHome(api, { ...from, name }));
  for (const name of UNREAD) unread.push(await makeHome(api, { ...from, name }));
  await takeReads(api, read);
  const cycle = await makeCycle(api, MONTH, [...read, ...unread]);
  await api.close();
  await supervisor.close();
  return { cycle, unread };
}

async function takeReads(api: Api, homes: Home[]): Promise<void> {
  for (const { register } of homes) {
    const read = { register_id: register, read_on: MONTH.to, value: "52" };
    await api.post("/reads", { ...read, reason: "Read by hand for a journey" });
  }
}

/** Types a day into its segments, as MMDDYYYY. */
async function typeDay({ page }: Desk, label: string, iso: string): Promise<void> {
  const [year, month, day] = iso.split("-");
  await page.getByRole("group", { name: label }).getByRole("spinbutton").first().focus();
  await page.keyboard.type(`${month}${day}${year}`);
}

journey("exceptions excused in bulk, billed off-cycle", async (desk, office, another) => {
  const { cycle, unread } = await setScene(office);
  const { page } = desk;
  await desk.signIn(office.technician);
  await prepareRun(desk, cycle);
  await calculate(desk);
  assert.equal(await figure(desk, "Open exceptions"), "3");
  await excuseTogether(desk);
  const run = new URL(page.url()).pathname;

  await page.goto(`${run}?tab=bills`);
  const paper = page.frameLocator("iframe");
  await paper.getByText("Draft: this bill is not posted. Do not send it.").waitFor();
  await desk.show("run-bills-draft", "light");
  await page.getByRole("button", { name: "Reviewed" }).click();
  await page.getByRole("dialog").waitFor();
  await page.keyboard.press("Enter");
  await page.getByText("You prepared this run: another person approves it.").waitFor();

  const second = await another();
  await second.signIn(office.supervisor, "/approvals?kind=bill_run");
  await approveHere(second, `Cycle ${cycle}`);

  const api = await Api.signIn(office, office.technician);
  await takeReads(api, unread);
  await api.close();
  const address = await prepareOffCycle(desk, unread);
  await calculate(desk);
  assert.equal(await figure(desk, "Bills"), "3");
  // Three times a service charge of $20.00 and twelve units at $2.00.
  assert.equal(await figure(desk, "Amount"), "$132.00");
  await approveAndPost(desk, second, { address, bills: 3 });
  await openTab(desk, "Proof");
  await page.getByText("Every figure agrees with its twin").waitFor();
  await desk.show("run-proof", "light");
});

/** All that match, one reason, and what stays open before the button. */
async function excuseTogether(desk: Desk): Promise<void> {
  const { page } = desk;
  await openTab(desk, "Exceptions");
  const grid = page.getByRole("grid", { name: "Exceptions" });
  await grid.getByText("Not billed").first().waitFor();
  await grid.focus();
  await page.keyboard.press("Control+Home");
  await page.keyboard.press("Space");
  await page.getByText("1 exception selected").waitFor();
  await page.getByRole("button", { name: "Select all 3 that match" }).focus();
  await page.keyboard.press("Enter");
  await page.getByText("3 exceptions selected").waitFor();
  await page.getByRole("button", { name: "Excuse with one reason" }).focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Excuse 3 exceptions" });
  await dialog.getByText("Exceptions that still block it").waitFor();
  await desk.show("run-excuse-many", "light");
  await page.keyboard.type(REASON);
  await page.keyboard.press("Enter");
  await until("nothing blocks", async () => (await figure(desk, "Open exceptions")) === "0");
  await grid.getByText(REASON).first().waitFor();
}

/** The one request that the filter finds, approved by key from the inbox. */
async function approveHere(desk: Desk, words: string): Promise<void> {
  const { page } = desk;
  const grid = page.getByRole("grid", { name: "Requests" });
  await page
    .getByRole("searchbox")
    .or(page.getByPlaceholder("Filter requests"))
    .first()
    .fill(words);
  await until("one is left", async () => (await grid.getAttribute("aria-rowcount")) === "2");
  await until("the list rests", async () => (await grid.getAttribute("aria-busy")) === "false");
  await grid.focus();
  await page.keyboard.press("Control+Home");
  await page
    .getByLabel("What it would do")
    .getByRole("button", { name: /Approve/ })
    .waitFor();
  await desk.show(`approvals-${words.replaceAll(/\W+/g, "-").toLowerCase().slice(0, 5)}`, "light");
  await page.keyboard.press("a");
  await page.getByRole("dialog", { name: /^Approve/ }).waitFor();
  await page.keyboard.press("Enter");
  await page.getByText("Approved", { exact: true }).waitFor();
}

async function prepareOffCycle(desk: Desk, homes: Home[]): Promise<string> {
  const { page } = desk;
  await page.goto("/bill-runs");
  await page.getByRole("link", { name: "Bill off-cycle" }).focus();
  await page.keyboard.press("Enter");
  await page.getByLabel("Why outside their cycle?").fill("The walk was flooded on its day");
  await typeDay(desk, "Bill from", MONTH.from);
  await typeDay(desk, "To, not included", MONTH.to);
  const numbers = homes.map(({ number }) => number).join(" ");
  await page.getByLabel("Or account numbers, pasted").fill(`${numbers} 9999-9999-99`);
  await page.keyboard.press("Enter");
  await page.getByText("No such account: 9999-9999-99").waitFor();
  await page.getByRole("cell", { name: "Elsa Moreno" }).waitFor();
  await desk.show("run-off-cycle", "light");
  await page.getByRole("button", { name: "Prepare the run of 3 accounts" }).focus();
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/bill-runs\/[0-9a-f-]{36}/);
  await page.getByText("3 of 3 accounts are ready to bill").waitFor();
  return new URL(page.url()).pathname;
}

journey(
  "a leak adjustment asked for and approved from the inbox",
  async (desk, office, another) => {
    const { page } = desk;
    const { account } = await aLargeBill(office);
    await desk.signIn(office.technician, `/adjustments/leak?account=${account}`);
    const boxes = page.getByRole("checkbox");
    await boxes.first().focus();
    await page.keyboard.press("Space");
    const ordinary = page.getByLabel(/^Use without the leak/);
    await ordinary.fill("1");
    await page.getByText(/^Credit \$/).waitFor();
    await page.getByText("Balance after").waitFor();
    await desk.show("leak-adjustment", "light");
    await page
      .getByLabel("Why; printed on the statement")
      .fill("Leak at the shutoff, invoice seen");
    const ask = page.getByRole("button", { name: /^Ask for a credit of/ });
    const amount = `(${(await ask.innerText()).replace("Ask for a credit of ", "")})`;
    await ask.focus();
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/adjustments\/[0-9a-f-]{36}/);
    await page.getByText("You asked for it: another person decides.").waitFor();
    await page.getByText(/excess over 1 HCF \(as the office judges it\)/).waitFor();

    await page.goto("/approvals?kind=adjustment");
    const grid = page.getByRole("grid", { name: "Requests" });
    await grid.getByText(amount).waitFor();
    await grid.focus();
    await page.keyboard.press("a");
    await page
      .getByText("Your role does not decide")
      .or(page.getByText(/another person decides/))
      .first()
      .waitFor();
    await desk.show("approvals-own", "light");

    const second = await another();
    await second.signIn(office.supervisor, "/");
    await second.page.getByRole("heading", { name: "What waits" }).waitFor();
    await second.page.getByText("Equals the books").waitFor();
    await second.show("home", "light");
    await second.page.getByRole("link", { name: "Adjustments to approve" }).focus();
    await second.page.keyboard.press("Enter");
    await second.page.getByRole("grid", { name: "Requests" }).getByText(amount).waitFor();
    await approveHere(second, "shutoff");
    await page.goto(`/accounts/${account}?tab=ledger`);
    await page
      .getByText(/Leak at the shutoff/)
      .first()
      .waitFor();
  },
);

/** A posted bill whose leak credit is above one person's limit. */
async function aLargeBill(office: Office): Promise<Home> {
  const api = await Api.signIn(office, office.technician);
  const supervisor = await Api.signIn(office, office.supervisor);
  const rate = unique("W-L");
  await adopt(api, supervisor, tariffFile(rate, [["2024-01-01", "2.00"]]));
  const home = await makeHome(api, { on: MONTH.from, read: "40", name: "Gus Ortiz", rate });
  const read = { register_id: home.register, read_on: MONTH.to, value: "1040" };
  await api.post("/reads", { ...read, reason: "Read by hand for a journey" });
  const review = (await api.get(`/read-reviews?limit=50&undecided=true&q=${home.serial}`)).items;
  for (const { id } of review) {
    await api.post("/read-reviews/acts", { ids: [id], act: "accept", reason: "A leak was found" });
    await supervisor.post("/read-reviews/approvals", { ids: [id] });
  }
  await postRun(api, supervisor, home);
  await api.close();
  await supervisor.close();
  return home;
}

/** An off-cycle run of one home, taken to the books by the API. */
async function postRun(api: Api, supervisor: Api, home: Home): Promise<void> {
  const id = uuid7();
  const days = { period_from: MONTH.from, period_to: MONTH.to, bill_on: MONTH.to };
  const reason = "A bill for a journey";
  await api.post("/bill-runs", { id, name: reason, reason, account_ids: [home.account], ...days });
  const stands = async (state: string) => (await api.get(`/bill-runs/${id}`)).state === state;
  await api.post(`/bill-runs/${id}/calculate`, {});
  await until("it is calculated", () => stands("calculated"));
  await api.post(`/bill-runs/${id}/review`, {});
  await supervisor.post(`/bill-runs/${id}/approve`, {});
  await api.post(`/bill-runs/${id}/post`, {});
  await until("it is posted", () => stands("posted"));
}
