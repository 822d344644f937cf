import assert from "node:assert/strict";
import { unique } from "../api.ts";
import { journey } from "../journey.ts";

const file = (name: string, text: string) => ({
  name,
  mimeType: "application/octet-stream",
  buffer: Buffer.from(text),
});
const layoutOf = (name: string, form: string) => `layout: ${name}
title: River hand-held
source: The vendor's manual of 2026, page 3
input:
  shape: fixed
  length: 24
  fields:
    - {field: meter_no, start: 1, length: 10, required: true}
    - {field: read_on, start: 11, length: 6, formats: [${form}], required: true}
    - {field: reading, start: 17, length: 8, decimals: 2}
`;

journey(
  "a vendor's layout is set up in the browser: mistake, sample, saved, retired",
  async (desk, office) => {
    const { page } = desk;
    const name = unique("river-").toLowerCase();
    await desk.signIn(office.supervisor, "/read-layouts");
    await page.getByRole("link", { name: /Neptune/ }).waitFor();
    await desk.show("read-layouts");
    await page.getByRole("link", { name: "Set up a layout" }).click();

    const text = page.getByLabel("Text of the layout");
    await text.fill(layoutOf(name, "YYMMXX"));
    await page.getByText(/The layout cannot be used yet: 1 mistake/).waitFor();
    await page.getByText(/Line 9,/).waitFor();
    await page.getByText("input.fields.1.formats.0").waitFor();
    await desk.show("set-up-layout-mistake");

    await text.fill(layoutOf(name, "YYMMDD"));
    await page.getByText("The layout can be used: River hand-held").waitFor();
    const sample = "M1        26070100012345\nM2        26139900000100\n";
    const choose = page.locator(".drop input[type=file]");
    await choose.setInputFiles(file("july.dat", sample));
    await page.getByText("The file would be refused whole: 1 fault").waitFor();
    const lines = page.getByRole("region", { name: "Lines of the sample" });
    await lines.getByRole("row").filter({ hasText: "123.45" }).waitFor();
    await lines.getByText(/'261399' is not a day of the calendar/).waitFor();
    await desk.show("set-up-layout-sample");

    await choose.setInputFiles(file("july.dat", sample.replace("261399", "260701")));
    await page.getByText("2 reads understood; nothing is stored").waitFor();
    await page.getByRole("button", { name: "Add the layout" }).click();
    const dialog = page.getByRole("dialog", { name: "Add River hand-held" });
    await dialog.getByText("2 reads understood").waitFor();
    await desk.show("add-layout");
    await dialog.getByRole("button", { name: "Add the layout" }).click();

    await page.waitForURL(new RegExp(`/read-layouts/${name}$`));
    await page.getByRole("heading", { name: "River hand-held", level: 1 }).waitFor();
    await page.getByRole("region", { name: "Text of the layout" }).getByText(name).waitFor();
    await page.getByRole("cell", { name: office.supervisor.name }).first().waitFor();
    await desk.show("read-layout");

    await page.getByRole("button", { name: "Retire" }).click();
    await page.getByLabel("Why").fill("The vendor has left");
    await desk.show("retire-layout");
    await page.getByRole("button", { name: "Retire the layout" }).click();
    await page.getByText("Retired", { exact: true }).first().waitFor();
    await page.getByRole("cell", { name: "The vendor has left" }).waitFor();
    assert.equal(await page.getByRole("button", { name: "Retire" }).count(), 0);
    await page.goto("/read-layouts");
    await page.getByRole("link", { name: /Neptune/ }).waitFor();
    assert.equal(await page.getByRole("link", { name: "River hand-held" }).count(), 0);
  },
);
