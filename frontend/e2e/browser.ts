/** A desk: one person's browser window, with what journeys do at it. */

import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import {
  type BrowserContext,
  chromium,
  type Page,
  type Browser as Playwright,
} from "playwright-core";
import type { Person } from "./office.ts";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"];
const SETTLE_MS = 200;
const PICTURES =
  process.env.SCREENSHOTS ?? fileURLToPath(new URL("./screenshots", import.meta.url));
/** Pictures for README and the guides are renewed by `PICTURES=docs`. */
const GUIDE_PICTURES =
  process.env.PICTURES === "docs"
    ? fileURLToPath(new URL("../../docs/images", import.meta.url))
    : null;
const ARGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

interface AxeResult {
  id: string;
  impact: string;
  nodes: { target: string[]; failureSummary: string }[];
}

export class Browser {
  readonly #browser: Playwright;
  readonly #url: string;

  constructor(browser: Playwright, url: string) {
    this.#browser = browser;
    this.#url = url;
  }

  static async launch(url: string): Promise<Browser> {
    const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
    assert.ok(existsSync(executablePath), `no browser at ${executablePath}; set CHROMIUM`);
    for (const folder of [PICTURES, GUIDE_PICTURES]) {
      if (folder) mkdirSync(folder, { recursive: true });
    }
    return new Browser(await chromium.launch({ executablePath, headless: true, args: ARGS }), url);
  }

  async openDesk(): Promise<Desk> {
    const context = await this.#browser.newContext({
      baseURL: this.#url,
      viewport: { width: 1440, height: 900 },
      permissions: ["clipboard-read", "clipboard-write"],
    });
    return new Desk(context, await context.newPage(), this.#url);
  }

  async close(): Promise<void> {
    await this.#browser.close();
  }
}

export class Desk {
  readonly page: Page;
  readonly #context: BrowserContext;
  readonly #complaints: string[] = [];
  readonly #tolerated: RegExp[] = [];

  constructor(context: BrowserContext, page: Page, url: string) {
    this.#context = context;
    this.page = page;
    page.setDefaultTimeout(15_000);
    page.on("pageerror", (error) => this.#complaints.push(`page error: ${error.message}`));
    page.on("console", (message) => {
      // A refused request is logged by the browser itself; what the screen says of it is checked.
      if (message.type() === "error" && !/Failed to load resource/.test(message.text())) {
        this.#complaints.push(`console: ${message.text()}`);
      }
    });
    page.on("request", (request) => {
      const asked = request.url();
      if (!asked.startsWith(url) && !/^(data|blob|about):/.test(asked)) {
        this.#complaints.push(`request to another host: ${asked}`);
      }
    });
  }

  async signIn(person: Person, to = "/"): Promise<void> {
    await this.page.goto(to);
    await this.page.getByLabel("E-mail").fill(person.email);
    await this.page.getByLabel("Password").fill(person.password);
    await this.page.keyboard.press("Enter");
    await this.page.getByRole("navigation", { name: "Main" }).waitFor();
  }

  /** No violation of WCAG 2.1 A or AA on what the screen shows now. */
  async assertAccessible(what: string): Promise<void> {
    await this.page.waitForTimeout(SETTLE_MS);
    const violations = await this.page.evaluate(
      async ([source, tags]) => {
        const scope = window as unknown as {
          axe?: { run: (root: Document, options: object) => Promise<{ violations: AxeResult[] }> };
        };
        // biome-ignore lint/security/noGlobalEval: puts axe into the page under test
        if (!scope.axe) window.eval(source as string);
        const found = await scope.axe?.run(document, {
          runOnly: { type: "tag", values: tags },
        });
        return found?.violations ?? [];
      },
      [AXE, AXE_TAGS] as const,
    );
    const told = violations.map(
      ({ id, impact, nodes }) =>
        `${id} (${impact}) ×${nodes.length}: ${nodes[0]?.target.join(" ")} ${nodes[0]?.failureSummary}`,
    );
    assert.deepEqual(told, [], `${what} is not accessible`);
  }

  /** Pictures in light and dark, and axe on both. One of them may be for the guides as well. */
  async show(name: string, guide?: "light" | "dark"): Promise<void> {
    for (const theme of ["light", "dark"] as const) {
      await this.page.emulateMedia({ colorScheme: theme });
      await this.assertAccessible(`${name} in ${theme}`);
      await this.page.screenshot({ path: `${PICTURES}/${name}-${theme}.png` });
      if (guide === theme && GUIDE_PICTURES) await this.#forGuide(name);
    }
    await this.page.emulateMedia({ colorScheme: "light" });
  }

  /** Without the news of the last act in its corner. */
  async #forGuide(name: string): Promise<void> {
    const showNews = (visibility: string) =>
      this.page.evaluate((shown) => {
        const news = document.querySelector<HTMLElement>(".toasts");
        if (news) news.style.visibility = shown;
      }, visibility);
    await this.page.mouse.move(0, 0);
    await showNews("hidden");
    await this.page.screenshot({ path: `${GUIDE_PICTURES}/${name}.png` });
    await showNews("");
  }

  async picture(name: string): Promise<void> {
    await this.page.screenshot({ path: `${PICTURES}/${name}.png` });
  }

  /** A complaint that this journey provokes on purpose. */
  tolerate(complaint: RegExp): void {
    this.#tolerated.push(complaint);
  }

  /** Nothing broke behind the screen: no page error, no console error, no foreign request. */
  assertQuiet(): void {
    const left = this.#complaints.filter(
      (complaint) => !this.#tolerated.some((expected) => expected.test(complaint)),
    );
    assert.deepEqual(left, []);
  }

  async close(): Promise<void> {
    await this.#context.close();
  }
}
