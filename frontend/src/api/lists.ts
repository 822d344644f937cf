/** Staff lists: their paths and row types, one window of rows, and the whole as a file. */

import { problemOf } from "./problem";
import type { paths } from "./schema";

interface PageOf {
  items: unknown[];
  total: number;
}

type Answer<P extends keyof paths> = paths[P] extends {
  get: { responses: { 200: { content: { "application/json": infer Body } } } };
}
  ? Body
  : never;

/** Paths whose GET answers with a page. */
export type ListPath = {
  [P in keyof paths]: Answer<P> extends PageOf ? P : never;
}[keyof paths];

export type RowOf<P extends ListPath> = Answer<P> extends { items: (infer Row)[] } ? Row : never;

/** The filters of a list, as the contract names them. */
export type QueryOf<P extends ListPath> = paths[P] extends {
  get: { parameters: { query?: infer Query } };
}
  ? NonNullable<Query>
  : never;

export type Params = Record<string, string | number | boolean | null | undefined>;

export interface ListWindow<Row> {
  items: Row[];
  total: number;
}

/** The address of a list: path parameters filled in, empty filters left out. */
export function listUrl(path: string, pathParams: Params, query: Params): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(String(pathParams[name] ?? "")),
  );
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== "") search.set(name, String(value));
  }
  const text = search.toString();
  return text ? `${filled}?${text}` : filled;
}

/** One window of rows. Rejects with an `ApiProblem`. */
export async function fetchWindow<Row>(url: string, signal: AbortSignal): Promise<ListWindow<Row>> {
  const response = await fetch(url, { signal, headers: { Accept: "application/json" } });
  if (!response.ok) throw await problemOf(response);
  return (await response.json()) as ListWindow<Row>;
}

const EXPORTS = {
  csv: "text/csv",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
} as const;

export type FileKind = keyof typeof EXPORTS;

/** Lists whose rows have fields that the contract marks confidential; a test compares them. */
const CONFIDENTIAL: ReadonlySet<string> = new Set<ListPath>([
  "/api/v1/account-files",
  "/api/v1/account-balances",
  "/api/v1/accounts",
  "/api/v1/accounts/{account_id}/changes",
  "/api/v1/approvals",
  "/api/v1/audit-events",
  "/api/v1/bill-runs/{run_id}/bills",
  "/api/v1/bill-runs/{run_id}/exceptions",
  "/api/v1/bills",
  "/api/v1/contact-notes",
  "/api/v1/cycles/{cycle_id}/accounts",
  "/api/v1/customers",
  "/api/v1/meters/{meter_id}/changes",
  "/api/v1/parcels/{parcel_id}/changes",
  "/api/v1/read-audits/{audit_id}/items",
  "/api/v1/read-reviews",
  "/api/v1/service-points",
  "/api/v1/service-points/{service_point_id}/changes",
  "/api/v1/winter-averages",
  "/api/v1/winter-proposals/{proposal_id}/lines",
]);

/** Whether an export of the list is redacted unless a reason is given. */
export function hasConfidential(path: string): boolean {
  return CONFIDENTIAL.has(path);
}

/**
 * Saves the whole list, as filtered and sorted now, under the name the server gives it. With a
 * reason, which the server logs, confidential fields are in it. Rejects with an `ApiProblem`.
 */
export async function saveList(url: string, kind: FileKind, reason?: string): Promise<void> {
  const asked = reason
    ? `${url}${url.includes("?") ? "&" : "?"}reason=${encodeURIComponent(reason)}`
    : url;
  const response = await fetch(asked, { headers: { Accept: EXPORTS[kind] } });
  if (!response.ok) throw await problemOf(response);
  const disposition = response.headers.get("content-disposition") ?? "";
  saveBlob(await response.blob(), /filename="([^"]+)"/.exec(disposition)?.[1] ?? `list.${kind}`);
}

/** Hands a file to the browser's downloads. */
export function saveBlob(blob: Blob, name: string): void {
  const address = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
