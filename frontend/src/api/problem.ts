/** Refusals of the API (RFC 9457) and failures to reach it, as one kind of error. */

import { withDays } from "@/lib/dates";

export interface ProblemField {
  pointer: string;
  detail: string;
}

export class ApiProblem extends Error {
  /** The slug of `type`, for example `approver-is-requester`; `unreachable` without an answer. */
  readonly kind: string;
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly errors: readonly ProblemField[];
  readonly requestId: string;

  constructor(
    kind: string,
    status: number,
    title: string,
    detail = "",
    errors: readonly ProblemField[] = [],
    requestId = "",
  ) {
    super(withDays(detail) || title);
    this.kind = kind;
    this.status = status;
    this.title = title;
    this.detail = withDays(detail);
    this.errors = errors.map(readable);
    this.requestId = requestId;
  }
}

/** Days as the office writes them, but for what quotes a file, where they stand as they came. */
function readable({ pointer, detail }: ProblemField): ProblemField {
  return { pointer, detail: pointer.startsWith("line ") ? detail : withDays(detail) };
}

/** Reads a refused answer, whether it is a problem document or something a proxy wrote. */
export async function problemOf(response: Response): Promise<ApiProblem> {
  const body: unknown = await response.json().catch(() => null);
  const said = typeof body === "object" && body !== null ? (body as Record<string, unknown>) : {};
  return new ApiProblem(
    text(said.type).replace(/^.*\//, "") || "unknown",
    response.status,
    text(said.title) || `The server answered ${response.status}`,
    text(said.detail),
    Array.isArray(said.errors) ? said.errors.filter(isField) : [],
    text(said.request_id),
  );
}

/** Any thrown thing as a problem: fetch rejects with a TypeError when there is no connection. */
export function asProblem(error: unknown): ApiProblem {
  if (error instanceof ApiProblem) return error;
  if (error instanceof TypeError && /fetch|network|load failed/i.test(error.message)) {
    return new ApiProblem(
      "unreachable",
      0,
      "The server cannot be reached",
      "Try again in a moment.",
    );
  }
  return new ApiProblem("defect", 0, "Something went wrong in the browser", String(error));
}

/**
 * Splits field errors between the fields of a form and the rest.
 *
 * A pointer `/amount_cents` or `/lines/0/amount_cents` belongs to the field whose name is that
 * path joined by dots; what names no field of the form goes to the banner, so nothing is lost.
 */
export function placeErrors(
  problem: ApiProblem,
  fields: readonly string[],
): { placed: Map<string, string>; rest: ProblemField[] } {
  const placed = new Map<string, string>();
  const rest: ProblemField[] = [];
  for (const error of problem.errors) {
    const name = error.pointer.replace(/^\//, "").replaceAll("/", ".");
    if (fields.includes(name)) placed.set(name, sentence(error.detail));
    else rest.push(error);
  }
  return { placed, rest };
}

function sentence(detail: string): string {
  return detail.charAt(0).toUpperCase() + detail.slice(1);
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function isField(value: unknown): value is ProblemField {
  if (typeof value !== "object" || value === null) return false;
  return "pointer" in value && "detail" in value;
}
