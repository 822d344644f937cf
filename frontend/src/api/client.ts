/** The typed client: CSRF, versions and refusals are handled here once, for every request. */

import createFetchClient, { type Middleware } from "openapi-fetch";
import createQueryClient from "openapi-react-query";
import { ApiProblem, problemOf } from "./problem";
import type { components, paths } from "./schema";

export type Schema<Name extends keyof components["schemas"]> = components["schemas"][Name];
export type { paths };

let csrfToken = "";
let onSignedOut: () => void = () => {};
const versions = new Map<string, string>();

export function keepCsrfToken(token: string): void {
  csrfToken = token;
}

/** What happens when the session has ended: the router goes to the sign-in page. */
export function whenSignedOut(act: () => void): void {
  onSignedOut = act;
}

/** The `If-Match` header for an act on a resource: the version that this screen last showed. */
export function seen(url: string): { "if-match": string } {
  return { "if-match": versions.get(url) ?? "" };
}

const manners: Middleware = {
  onRequest({ request }) {
    if (request.method !== "GET" && csrfToken) request.headers.set("X-CSRF-Token", csrfToken);
    return request;
  },
  async onResponse({ request, response }) {
    const { pathname } = new URL(request.url);
    if (!response.ok) {
      const problem = await problemOf(response);
      if (problem.status === 401 && !pathname.endsWith("/session")) onSignedOut();
      throw problem;
    }
    const version = response.headers.get("etag");
    if (version) versions.set(pathname, version);
    return response;
  },
};

/** For what is not a query: uploads, exports, the session. Rejects with an `ApiProblem`. */
export const client = createFetchClient<paths>({ baseUrl: window.location.origin });
client.use(manners);

/** For components: `api.useQuery("get", "/api/v1/accounts", …)`; the key is method, path, params. */
export const api = createQueryClient(client);

/** Whether trying again could help: not when the server understood and refused. */
export function isPassing(error: unknown): boolean {
  return !(error instanceof ApiProblem) || error.status >= 502 || error.status === 0;
}

/** Headers for a request outside the typed client (a multipart upload, a CSV export). */
export function unsafeHeaders(): Record<string, string> {
  return csrfToken ? { "X-CSRF-Token": csrfToken } : {};
}
