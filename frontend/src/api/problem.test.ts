import { describe, expect, test } from "vitest";
import { problem } from "@/testing/server";
import { paceOf } from "./jobs";
import { listUrl } from "./lists";
import { ApiProblem, asProblem, placeErrors, problemOf } from "./problem";

describe("refusals", () => {
  test("a problem document keeps its slug, its fields and its id", async () => {
    const errors = [{ pointer: "/amount_cents", detail: "must not be zero" }];
    const found = await problemOf(problem(422, "bad-input", "The input is not acceptable", errors));
    expect(found.kind).toBe("bad-input");
    expect(found.requestId).toBe("r1");
    expect(found.errors).toEqual(errors);
  });

  test("what a proxy writes is still a problem with its status", async () => {
    const found = await problemOf(new Response("<h1>Bad gateway</h1>", { status: 502 }));
    expect(found.status).toBe(502);
    expect(found.title).toContain("502");
  });

  test("no connection is told from a defect", () => {
    expect(asProblem(new TypeError("Failed to fetch")).kind).toBe("unreachable");
    expect(asProblem(new TypeError("x is not a function")).kind).toBe("defect");
  });

  test("pointers go to the fields they name, the rest stays visible", () => {
    const refusal = new ApiProblem("bad-input", 422, "No", "", [
      { pointer: "/amount_cents", detail: "must not be zero" },
      { pointer: "/lines/0/note", detail: "is too short" },
      { pointer: "/account_id", detail: "no such account" },
    ]);
    const { placed, rest } = placeErrors(refusal, ["amount_cents", "lines.0.note"]);
    expect(Object.fromEntries(placed)).toEqual({
      amount_cents: "Must not be zero",
      "lines.0.note": "Is too short",
    });
    expect(rest.map(({ pointer }) => pointer)).toEqual(["/account_id"]);
  });
});

test("the address of a list fills its path and leaves empty filters out", () => {
  const url = listUrl(
    "/api/v1/bill-runs/{run_id}/bills",
    { run_id: "a b" },
    { q: "1 & 2", state: undefined, sort: "", offset: 0 },
  );
  expect(url).toBe("/api/v1/bill-runs/a%20b/bills?q=1+%26+2&offset=0");
});

test("the pace of a job", () => {
  const started_at = "2026-11-22T00:00:00Z";
  const now = Date.parse(started_at) + 10_000;
  expect(paceOf({ done: 100, total: 400, started_at }, now)).toEqual({
    perSecond: 10,
    secondsLeft: 30,
  });
  expect(paceOf({ done: 0, total: 400, started_at }, now)).toBeNull();
});
