import assert from "node:assert/strict";
import { unique } from "../api.ts";
import { journey } from "../journey.ts";

journey(
  "a policy that moves money is entered by one person and approved by another",
  async (desk, office, another) => {
    const { page } = desk;
    const decision = unique("Resolution ");
    await desk.signIn(office.supervisor, "/policies?q=basic+penalty");
    await page.getByRole("link", { name: "Basic penalty", exact: true }).waitFor();
    await desk.show("policies");
    await page.getByRole("link", { name: "Basic penalty", exact: true }).click();
    await page.getByRole("heading", { name: "Basic penalty", level: 1 }).waitFor();
    const address = new URL(page.url()).pathname;
    await page.getByRole("button", { name: "Enter a value" }).click();
    await page.getByLabel("Value, %").fill("12");
    await page.getByText(/above the ceiling of 10 %/).waitFor();
    await page.getByText(/becomes \$12\.00/).waitFor();
    await desk.show("policy-outside-law");
    await page.getByLabel("Value, %").fill("9");
    await page.getByText(/becomes \$9\.00/).waitFor();
    await page.getByLabel("Decided by").fill(decision);
    await page.getByRole("button", { name: "Enter for approval" }).click();
    const row = page.getByRole("row").filter({ hasText: decision });
    await row.getByText("Waits for a second person").waitFor();
    await row.getByText("You entered it: another person approves.").waitFor();
    assert.equal(await page.getByRole("button", { name: "Approve" }).count(), 0);
    await desk.show("policy-waiting");

    const second = await another();
    await second.signIn(office.admin, address);
    const waiting = second.page.getByRole("row").filter({ hasText: decision });
    await waiting.getByRole("button", { name: "Approve" }).click();
    await second.show("policy-approve");
    await second.page
      .getByRole("dialog", { name: "Approve the value" })
      .getByRole("button", { name: "Approve" })
      .click();
    await waiting.getByText("Approved", { exact: true }).waitFor();
    await second.page.getByText("9 %").first().waitFor();
  },
);

journey("an API client is made, used once, and revoked", async (desk, office) => {
  const { page } = desk;
  const name = unique("Work orders ");
  await desk.signIn(office.admin, "/api-clients");
  await page.getByRole("button", { name: "Make a client" }).first().click();
  await page.getByLabel("Name of the system").fill(name);
  await page.getByRole("checkbox", { name: "meters:read" }).click({ force: true });
  await page.getByRole("button", { name: "Make the client" }).click();
  const sheet = page.getByRole("alertdialog", { name: "The client's secret" });
  await sheet.waitFor();
  const [client_id, client_secret] = await sheet.locator("code").allTextContents();
  await sheet.getByRole("button", { name: "It is kept" }).click();

  const ask = (path: string, init: RequestInit) => fetch(`${office.url}/api/v1${path}`, init);
  const headers = { "Content-Type": "application/json" };
  const body = JSON.stringify({ client_id, client_secret });
  const token = await ask("/tokens", { method: "POST", headers, body });
  const { access_token } = (await token.json()) as { access_token: string };
  const bearer = { headers: { Authorization: `Bearer ${access_token}` } };
  assert.equal((await ask("/meters?limit=1", bearer)).status, 200);
  assert.equal((await ask("/accounts?limit=1", bearer)).status, 403);

  await page.reload();
  await page.getByRole("gridcell", { name }).waitFor();
  await desk.show("api-clients");
  await page.getByRole("gridcell", { name }).dblclick();
  await page.getByRole("button", { name: "Revoke" }).click();
  await page.getByRole("button", { name: "Revoke the client" }).click();
  await page.getByText(`${name} is shut out`).waitFor();
  assert.equal((await ask("/meters?limit=1", bearer)).status, 401);
});

journey("the roles show what each may do", async (desk, office) => {
  const { page } = desk;
  await desk.signIn(office.admin, "/roles");
  const row = page.getByRole("row").filter({ hasText: "policies:approve" });
  await row.waitFor();
  assert.equal(await row.getByText("Yes").count(), 3);
  await desk.show("roles");
});

journey("an act is found and the trail narrowed to its kind", async (desk, office) => {
  const { page } = desk;
  await desk.signIn(office.supervisor, "/audit?q=tariff_version.approved");
  await page.getByRole("gridcell", { name: "tariff_version.approved" }).first().dblclick();
  const sheet = page.getByRole("dialog", { name: "tariff_version.approved" });
  await sheet.getByRole("columnheader", { name: "Before" }).waitFor();
  await desk.show("audit-act");
  await sheet.getByRole("button", { name: "All of this kind" }).click();
  await page.waitForURL(/action=tariff_version\.approved/);
  await page.getByRole("gridcell", { name: "tariff_version.approved" }).first().waitFor();
});
