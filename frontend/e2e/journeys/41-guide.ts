import assert from "node:assert/strict";
import { journey } from "../journey.ts";

journey("the guide opens from a screen by the keyboard and is searched", async (desk, office) => {
  const { page } = desk;
  await desk.signIn(office.technician, "/payments");
  await page.getByRole("gridcell").first().waitFor();
  await page.keyboard.press("?");
  await page.getByText("This page in the guide").waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await page.keyboard.press("F1");
  await page.waitForURL(/\/guide\/payments-and-adjustments#take-a-payment$/);
  const heading = page.getByRole("heading", { name: "Take a payment" });
  await heading.waitFor();
  assert.ok(await heading.evaluate((element) => element === document.activeElement));
  await desk.show("guide-page");

  await page.goBack();
  await page.getByRole("gridcell").first().waitFor();
  const help = page.getByRole("main").getByRole("link", { name: "Guide" });
  await help.focus();
  await desk.show("guide-link");
  await page.keyboard.press("Enter");
  await heading.waitFor();
  await page.waitForTimeout(200);
  const top = await heading.evaluate((element) => element.getBoundingClientRect().top);
  assert.ok(top > 0 && top < 300, `the heading begins the page, not at ${top}`);

  await page.getByRole("link", { name: "Search the guide" }).click();
  await page.getByRole("heading", { name: "Guide", level: 1 }).waitFor();
  const scrolled = await page.getByRole("main").evaluate((main) => main.scrollTop);
  assert.equal(scrolled, 0, "a new page begins at its top");
  await desk.show("guide-contents");
  await page.getByRole("searchbox", { name: "Search the guide" }).fill("chunk worker");
  await page.getByText("2 sections").waitFor();
  await desk.show("guide-search");
  await page.getByRole("link", { name: "When the power fails" }).click();
  await page.waitForURL(/\/guide\/billing#when-the-power-fails$/);
  await page.getByRole("heading", { name: "When the power fails" }).waitFor();
});

journey("the guide opens beside what is half typed", async (desk, office) => {
  const { page } = desk;
  await desk.signIn(office.technician, "/accounts");
  await page.getByRole("gridcell").first().waitFor();
  await page.getByRole("searchbox", { name: "Filter accounts" }).fill("flo");
  const opened = page.context().waitForEvent("page");
  await page.keyboard.press("F1");
  const beside = await opened;
  await beside.getByRole("heading", { name: "Finding an account" }).waitFor();
  assert.equal(await page.getByRole("searchbox", { name: "Filter accounts" }).inputValue(), "flo");
});

journey(
  "a page of the guide leads to another without loading the app anew",
  async (desk, office) => {
    const { page } = desk;
    await desk.signIn(office.technician, "/guide/getting-started");
    let loads = 0;
    page.on("load", () => {
      loads += 1;
    });
    await page.getByRole("article").getByRole("link", { name: "Deployment" }).click();
    await page.getByRole("heading", { name: "Deployment", level: 1 }).waitFor();
    await page.getByRole("link", { name: "Billing: from the calendar to the statement" }).click();
    const picture = page.getByRole("img", { name: /A calculated run/ });
    await picture.scrollIntoViewIfNeeded();
    await page.waitForFunction(() =>
      [...document.images].every(({ naturalWidth }) => naturalWidth > 0),
    );
    await desk.show("guide-picture");
    await page.emulateMedia({ media: "print" });
    await desk.picture("guide-print");
    assert.equal(
      await page.getByRole("navigation", { name: "Contents of the guide" }).isVisible(),
      false,
    );
    assert.equal(loads, 0);
  },
);
