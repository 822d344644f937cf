/**
 * Browser journeys: a real Chromium on a real server.
 *
 *   node e2e/run.ts [WORD…]      only journeys whose name holds one of the words
 *
 * CURBSTOP_URL      a running server; without it one is started with a data folder of its own
 * CURBSTOP_COMMAND  how to start it (default: curbstop)
 * CHROMIUM          the browser (default: /usr/bin/chromium)
 * SCREENSHOTS       folder for pictures, light and dark (default: e2e/screenshots)
 * PICTURES=docs     renews the pictures of README and the guides, too
 */

import { readdirSync } from "node:fs";
import { Browser } from "./browser.ts";
import { type Journey, journeys } from "./journey.ts";
import { openOffice } from "./office.ts";

const JOURNEY_MS_MAX = 120_000;

for (const file of readdirSync(new URL("./journeys", import.meta.url)).sort()) {
  if (file.endsWith(".ts")) await import(`./journeys/${file}`);
}

const words = process.argv.slice(2).map((word) => word.toLowerCase());
const chosen = journeys.filter(
  ({ name }) => words.length === 0 || words.some((word) => name.toLowerCase().includes(word)),
);
const office = await openOffice();
const browser = await Browser.launch(office.url);
let failed = 0;
try {
  for (const journey of chosen) failed += (await passes(journey)) ? 0 : 1;
} finally {
  await browser.close();
  await office.close();
}
console.log(`${chosen.length - failed} passed, ${failed} failed`);
process.exitCode = failed > 0 || chosen.length === 0 ? 1 : 0;

async function passes(journey: Journey): Promise<boolean> {
  const started = performance.now();
  const desk = await browser.openDesk();
  const desks = [desk];
  const another = async () => {
    const next = await browser.openDesk();
    desks.push(next);
    return next;
  };
  let timer: NodeJS.Timeout | undefined;
  try {
    const late = new Promise<never>((_, refuse) => {
      timer = setTimeout(() => refuse(new Error("took too long")), JOURNEY_MS_MAX);
    });
    await Promise.race([journey.walk(desk, office, another), late]);
    for (const one of desks) one.assertQuiet();
    console.log(`ok    ${journey.name} (${((performance.now() - started) / 1000).toFixed(1)} s)`);
    return true;
  } catch (error) {
    console.log(`FAIL  ${journey.name}`);
    console.log(error instanceof Error ? (error.stack ?? error.message) : error);
    if (/\[error/.test(office.said())) console.log(`the server said: ${office.said()}`);
    await desk.picture(`failed-${journey.name.replaceAll(/\W+/g, "-")}`).catch(() => {});
    return false;
  } finally {
    clearTimeout(timer);
    for (const one of desks) await one.close();
  }
}
