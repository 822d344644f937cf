/**
 * How fast the screens are, in a real Chromium on a running server; prints JSON.
 *
 *   CURBSTOP_URL=… CURBSTOP_EMAIL=… CURBSTOP_PASSWORD=… node e2e/measure.ts
 *
 * first_screen_ms   cold context, from the address to the first row of the accounts list (median)
 * first_screen_kb   JavaScript of that screen, gzip-9
 * frame_ms          between frames while the whole list is scrolled at a screen a frame
 * search_ms         from the last key in the search box to the first finding (median, worst)
 */

import { gzipSync } from "node:zlib";
import type { Page } from "playwright-core";
import type { components } from "../src/api/schema";
import { Browser, type Desk } from "./browser.ts";

type Schema<Name extends keyof components["schemas"]> = components["schemas"][Name];

const COLD_STARTS = 5;
const FRAMES = 240;
const SCRAPS = 12;

const [url, email, password] = ["CURBSTOP_URL", "CURBSTOP_EMAIL", "CURBSTOP_PASSWORD"].map(
  (name) => {
    const value = process.env[name];
    if (!value) throw new Error(`set ${name}`);
    return value;
  },
) as [string, string, string];

const browser = await Browser.launch(url);
try {
  const starts: number[] = [];
  let kB = 0;
  for (let start = 0; start < COLD_STARTS; start++) {
    const desk = await browser.openDesk();
    const bodies = scriptsOf(desk.page);
    starts.push(await firstScreen(desk));
    kB = (await Promise.all(bodies.values())).reduce((sum, size) => sum + size, 0) / 1000;
    await desk.close();
  }
  const desk = await browser.openDesk();
  await firstScreen(desk);
  const frames = await scrolled(desk.page);
  const searches = await searched(desk.page, await scrapsOf(desk.page));
  const figures = {
    first_screen_ms: middle(starts),
    first_screen_kb: kB,
    frame_ms_p50: middle(frames),
    frame_ms_p95: at(frames, 0.95),
    search_ms: middle(searches),
    search_ms_max: Math.max(...searches),
  };
  console.log(JSON.stringify(figures));
} finally {
  await browser.close();
}

/** Signs in without the page, so that nothing of the app is in its cache, and opens the list. */
async function firstScreen({ page }: Desk): Promise<number> {
  const answer = await page.request.post("/api/v1/session", { data: { email, password } });
  if (!answer.ok()) throw new Error(`sign-in answered ${answer.status()}`);
  const started = performance.now();
  await page.goto("/accounts", { waitUntil: "commit" });
  await page.getByRole("gridcell").first().waitFor();
  return performance.now() - started;
}

function scriptsOf(page: Page): Map<string, Promise<number>> {
  const sizes = new Map<string, Promise<number>>();
  page.on("response", (response) => {
    if (!response.url().endsWith(".js")) return;
    const size = response.body().then((body) => gzipSync(body, { level: 9 }).length);
    sizes.set(response.url(), size);
  });
  return sizes;
}

/** Milliseconds between frames while the list runs by, a screen of rows at each. */
function scrolled(page: Page): Promise<number[]> {
  return page.evaluate(async (count) => {
    const grid = document.querySelector("[role=grid]");
    if (!grid) throw new Error("no list on the screen");
    const frame = () => new Promise<number>((next) => requestAnimationFrame(next));
    const gaps: number[] = [];
    let last = await frame();
    for (let step = 0; step < count; step++) {
      grid.scrollTop += grid.clientHeight;
      const now = await frame();
      gaps.push(now - last);
      last = now;
    }
    return gaps;
  }, FRAMES);
}

/** What somebody on the telephone says first: a number, a name or an address, in turn. */
async function scrapsOf(page: Page): Promise<string[]> {
  const answer = await page.request.get(`/api/v1/accounts?limit=${SCRAPS}`);
  const { items } = (await answer.json()) as { items: Schema<"AccountRow">[] };
  return items.map(({ number, customer_name, service_address }, index) => {
    const said = [number, customer_name.split(" ").at(-1), service_address?.slice(0, 10)];
    return (said[index % said.length] ?? number).trim();
  });
}

async function searched(page: Page, scraps: readonly string[]): Promise<number[]> {
  const took: number[] = [];
  for (const scrap of scraps) {
    await page.keyboard.press("Control+k");
    const box = page.getByRole("dialog", { name: "Search everywhere" });
    await box.waitFor();
    await page.keyboard.type(scrap.slice(0, -1));
    await page.waitForTimeout(600); // the findings so far have come
    const answered = page.waitForResponse((response) => response.url().includes("/api/v1/search"));
    const started = performance.now();
    await page.keyboard.type(scrap.slice(-1));
    await answered;
    await box.getByRole("menuitem").first().waitFor();
    took.push(performance.now() - started);
    await page.keyboard.press("Escape"); // empties the box
    await page.keyboard.press("Escape");
    await box.waitFor({ state: "hidden" });
  }
  return took;
}

function middle(values: readonly number[]): number {
  return at(values, 0.5);
}

function at(values: readonly number[], share: number): number {
  const ordered = [...values].sort((a, b) => a - b);
  return ordered[Math.max(0, Math.ceil(ordered.length * share) - 1)] ?? Number.NaN;
}
