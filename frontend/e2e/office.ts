/** A server for the journeys: the one at CURBSTOP_URL, or one of our own on a free port. */

import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface Person {
  name: string;
  email: string;
  password: string;
}

export interface Office {
  url: string;
  /** The administrator that `curbstop init` made. */
  admin: Person;
  close: () => Promise<void>;
}

const START_MS_MAX = 120_000;
const ADMIN: Person = {
  name: process.env.CURBSTOP_ADMIN_NAME ?? "Maria Delgado",
  email: process.env.CURBSTOP_ADMIN_EMAIL ?? "maria@example.org",
  password: process.env.CURBSTOP_ADMIN_PASSWORD ?? "quiet-water-2026",
};

export async function openOffice(): Promise<Office> {
  const given = process.env.CURBSTOP_URL;
  if (given) return { url: given.replace(/\/$/, ""), admin: ADMIN, close: async () => {} };

  const folder = mkdtempSync(join(tmpdir(), "curbstop-journeys-"));
  const [command = "curbstop", ...args] = (process.env.CURBSTOP_COMMAND ?? "curbstop").split(" ");
  const env = {
    ...process.env,
    CURBSTOP_DATA_DIR: folder,
    CURBSTOP_ADMIN_NAME: ADMIN.name,
    CURBSTOP_ADMIN_EMAIL: ADMIN.email,
    CURBSTOP_ADMIN_PASSWORD: ADMIN.password,
  };
  const init = spawnSync(command, [...args, "init"], { env, encoding: "utf8" });
  if (init.status !== 0) throw new Error(`curbstop init failed: ${init.stderr || init.error}`);
  const port = await freePort();
  const server = spawn(command, [...args, "serve", "--port", String(port)], {
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  for (const stream of [server.stdout, server.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-4000);
    });
  }
  const url = `http://127.0.0.1:${port}`;
  await ready(url, server, () => said);
  return { url, admin: ADMIN, close: () => stop(server, folder) };
}

async function ready(url: string, server: ChildProcess, said: () => string): Promise<void> {
  const until = Date.now() + START_MS_MAX;
  while (Date.now() < until) {
    if (server.exitCode !== null) throw new Error(`the server ended: ${said()}`);
    const answer = await fetch(`${url}/readyz`).catch(() => null);
    if (answer?.ok) return;
    await new Promise((wake) => setTimeout(wake, 200));
  }
  throw new Error(`the server did not start: ${said()}`);
}

async function stop(server: ChildProcess, folder: string): Promise<void> {
  const ended = new Promise((wake) => server.once("exit", wake));
  server.kill("SIGTERM");
  await Promise.race([ended, new Promise((wake) => setTimeout(wake, 20_000))]);
  if (server.exitCode === null) server.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
}

function freePort(): Promise<number> {
  return new Promise((found, refuse) => {
    const probe = createServer();
    probe.on("error", refuse);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => found(typeof address === "object" && address ? address.port : 0));
    });
  });
}
