import assert from "node:assert/strict";
import { Api, uuid7 } from "../api.ts";
import { journey } from "../journey.ts";

journey(
  "a telephone call: find the account, its balance, its use, the bill and why it is high",
  async (desk, office) => {
    const { page } = desk;
    const api = await Api.signIn(office, office.technician);
    const { items } = await api.get("/bills?state=posted&sort=-bill_on&limit=1");
    await api.close();
    const [bill] = items;
    await desk.signIn(office.technician);
    await page.getByRole("heading", { name: /Good day/ }).waitFor();
    await page.keyboard.press("/");
    await page.getByRole("dialog", { name: "Search everywhere" }).waitFor();
    await page.keyboard.type(bill.account_number.replaceAll("-", ""));
    await page.getByRole("menuitem", { name: new RegExp(bill.account_number) }).waitFor();
    await desk.show("palette-found");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: bill.customer_name, exact: true }).waitFor();
    await page.getByText("Balance", { exact: true }).waitFor();
    await desk.show("account");
    await page.getByRole("link", { name: "Ledger" }).click();
    await page.getByRole("heading", { name: "Open charges" }).waitFor();
    await desk.show("account-ledger");
    await page.getByRole("link", { name: "Reads" }).click();
    await page
      .getByRole("heading", { name: /Use at/ })
      .first()
      .waitFor();
    await desk.show("account-reads");
    await page.getByRole("link", { name: "Bills", exact: true }).last().click();
    await page.getByRole("link", { name: bill.number }).click();
    await page.getByRole("heading", { name: `Bill ${bill.number}` }).waitFor();
    await page.getByRole("button", { name: "Explain all" }).first().click();
    await page
      .getByText(/Resolution/)
      .first()
      .waitFor();
    await page.getByRole("radio", { name: "Table" }).first().waitFor();
    await desk.show("bill");
    await page.getByRole("radio", { name: "Español" }).click();
    await page.waitForURL(/lang=es/);
  },
);

journey("every list and page is accessible, light and dark", async (desk, office) => {
  const { page } = desk;
  await desk.signIn(office.technician, "/accounts");
  for (const path of ["accounts", "bills", "bill-runs", "payments", "tariffs", "imports", "jobs"]) {
    await page.goto(`/${path}`);
    await page.getByRole("gridcell").first().waitFor();
    await desk.show(`list-${path}`);
  }
  for (const path of ["bill-runs", "tariffs", "payments"]) {
    await page.goto(`/${path}`);
    await page.getByRole("gridcell").first().waitFor();
    await page.keyboard.press("Enter");
    await page.waitForURL(new RegExp(`/${path}/.+`));
    await page.getByRole("heading", { level: 1 }).waitFor();
    await page.waitForTimeout(600);
    await desk.show(`page-${path}`);
  }
});

journey(
  "a payment with its effect first; an adjustment by two people",
  async (desk, office, another) => {
    const { page } = desk;
    const api = await Api.signIn(office, office.technician);
    const { items } = await api.get("/bills?state=posted&sort=-bill_on&limit=3");
    const types = await api.get("/adjustment-types");
    await api.close();
    const account = items[2].account_id;
    await desk.signIn(office.technician, `/payments/new?account=${account}`);
    await page.getByLabel("Amount").fill("25.10");
    await page.getByText("Balance after").waitFor();
    await page.getByLabel("Check number or reference").fill("1042");
    await desk.show("payment-effect");
    await page.keyboard.press("Enter");
    await page.getByText(/\$25\.10 posted to/).waitFor();

    const credit = types.find((type: { direction: string }) => type.direction !== "debit");
    const amount = (credit.limit_cents + 1000) / 100;
    await page.goto(`/adjustments/new?account=${account}`);
    await page.getByRole("button", { name: /Type/ }).click();
    await page.getByRole("option", { name: credit.name }).click();
    await page.getByLabel("Amount").fill(`-${amount}`);
    await page.getByLabel(/Why/).fill("A journey of two people through one correction");
    await page.getByText("A second person posts it").waitFor();
    await desk.show("adjustment-effect");
    await page.waitForTimeout(600); // the draft is written after a pause in typing
    await page.reload();
    await page.getByText(/^What you typed on .* is back$/).waitFor();
    assert.equal(await page.getByLabel("Amount").inputValue(), `-${amount}`);
    await page.getByText("A second person posts it").waitFor();
    await desk.show("adjustment-restored");
    await page.getByRole("button", { name: /Ask for \(/ }).click();
    await page.getByText("You asked for it: another person decides.").waitFor();
    const address = new URL(page.url()).pathname;

    const second = await another();
    await second.signIn(office.supervisor, "/adjustments");
    await second.page.getByRole("gridcell").first().waitFor();
    await second.show("adjustment-inbox");
    await second.page.goto(address);
    await second.page.getByRole("button", { name: "Approve and post" }).click();
    await second.show("adjustment-approve");
    await second.page.getByRole("button", { name: /^Post \(/ }).click();
    await second.page.getByText("Posted", { exact: true }).waitFor();
    assert.equal(await second.page.getByRole("button", { name: "Approve and post" }).count(), 0);
  },
);

journey("nobody decides on a correction of their own", async (desk, office) => {
  const { page } = desk;
  const api = await Api.signIn(office, office.supervisor);
  const { items } = await api.get("/bills?state=posted&sort=-bill_on&limit=1");
  const types = await api.get("/adjustment-types");
  const credit = types.find((type: { direction: string }) => type.direction !== "debit");
  const id = uuid7();
  await api.post("/adjustments", {
    id,
    account_id: items[0].account_id,
    type_code: credit.code,
    amount_cents: -(credit.limit_cents + 1000),
    note: "Asked for by the supervisor, who may decide on others",
  });
  await desk.signIn(office.supervisor, `/adjustments/${id}`);
  await page.getByText("You asked for it: another person decides.").waitFor();
  assert.equal(await page.getByRole("button", { name: /Approve|Reject/ }).count(), 0);
  await desk.show("adjustment-own");
  const refusal = await api.refused(`/adjustments/${id}/approve`, { note: "By my own hand" });
  assert.equal(refusal.status, 409);
  await api.close();
  await page.reload();
  await page.getByText("Requested", { exact: true }).waitFor();
});
