import assert from "node:assert/strict";
import { Api, unique } from "../api.ts";
import type { Desk } from "../browser.ts";
import { journey } from "../journey.ts";

const PDF = Buffer.from("%PDF-1.7\n1 0 obj\nendobj\n");

interface Moved {
  /** The open account, and the closed one of whoever lived there before. */
  now: { id: string; number: string; name: string };
  before: { id: string; number: string; name: string };
}

/** An open account with a bill, at a service point that someone else left. */
async function someoneWhoMovedIn(api: Api): Promise<Moved> {
  const { items } = await api.get("/accounts?limit=500&status=closed");
  for (const { id, number, customer_name } of items) {
    const { occupancy } = await api.get(`/accounts/${id}`);
    const next = occupancy.find(
      (one: { account_id: string; to_on: string | null }) =>
        one.account_id !== id && one.to_on === null,
    );
    if (!next) continue;
    const bills = await api.get(`/bills?account_id=${next.account_id}&state=posted&limit=1`);
    if (bills.total === 0) continue;
    return {
      now: { id: next.account_id, number: next.account_number, name: next.customer_name },
      before: { id, number, name: customer_name },
    };
  }
  throw new Error("the demo district has nobody who moved in after another");
}

async function choose({ page }: Desk, act: string): Promise<void> {
  await page.keyboard.press("o");
  await page.getByRole("menuitem", { name: act }).click();
}

journey(
  "a telephone call answered: a former occupant's number, a high bill, a note, a credit by two people",
  async (desk, office, another) => {
    const { page } = desk;
    const api = await Api.signIn(office, office.technician);
    const { now, before } = await someoneWhoMovedIn(api);
    await api.close();

    await desk.signIn(office.technician);
    await page.keyboard.press("/");
    await page.getByRole("dialog", { name: "Search everywhere" }).waitFor();
    await page.keyboard.type(before.number.replaceAll("-", ""));
    await page.getByRole("menuitem", { name: new RegExp(before.number) }).waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: before.name, exact: true, level: 1 }).waitFor();
    await page.locator(".stays").getByRole("link", { name: now.name }).first().click();
    await page.getByRole("heading", { name: now.name, exact: true, level: 1 }).waitFor();
    await page.waitForURL(new RegExp(now.id));
    await page
      .getByRole("link", { name: /^Bill / })
      .first()
      .waitFor();

    await page.keyboard.press("b");
    await page.getByRole("heading", { name: /^Bill / }).waitFor();
    await page.getByText(/than/).first().waitFor();
    await page.goBack();
    await page.getByRole("heading", { name: now.name, exact: true, level: 1 }).waitFor();

    await page.keyboard.press("n");
    const said = unique("Asked why the bill is high: a leak at the timer, ");
    await page.getByLabel("What was said").fill(said);
    await page.keyboard.press("Control+Enter");
    await page.getByText("The note is kept").waitFor();
    await page.getByText(said).waitFor();

    await choose(desk, "Flag the account");
    await page.getByRole("dialog").getByRole("button", { name: /Kind/ }).click();
    await page.getByRole("option", { name: "Dog on premises" }).click();
    await page.getByLabel("What to know").fill("Barks at the reader by the gate.");
    await page.getByRole("radio", { name: "Until removed" }).click();
    await desk.show("account-flag");
    await page.getByRole("button", { name: "Flag it" }).click();
    await page.getByRole("button", { name: "Remove Dog on premises" }).waitFor();

    await page.getByRole("dialog").waitFor({ state: "detached" });
    await page.keyboard.press("j");
    await askForMore(desk);
    const address = page.url();
    const second = await another();
    await second.signIn(office.supervisor, new URL(address).pathname);
    await second.page.getByRole("button", { name: "Approve and post" }).click();
    await second.page.getByRole("dialog").getByRole("button", { name: /^Post/ }).click();
    await second.page.getByText("Posted", { exact: true }).first().waitFor();

    await page.goto(`/accounts/${now.id}?show=money`);
    const row = page.locator('.timeline-rows [data-kind="adjustment"]').first();
    await row.getByText("Posted", { exact: true }).waitFor();
    await row.getByText("($300.00)").waitFor();
    await page.goto(`/accounts/${now.id}`);
    await page.getByText(said).waitFor();
    await desk.show("account-360", "light");

    await page.getByRole("button", { name: "Remove Dog on premises" }).click();
    await page.getByLabel("Why it no longer holds").fill("The dog has moved away.");
    await page.keyboard.press("Enter");
    await page.getByText("Dog on premises is removed").waitFor();
    assert.equal(await page.getByRole("list", { name: "Flags" }).count(), 0);
  },
);

