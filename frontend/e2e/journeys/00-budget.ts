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
  await desk.signIn(office.admin);
  await page.getByRole("heading", { name: /Good day/ }).waitFor();
  const door = await spent();
  // The door and the home behind it together, which is what a morning's first visit loads.
  console.log(`      door and home: ${door.toFixed(0)} kB`);
  assert.ok(sizes.size > 2, "the app is split");
  assert.ok(door <= BUDGET_KB, `${door.toFixed(0)} kB is over ${BUDGET_KB}`);

  sizes.clear();
  await page.goto("/jobs");
  await page.getByRole("grid").waitFor();
  const list = await spent();
  console.log(`      a list, opened by its address: ${list.toFixed(0)} kB`);
  assert.ok(list <= BUDGET_KB, `${list.toFixed(0)} kB is over ${BUDGET_KB}`);
});
