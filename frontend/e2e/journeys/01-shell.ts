import assert from "node:assert/strict";
import { journey } from "../journey.ts";

journey(
  "the door: a wrong password is refused, a right one leads where one meant to go",
  async (desk, office) => {
    const { page } = desk;
    await page.goto("/jobs?state=failed");
    await page.getByRole("button", { name: "Sign in" }).waitFor();
    await desk.show("sign-in");
    await page.getByLabel("E-mail").fill(office.admin.email);
    await page.getByLabel("Password").fill("not the password");
    await page.keyboard.press("Enter");
    await page.getByRole("alert").waitFor();
    await page.getByLabel("Password").fill(office.admin.password);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Jobs", exact: true }).waitFor();
    assert.equal(new URL(page.url()).search, "?state=failed");
  },
);

journey(
  "the shell by keyboard: chords, palette, key sheet, the switch for single letters",
  async (desk, office) => {
    const { page } = desk;
    await desk.signIn(office.admin);
    await desk.show("home");
    await page.keyboard.press("g");
    await page.keyboard.press("o");
    await page.getByRole("heading", { name: "Jobs", exact: true }).waitFor();
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Keys" }).waitFor();
    await desk.show("keys");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Control+k");
    await page.getByRole("dialog", { name: "Search everywhere" }).waitFor();
    await desk.show("palette");
    await page.keyboard.type("hom");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: /Good day/ }).waitFor();

    await page.getByRole("button", { name: /settings and sign out/ }).click();
    await desk.show("user-menu");
    await page.getByRole("menuitemcheckbox", { name: "Single-letter keys" }).click();
    await page.keyboard.press("Escape");
    await page.keyboard.press("?");
    await page.waitForTimeout(150);
    assert.equal(await page.getByRole("dialog").count(), 0, "single letters are off");
  },
);

journey("a deep link keeps what fits and drops what does not", async (desk, office) => {
  const { page } = desk;
  await desk.signIn(office.admin, "/jobs?state=nonsense&q=none-such");
  await page.getByText("No jobs match").waitFor();
  await desk.show("none-match");
  await page.getByRole("button", { name: "Clear the filters" }).click();
  await page.waitForURL(/\/jobs$/);
});

journey("signing out leads to the door, and Back does not lead in again", async (desk, office) => {
  const { page } = desk;
  await desk.signIn(office.admin, "/jobs");
  await page.getByRole("button", { name: /settings and sign out/ }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await page.getByRole("button", { name: "Sign in" }).waitFor();
  await page.goBack();
  await page.getByRole("button", { name: "Sign in" }).waitFor();
});
