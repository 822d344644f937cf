/** A stand-in for the API in component tests: typed answers by method and path. */

import { vi } from "vitest";
import type { ListPath, RowOf } from "@/api/lists";

export interface Asked {
  method: string;
  url: URL;
  headers: Headers;
  body: unknown;
}

export interface Served {
  asked: Asked[];
}

type Answer = (asked: Asked) => Response;

/** Answers `fetch` with these handlers, `"GET /api/v1/jobs"` and the like; others are an error. */
export function serve(handlers: Record<string, Answer>): Served {
  const served: Served = { asked: [] };
  vi.stubGlobal("fetch", async (input: RequestInfo | URL, init?: RequestInit) => {
    const request = new Request(
      input instanceof Request ? input : new URL(String(input), window.location.origin),
      init,
    );
    const url = new URL(request.url);
    const text = await request.text();
    const asked = {
      method: request.method,
      url,
      headers: request.headers,
      body: text ? JSON.parse(text) : null,
    };
    served.asked.push(asked);
    const answer = handlers[`${request.method} ${url.pathname}`];
    if (!answer) throw new Error(`no handler for ${request.method} ${url.pathname}`);
    return answer(asked);
  });
  return served;
}

/** A list of made rows, paged as the server pages. */
export function listOf<P extends ListPath>(
  _path: P,
  total: number,
  row: (index: number) => RowOf<P>,
) {
  return ({ url }: Asked): Response => {
    const limit = Number(url.searchParams.get("limit") ?? 50);
    const offset = Number(url.searchParams.get("offset") ?? 0);
    const count = Math.max(0, Math.min(limit, total - offset));
    const items = Array.from({ length: count }, (_, index) => row(offset + index));
    return Response.json({ items, total, limit, offset });
  };
}

/** A refusal as the API renders it. */
export function problem(
  status: number,
  kind: string,
  title: string,
  errors: object[] = [],
): Response {
  const body = { type: `/problems/${kind}`, title, status, detail: "", errors, request_id: "r1" };
  return Response.json(body, { status, headers: { "Content-Type": "application/problem+json" } });
}
