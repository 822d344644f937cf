/** A server with a demo district: the one at CURBSTOP_URL, or one of our own on a free port. */

import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
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
  technician: Person;
  supervisor: Person;
  admin: Person;
  /** The read file that waits to be imported. */
  readFile: string;
  /** The last lines of the server's log, for a journey that failed; nothing for a given server. */
  said: () => string;
  close: () => Promise<void>;
}

const START_MS_MAX = 120_000;
const ACCOUNTS = process.env.JOURNEY_ACCOUNTS ?? "200";
const person = (name: string, login: string): Person => ({
  name,
  email: `${login}@tulebend.example`,
  password: "tule-bend-demo",
});
const PEOPLE = {
  technician: person("Maria Delgado", "maria"),
  supervisor: person("Sam Ortega", "sam"),
  admin: person("Ada Byron", "admin"),
};

export async function openOffice(): Promise<Office> {
  const given = process.env.CURBSTOP_URL;
  if (given) {
    const readFile = fileIn(process.env.CURBSTOP_DATA_DIR ?? ".");
    return {
      url: given.replace(/\/$/, ""),
      ...PEOPLE,
      readFile,
      said: () => "",
      close: async () => {},
    };
  }
  const folder = mkdtempSync(join(tmpdir(), "curbstop-journeys-"));
  // Under root the database runs as another user, who must come through to its files.
  chmodSync(folder, 0o755);
  const [command = "curbstop", ...args] = (process.env.CURBSTOP_COMMAND ?? "curbstop").split(" ");
  const env = { ...process.env, CURBSTOP_DATA_DIR: folder };
  const made = spawnSync(command, [...args, "demo", "--accounts", ACCOUNTS], {
    env,
    encoding: "utf8",
  });
  if (made.status !== 0) throw new Error(`curbstop demo failed: ${made.stderr || made.error}`);
  const port = await freePort();
  const server = spawn(command, [...args, "serve", "--port", String(port)], {
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  for (const stream of [server.stdout, server.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-12_000);
    });
  }
  const url = `http://127.0.0.1:${port}`;
  await ready(url, server, () => said);
  const close = () => stop(server, folder);
  return { url, ...PEOPLE, readFile: fileIn(folder), said: () => said, close };
}

function fileIn(folder: string): string {
  const name = readdirSync(folder).find((file) => /^reads-.*\.csv$/.test(file));
  return name ? join(folder, name) : "";
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