/** A credit above what one person may post. */
async function askForMore({ page }: Desk): Promise<void> {
  await page.getByRole("button", { name: /Type/ }).click();
  await page.getByRole("option", { name: "Courtesy credit" }).click();
  await page.getByLabel("Amount").fill("-300.00");
  await page.getByLabel(/^Why/).fill("Leak at the irrigation timer, mended the same day.");
  await page.getByText("A second person posts it").waitFor();
  await page.getByRole("button", { name: /Ask for \(/ }).click();
  await page.waitForURL(/\/adjustments\/[0-9a-f]{8}-/);
}

journey(
  "the contact of an account is changed where it stands, by two people at once without loss",
  async (desk, office) => {
    const { page } = desk;
    const api = await Api.signIn(office, office.supervisor);
    const { items } = await api.get("/accounts?limit=1&status=open&sort=-number");
    const [account] = items;
    await desk.signIn(office.technician, `/accounts/${account.id}`);
    await page.getByRole("button", { name: "Edit" }).click();
    await page.getByLabel("Second line").fill("Apartment 2");
    const path = `/accounts/${account.id}`;
    await api.patch(path, { mail_line2: "Unit B" }, await api.versionOf(path));
    await api.close();
    await desk.show("account-contact");
    await page.getByRole("button", { name: "Save the contact" }).click();
    const sheet = page.getByRole("alertdialog", { name: "Someone changed this meanwhile" });
    await sheet.getByText("Unit B").waitFor();
    await sheet.getByText("Apartment 2").waitFor();
    await page.getByRole("button", { name: "Save mine over it" }).click();
    await page.getByText("The contact is changed").waitFor();
    await page.getByText(/Apartment 2/).waitFor();
  },
);

journey("a paper is kept with an account and a payoff letter is written", async (desk, office) => {
  const { page } = desk;
  const api = await Api.signIn(office, office.technician);
  const { items } = await api.get("/bills?state=posted&sort=-bill_on&limit=1");
  await api.close();
  const id = items[0].account_id;
  await desk.signIn(office.technician, `/accounts/${id}?tab=papers`);
  await page.getByText("No papers yet").waitFor();
  await choose(desk, "Add a paper");
  const file = { name: "invoice.pdf", mimeType: "application/pdf", buffer: PDF };
  await page.locator("input[type=file]").setInputFiles(file);
  await page.getByLabel("What it is").fill("Plumber's invoice");
  await desk.show("account-add-paper");
  await page.getByRole("button", { name: "Keep the paper" }).click();
  await page.getByRole("link", { name: "Plumber's invoice" }).waitFor();

  await choose(desk, "Payoff letter");
  await page.getByText(/Pays in full through/).waitFor();
  await desk.show("account-payoff");
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Write the letter" }).click();
  assert.match((await download).suggestedFilename(), /^payoff-.*\.pdf$/);
  await page.getByRole("link", { name: /^Payoff letter: \$/ }).waitFor();
  await desk.show("account-papers");
});

journey("accounts are listed by what they owe and how long", async (desk, office) => {
  const { page } = desk;
  await desk.signIn(office.technician, "/accounts");
  await page.getByRole("link", { name: "By balance" }).click();
  const grid = page.getByRole("grid", { name: "Accounts by balance" });
  await grid.getByRole("gridcell").first().waitFor();
  await desk.show("accounts-by-balance");
  await page.getByRole("button", { name: /Any balance age/ }).click();
  await page.getByRole("option", { name: "Owes something" }).click();
  await page.waitForURL(/owing=something/);
  await page.goto("/accounts?by=balance&owing=over_30");
  await grid.getByRole("gridcell").first().waitFor();
  const api = await Api.signIn(office, office.technician);
  const { total } = await api.get("/account-balances?owing=over_30&limit=1");
  await api.close();
  await page.getByText(`${total} accounts`).waitFor();
  await page.getByRole("link", { name: "Notes" }).click();
  await page
    .getByText(/^\d+ notes?$/)
    .or(page.getByText("No notes yet"))
    .waitFor();
  await desk.show("contact-notes");
});

journey("a fact of the rate is set on a service from a day on", async (desk, office) => {
  const { page } = desk;
  const api = await Api.signIn(office, office.technician);
  const { items } = await api.get("/accounts?limit=1&status=open&sort=-number");
  await api.close();
  await desk.signIn(office.technician, `/accounts/${items[0].id}?tab=services`);
  await page.getByRole("button", { name: "Facts" }).first().click();
  await page.getByLabel("Fact", { exact: true }).fill("Dwelling units");
  await page.getByLabel("Value").fill("4");
  await page.getByLabel("Why").fill("Three cottages were added behind the house");
  await desk.show("account-fact");
  await page.keyboard.press("Enter");
  await page.getByText(/Dwelling units is 4 from/).waitFor();
  await page.getByRole("cell", { name: /Dwelling units 4/ }).waitFor();
});
