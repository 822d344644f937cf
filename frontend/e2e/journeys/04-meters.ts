import assert from "node:assert/strict";
import { Api, unique, uuid7 } from "../api.ts";
import { journey } from "../journey.ts";
import type { Office } from "../office.ts";

async function makeMeter(api: Api, serial: string): Promise<string> {
  const id = uuid7();
  const register = { id: uuid7(), number: "0", dials: 6, decimals: 0, multiplier: "1", unit: "CF" };
  const meter = { id, serial, make: "Badger", size: "5/8", kind: "displacement" };
  await api.post("/meters", { ...meter, registers: [{ ...register, billing_step: "100" }] });
  return id;
}

async function makePoint(office: Office, code: string, oldSerial: string, newSerial: string) {
  const api = await Api.signIn(office);
  const id = uuid7();
  await api.post("/service-points", { id, code, location: "Front left, by the oak" });
  const meter = await makeMeter(api, oldSerial);
  await makeMeter(api, newSerial);
  const stay = { id: uuid7(), meter_id: meter, service_point_id: id, on: "2024-03-01" };
  await api.post("/installations", { ...stay, reads: { "0": "12" } });
  await api.close();
  return id;
}

journey("a meter is exchanged in one form, with both reads", async (desk, office) => {
  const { page } = desk;
  const [before, after] = [unique("OLD"), unique("NEW")];
  const point = await makePoint(office, unique("SP-"), before, after);
  await desk.signIn(office.admin, `/meters?q=${before}`);
  await page.getByRole("gridcell", { name: before }).waitFor();
  await desk.show("meters");
  await page.goto(`/service-points/${point}`);
  await page.getByRole("button", { name: "Exchange the meter" }).click();
  await page.getByLabel("Serial of the new meter").fill("NO-SUCH");
  await page.getByLabel("Last read of the old one").fill("4321");
  await page.getByLabel("First read of the new one").fill("0");
  await page.keyboard.press("Enter");
  await page.getByText("No meter in stock has this serial").waitFor();
  await desk.show("meter-exchange");
  await page.getByLabel("Serial of the new meter").fill(after);
  await page.keyboard.press("Enter");
  await page.getByText(`${before} is out, ${after} is in`).waitFor();
  await page.getByRole("heading", { name: `In place: Badger ${after}` }).waitFor();
  await desk.show("service-point");
  await page.getByRole("link", { name: `Badger ${before}` }).click();
  await page.getByRole("heading", { name: `Badger ${before}` }).waitFor();
  await page.getByRole("cell", { name: "Removed" }).waitFor();
  await desk.show("meter");
  assert.match(page.url(), /\/meters\//);
});
