import assert from "node:assert/strict";
import { Api, unique } from "../api.ts";
import { adopt, type Home, lastMonth, makeCycle, makeHome, tariffFile } from "../district.ts";
import { journey } from "../journey.ts";
import type { Office } from "../office.ts";
import { approveAndPost, calculate, excuseAll, figure, openTab, prepareRun } from "../run-desk.ts";

const MONTH = lastMonth();
const NAMES = ["Ana Flores", "Ben Cho", "Carla Reyes", "Dan Whitfield", "Elsa Moreno"];
const NO_SUCH_RATE = "W-NEVER-ADOPTED";

interface Street {
  cycle: string;
  broken: Home;
}

/** Six homes read on the same days; the agreement of one names a rate that no tariff has. */
async function setScene(office: Office): Promise<Street> {
  const api = await Api.signIn(office, office.technician);
  const supervisor = await Api.signIn(office, office.supervisor);
  const rate = unique("W-J");
  await adopt(api, supervisor, tariffFile(rate, [["2024-01-01", "2.00"]]));
  const from = { on: MONTH.from, read: "40" };
  const homes: Home[] = [];
  for (const name of NAMES) homes.push(await makeHome(api, { ...from, name, rate }));
  const broken = await makeHome(api, { ...from, name: "Frank Ybarra", rate: NO_SUCH_RATE });
  homes.push(broken);
  for (const { register } of homes) {
    const read = { register_id: register, read_on: MONTH.to, value: "52" };
    await api.post("/reads", { ...read, reason: "Read by hand for a journey" });
  }
  const cycle = await makeCycle(api, MONTH, homes);
  await api.close();
  await supervisor.close();
  return { cycle, broken };
}

journey("a failed account that stops nobody else", async (desk, office, another) => {
  const { cycle, broken } = await setScene(office);
  const { page } = desk;
  await desk.signIn(office.technician);
  const address = await prepareRun(desk, cycle);
  await page.getByText("5 of 6 accounts are ready to bill").waitFor();
  await calculate(desk);
  assert.equal(await figure(desk, "Bills"), "5");
  assert.equal(await figure(desk, "Open exceptions"), "1");
  // Five times a service charge of $20.00 and twelve units at $2.00.
  assert.equal(await figure(desk, "Amount"), "$220.00");

  await openTab(desk, "Exceptions");
  const row = page.getByRole("row", { name: new RegExp(broken.number) });
  await row.getByText(new RegExp(NO_SUCH_RATE)).waitFor();
  await desk.show("run-failed-account", "dark");
  await openTab(desk, "Completeness");
  await page.getByText("1 account neither billed nor excused").waitFor();
  await desk.show("run-incomplete");

  const excused = await excuseAll(desk, "Its rate is adopted next month; billed off-cycle then");
  assert.equal(excused, 1);
  await openTab(desk, "Completeness");
  await page.getByText("Complete: every expected account is billed or excused").waitFor();
  const second = await another();
  await second.signIn(office.supervisor);
  await approveAndPost(desk, second, { address, bills: 5 });

  await openTab(desk, "Bills");
  const grid = page.getByRole("grid", { name: "Bills of the run" });
  await grid.getByText("Ana Flores").waitFor();
  assert.equal(await grid.getByText("Posted", { exact: true }).count(), 5);
  assert.equal(await grid.getByText("Frank Ybarra").count(), 0);
  await page.goto(`/accounts/${broken.account}`);
  await page.getByText("Balance", { exact: true }).first().waitFor();
  assert.equal(await figure(desk, "Balance"), "$0.00");
});
