import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { describe, expect, test } from "vitest";
import type { RowOf } from "@/api/lists";
import { renderAt } from "@/testing/render";
import { listOf, problem, serve } from "@/testing/server";
import { columnsOf, DataGrid, type Selection } from ".";
import { moveTo, nextSort } from "./keys";
import { ALL, countOf, isSelected, NOTHING, toggled, withRange } from "./selection";
import { windowsOf } from "./use-windows";

type Job = RowOf<"/api/v1/jobs">;
const col = columnsOf<Job>();
const COLUMNS = [col.text("kind", "Work"), col.state("state", "State"), col.count("done", "Done")];

function job(index: number): Job {
  return {
    id: `00000000-0000-7000-8000-${String(index).padStart(12, "0")}`,
    kind: `work.${index}`,
    subject_id: null,
    state: "done",
    attempt: 1,
    done: index,
    total: 1000,
    message: "",
    result: null,
    error: null,
    args: {},
    created_by_name: "Maria Delgado",
    cancel_asked_at: null,
    again_of: null,
    again_as: null,
    created_by: "00000000-0000-7000-8000-000000000000",
    created_at: "2026-11-22T00:00:00Z",
    started_at: null,
    finished_at: null,
  };
}

function Grid({ onPick, q }: { onPick?: (selection: Selection) => void; q?: string }) {
  const [sort, setSort] = useState<string | undefined>();
  return (
    <DataGrid
      name="test"
      label="Jobs"
      noun={["job", "jobs"]}
      path="/api/v1/jobs"
      columns={COLUMNS}
      q={q}
      sort={sort}
      onSearch={(change) => "sort" in change && setSort(change.sort)}
      hrefOf={(row) => `/jobs/${row.kind}`}
      bulk={(selection) => {
        onPick?.(selection);
        return null;
      }}
      empty={<p>None yet</p>}
    />
  );
}

describe("the grid", () => {
  test("asks for windows of 200 and tells the true size", async () => {
    const served = serve({ "GET /api/v1/jobs": listOf("/api/v1/jobs", 4212, job) });
    await renderAt(() => <Grid />);
    await screen.findByText("work.0");
    expect(screen.getByRole("grid").getAttribute("aria-rowcount")).toBe("4213");
    expect(screen.getByText("4,212 jobs")).toBeTruthy();
    expect(served.asked).toHaveLength(1);
    expect(served.asked[0]?.url.search).toBe("?limit=200&offset=0");
  });

  test("the far end is reached by key, with its own window, and the focus never leaves", async () => {
    const served = serve({ "GET /api/v1/jobs": listOf("/api/v1/jobs", 4212, job) });
    await renderAt(() => <Grid />);
    await screen.findByText("work.0");
    const grid = screen.getByRole("grid");
    grid.focus();
    await userEvent.keyboard("{Control>}{End}{/Control}");
    await waitFor(() => expect(grid.getAttribute("aria-activedescendant")).toMatch(/-r4211-c2$/));
    expect(document.activeElement).toBe(grid);
    const cell = document.getElementById(grid.getAttribute("aria-activedescendant") ?? "");
    expect(cell).not.toBeNull();
    expect(served.asked.length).toBeGreaterThan(0);
  });

  test("S sorts by the active column: up, down, own order", async () => {
    const served = serve({ "GET /api/v1/jobs": listOf("/api/v1/jobs", 3, job) });
    await renderAt(() => <Grid />);
    await screen.findByText("work.0");
    screen.getByRole("grid").focus();
    await userEvent.keyboard("s");
    await waitFor(() => expect(served.asked.at(-1)?.url.searchParams.get("sort")).toBe("kind"));
    await userEvent.keyboard("s");
    await waitFor(() => expect(served.asked.at(-1)?.url.searchParams.get("sort")).toBe("-kind"));
    const head = screen.getByRole("columnheader", { name: /Work/ });
    expect(head.getAttribute("aria-sort")).toBe("descending");
  });

  test("selects by Space and Shift, then all that match but one", async () => {
    serve({ "GET /api/v1/jobs": listOf("/api/v1/jobs", 4212, job) });
    let picked: Selection = NOTHING;
    await renderAt(() => (
      <Grid
        onPick={(selection) => {
          picked = selection;
        }}
      />
    ));
    await screen.findByText("work.0");
    screen.getByRole("grid").focus();
    await userEvent.keyboard(" {Shift>}{ArrowDown}{ArrowDown}{/Shift}");
    await screen.findByText("3 jobs selected");
    expect(picked.ids.size).toBe(3);
    await userEvent.click(screen.getByRole("button", { name: "Select all 4,212 that match" }));
    await userEvent.click(screen.getAllByText("selected")[0] as HTMLElement);
    await screen.findByText("4,211 jobs selected");
    expect(picked.all).toBe(true);
    expect(picked.ids.size).toBe(1);
  });

  test("what has left the list is selected no more", async () => {
    serve({ "GET /api/v1/jobs": listOf("/api/v1/jobs", 20, job) });
    const { cache } = await renderAt(() => <Grid />);
    await screen.findByText("work.0");
    screen.getByRole("grid").focus();
    await userEvent.keyboard(" {ArrowDown} ");
    await screen.findByText("2 jobs selected");
    serve({ "GET /api/v1/jobs": listOf("/api/v1/jobs", 19, (index) => job(index + 1)) });
    await cache.invalidateQueries();
    await screen.findByText("1 job selected");
  });

  test("Enter opens the row, and Back returns to it", async () => {
    serve({ "GET /api/v1/jobs": listOf("/api/v1/jobs", 20, job) });
    const { history } = await renderAt(() => <Grid />);
    await screen.findByText("work.0");
    screen.getByRole("grid").focus();
    await userEvent.keyboard("{ArrowDown}{ArrowDown}{Enter}");
    await screen.findByText("Elsewhere");
    expect(history.location.pathname).toBe("/jobs/work.2");
    history.back();
    const grid = await screen.findByRole("grid");
    await waitFor(() => expect(grid.getAttribute("aria-activedescendant")).toMatch(/-r2-c0$/));
  });

  test("none yet and none match are told apart", async () => {
    serve({ "GET /api/v1/jobs": listOf("/api/v1/jobs", 0, job) });
    const first = await renderAt(() => <Grid />);
    await screen.findByText("None yet");
    first.unmount();
    await renderAt(() => <Grid q="water" />);
    await screen.findByText("No jobs match");
  });

  test("a refusal is shown with its reason and can be tried again", async () => {
    let refused = true;
    const rows = listOf("/api/v1/jobs", 2, job);
    serve({
      "GET /api/v1/jobs": (asked) =>
        refused ? problem(422, "bad-input", "The input is not acceptable") : rows(asked),
    });
    await renderAt(() => <Grid />);
    const alert = await screen.findByRole("alert");
    expect(within(alert).getByText("The input is not acceptable")).toBeTruthy();
    refused = false;
    await userEvent.click(within(alert).getByRole("button", { name: "Try again" }));
    await screen.findByText("work.1");
  });
});

