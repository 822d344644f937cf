/** The API beside the browser: what a journey sets up before a person sits down. */

import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { type APIRequestContext, request } from "playwright-core";
import type { Office, Person } from "./office.ts";

// Answers are only looked at by the journey that asked; the app itself is typed from the contract.
// biome-ignore lint/suspicious/noExplicitAny: see above
type Answer = any;

export class Api {
  readonly #http: APIRequestContext;
  readonly #headers: Record<string, string>;

  constructor(http: APIRequestContext, token: string) {
    this.#http = http;
    this.#headers = { "X-CSRF-Token": token };
  }

  static async signIn(office: Office, person: Person = office.admin): Promise<Api> {
    const http = await request.newContext({ baseURL: office.url });
    const { email, password } = person;
    const session = await http.post("/api/v1/session", { data: { email, password } });
    assert.ok(session.ok(), await session.text());
    return new Api(http, (await session.json()).csrf_token);
  }

  async get(path: string): Promise<Answer> {
    const answer = await this.#http.get(`/api/v1${path}`);
    assert.ok(answer.ok(), `${path}: ${await answer.text()}`);
    return answer.json();
  }

  /** `version` is what `versionOf` told, for a change that must not meet another's. */
  async post(path: string, data: object, version?: string): Promise<Answer> {
    return this.#send(path, { data }, version ? { "If-Match": version } : {});
  }

  async patch(path: string, data: object, version: string): Promise<Answer> {
    const headers = { ...this.#headers, "If-Match": version };
    const answer = await this.#http.patch(`/api/v1${path}`, { headers, data });
    assert.ok(answer.ok(), `${path}: ${await answer.text()}`);
    return answer.json();
  }

  async versionOf(path: string): Promise<string> {
    const answer = await this.#http.get(`/api/v1${path}`);
    assert.ok(answer.ok(), `${path}: ${await answer.text()}`);
    return answer.headers().etag ?? "";
  }

  /** The problem with which a request is refused. */
  async refused(path: string, data: object): Promise<Answer> {
    const answer = await this.#http.post(`/api/v1${path}`, { headers: this.#headers, data });
    assert.ok(!answer.ok(), `${path} was to be refused`);
    return answer.json();
  }

  /** Sends a file with the other fields of its form. */
  async upload(
    path: string,
    name: string,
    text: string,
    fields: Record<string, string>,
  ): Promise<Answer> {
    const file = { name, mimeType: "application/octet-stream", buffer: Buffer.from(text) };
    return this.#send(path, { multipart: { ...fields, file } });
  }

  async #send(path: string, content: object, more: Record<string, string> = {}) {
    const headers = { ...this.#headers, ...more };
    const answer = await this.#http.post(`/api/v1${path}`, { headers, ...content });
    assert.ok(answer.ok(), `${path}: ${await answer.text()}`);
    return answer.status() === 204 ? null : answer.json();
  }

  async close(): Promise<void> {
    await this.#http.dispose();
  }
}

/** A UUIDv7, as every id of ours. */
export function uuid7(): string {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(Date.now(), 0, 6);
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

let made = 0;

/** A short text that no other journey of this office uses. */
export function unique(prefix: string): string {
  made += 1;
  return `${prefix}${Date.now().toString(36).toUpperCase()}${made}`;
}
