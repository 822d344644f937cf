import assert from "node:assert/strict";
import type { Desk } from "../browser.ts";
import { journey } from "../journey.ts";

journey(
  "a user is let in, then changed by two people at once without loss",
  async (desk, office, another) => {
    const { page } = desk;
    const email = `ana.${Date.now()}@example.org`;
    await desk.signIn(office.admin, "/users");
    await page.getByRole("gridcell", { name: office.admin.email }).waitFor();
    await page.getByRole("button", { name: "Add a user" }).click();
    await page.getByRole("button", { name: "Add the user" }).click();
    await page.getByText("Type the name").waitFor();
    await desk.show("user-add-refused");
    await page.getByLabel("Name").fill("Ana Whitfield");
    await page.getByLabel("E-mail").fill(office.admin.email);
    await page.getByLabel("First password").fill("clear-water-2026");
    await page.getByRole("dialog").getByText("Supervisor").click();
    await page.keyboard.press("Enter");
    await page.getByRole("alert").waitFor();
    await page.getByLabel("E-mail").fill(email);
    await page.getByRole("button", { name: "Add the user" }).click();
    await page.getByText("Ana Whitfield may sign in now").waitFor();

    const second = await another();
    await second.signIn({ name: "Ana", email, password: "clear-water-2026" });
    assert.equal(await second.page.getByRole("link", { name: "Users" }).count(), 0);

    const third = await another();
    await third.signIn(office.admin, `/users?q=${email}`);
    await open(desk, email);
    await open(third, email);
    await rename(third, "Ana Whitfield-Cho");
    await third.page.getByText("Ana Whitfield-Cho is changed").waitFor();
    await rename(desk, "Ana Maria Whitfield");
    await page.getByRole("alertdialog", { name: "Someone changed this meanwhile" }).waitFor();
    await desk.show("conflict");
    await page.getByRole("button", { name: "Save mine over it" }).click();
    await page.getByRole("gridcell", { name: "Ana Maria Whitfield" }).waitFor();

    await page.goto("/audit?q=user");
    await page
      .getByRole("gridcell", { name: /user\./ })
      .first()
      .waitFor();
    await page.getByRole("grid").focus();
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").waitFor();
    await desk.show("audit-act");
  },
);

async function open({ page }: Desk, email: string): Promise<void> {
  await page.goto(`/users?q=${email}`);
  await page.getByRole("gridcell", { name: email }).dblclick();
  await page.getByRole("dialog").waitFor();
}

async function rename({ page }: Desk, name: string): Promise<void> {
  await page.getByLabel("Name").fill(name);
  await page.getByRole("button", { name: "Save" }).click();
}
