/** The house rules of the staff app, held by a test: sizes, and which folder may know which. */

import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, test } from "vitest";

const SRC = join(process.cwd(), "src");
const LINES_MAX = 250;
const GENERATED = "api/schema.d.ts";

/** Who may import whom, top to bottom; a feature never knows another feature. */
const MAY_KNOW: Record<string, readonly string[]> = {
  routes: ["features", "shell", "components", "api", "lib"],
  shell: ["components", "api", "lib"],
  features: ["shell", "components", "api", "lib"],
  components: ["api", "lib"],
  api: ["lib"],
  lib: [],
};

const files = [...walk(SRC), ...walk(join(process.cwd(), "e2e"))];

function walk(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return walk(path);
    return /\.tsx?$/.test(entry.name) ? [path] : [];
  });
}

function importsOf(path: string): string[] {
  const found = readFileSync(path, "utf8").matchAll(/(?:from|import\()\s*"([^"]+)"/g);
  return [...found].flatMap(([, name]) => {
    if (name?.startsWith("@/")) return [name.slice(2)];
    return name?.startsWith(".") ? [relative(SRC, join(path, "..", name))] : [];
  });
}

test("files stay readable", () => {
  const long = files
    .filter((path) => !path.endsWith(GENERATED))
    .map(
      (path) => [relative(SRC, path), readFileSync(path, "utf8").split("\n").length - 1] as const,
    )
    .filter(([, lines]) => lines > LINES_MAX);
  expect(long).toEqual([]);
});

describe("imports point down", () => {
  const ours = files.filter((path) => path.startsWith(SRC) && !/\.test\.tsx?$/.test(path));
  test.each(Object.keys(MAY_KNOW))("%s", (room) => {
    const wrong = ours
      .filter((path) => relative(SRC, path).startsWith(`${room}/`))
      .flatMap((path) =>
        importsOf(path)
          .filter((name) => !isAllowed(relative(SRC, path), name))
          .map((name) => `${relative(SRC, path)} imports ${name}`),
      );
    expect(wrong).toEqual([]);
  });
});

function isAllowed(path: string, name: string): boolean {
  const [room = "", slice] = path.split("/");
  const [target = "", other] = name.split("/");
  if (room === target) return room !== "features" || slice === other;
  return MAY_KNOW[room]?.includes(target) ?? false;
}

test("the rule that features do not know each other can fail", () => {
  expect(isAllowed("features/bills/bill.tsx", "features/accounts/account")).toBe(false);
  expect(isAllowed("features/bills/bill.tsx", "features/bills/lines")).toBe(true);
  expect(isAllowed("components/pill.tsx", "features/bills/lines")).toBe(false);
});
