import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { journey } from "../journey.ts";

const BUDGET_KB = 250;

journey("the first screen costs at most 250 kB of JavaScript, compressed", async (desk, office) => {
  const { page } = desk;
  const sizes = new Map<string, Promise<number>>();
  page.on("response", (response) => {
    if (!response.url().endsWith(".js") || sizes.has(response.url())) return;
    sizes.set(
      response.url(),
      response.body().then((body) => gzipSync(body, { level: 9 }).length),
    );
  });
  const spent = async () => {
    const bytes = await Promise.all(sizes.values());
    return bytes.reduce((sum, size) => sum + size, 0) / 1000;
  };
  const within = async (what: string, path: string, arrived: () => Promise<unknown>) => {
    sizes.clear();
    await page.goto(path);
    await arrived();
    await page.waitForTimeout(300);
    const kB = await spent();
    console.log(`      ${what}: ${kB.toFixed(0)} kB`);
    assert.ok(sizes.size > 2, "the app is split");
    assert.ok(kB <= BUDGET_KB, `${what}: ${kB.toFixed(0)} kB is over ${BUDGET_KB}`);
  };
  await within("the door", "/sign-in", () => page.getByLabel("E-mail").waitFor());
  await desk.signIn(office.technician);
  await within("home", "/", () => page.getByRole("heading", { name: /Good day/ }).waitFor());
  await within("a list", "/accounts", () => page.getByRole("gridcell").first().waitFor());
});