describe("keys", () => {
  const bounds = { rows: 10, columns: 4, page: 5 };
  test.each([
    ["ArrowDown", false, { row: 9, column: 1 }, { row: 9, column: 1 }],
    ["ArrowUp", false, { row: 3, column: 1 }, { row: 2, column: 1 }],
    ["PageDown", false, { row: 3, column: 1 }, { row: 8, column: 1 }],
    ["PageUp", false, { row: 3, column: 1 }, { row: 0, column: 1 }],
    ["Home", false, { row: 3, column: 3 }, { row: 3, column: 0 }],
    ["Home", true, { row: 3, column: 3 }, { row: 0, column: 0 }],
    ["End", true, { row: 3, column: 1 }, { row: 9, column: 3 }],
    ["x", false, { row: 3, column: 1 }, null],
  ])("%s (ctrl %s)", (key, ctrl, from, to) => {
    expect(moveTo(from, { key, ctrl }, bounds)).toEqual(to);
  });

  test("an empty list has no negative rows", () => {
    expect(
      moveTo({ row: 0, column: 0 }, { key: "End", ctrl: true }, { ...bounds, rows: 0 }),
    ).toEqual({
      row: 0,
      column: 3,
    });
  });

  test("sorting turns", () => {
    expect([nextSort(undefined, "a"), nextSort("a", "a"), nextSort("-a", "a")]).toEqual([
      "a",
      "-a",
      undefined,
    ]);
  });
});

test("selection as a set and as all but a few", () => {
  const some = withRange(toggled(NOTHING, "a"), ["b", "c"]);
  expect(countOf(some, 10)).toBe(3);
  const most = toggled(ALL, "a");
  expect([isSelected(most, "a"), isSelected(most, "z"), countOf(most, 10)]).toEqual([
    false,
    true,
    9,
  ]);
  expect(countOf(withRange(most, ["a"]), 10)).toBe(10);
});

test("rows in view name their windows", () => {
  expect([windowsOf(0, 0), windowsOf(190, 210), windowsOf(800, 1010)]).toEqual([
    [0],
    [0, 1],
    [4, 5],
  ]);
});
