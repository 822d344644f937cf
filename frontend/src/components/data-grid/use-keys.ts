/** What each key does while a grid has the focus. */

import { type KeyboardEvent, type MouseEvent, useCallback, useRef } from "react";
import { appearance } from "@/lib/appearance";
import type { KeyHelp } from "@/lib/shortcuts";
import { toast } from "../toast";
import type { Column } from "./columns";
import { type Cell, moveTo, nextSort } from "./keys";
import { ALL, NOTHING, type Selection, toggled, withRange } from "./selection";

/** A key that acts on the active row, for example `e` for "estimate". */
export interface RowKey<Row> {
  key: string;
  label: string;
  act: (row: Row, index: number, list: Reach<Row>) => void;
}

/** The rows that a key may look at and go to. */
export interface Reach<Row> {
  count: number;
  /** Undefined while its window has not arrived. */
  rowAt: (index: number) => Row | undefined;
  goTo: (index: number) => void;
}

interface Asked<Row> {
  columns: readonly Column<Row>[];
  grid: {
    active: Cell;
    move: (cell: Cell) => void;
    count: number;
    pageRows: number;
    rowAt: (index: number) => Row | undefined;
  };
  idAt: (index: number) => string | null;
  sort: string | undefined;
  onSort: (sort: string | undefined) => void;
  /** Null when nothing can be selected. */
  selection: Selection | null;
  onSelection: (selection: Selection) => void;
  rowKeys: readonly RowKey<Row>[];
  open: (index: number) => void;
  focusFilter: () => void;
}

const HELP: readonly KeyHelp[] = [
  { keys: "↑ ↓ ← →", label: "Move" },
  { keys: "PgUp PgDn Home End", label: "Move further; with Ctrl to the ends" },
  { keys: "Enter", label: "Open the row" },
  { keys: "Ctrl+C", label: "Copy the cell" },
  { keys: "s", label: "Sort by the column" },
  { keys: "f", label: "Filter the list" },
];
const SELECT_HELP: readonly KeyHelp[] = [
  { keys: "Space", label: "Select the row" },
  { keys: "Shift+↑ ↓", label: "Select a range" },
  { keys: "Ctrl+A", label: "Select all that match" },
];

export function useGridKeys<Row>(asked: Asked<Row>) {
  const latest = useRef(asked);
  latest.current = asked;

  const onKeyDown = useCallback((event: KeyboardEvent<HTMLElement>) => {
    // Keys of a control inside the grid (a note field in a cell) are its own.
    if (event.target !== event.currentTarget) return;
    const now = latest.current;
    if (motion(event, now) || choice(event, now) || act(event, now)) event.preventDefault();
  }, []);

  const onToggle = useCallback((index: number, event: MouseEvent) => {
    const { selection, onSelection, grid, idAt } = latest.current;
    if (!selection) return;
    const id = idAt(index);
    if (event.shiftKey)
      onSelection(withRange(selection, idsBetween(latest.current, grid.active.row, index)));
    else if (id) onSelection(toggled(selection, id));
    grid.move({ row: index, column: grid.active.column });
  }, []);

  const sortBy = useCallback((id: string) => {
    latest.current.onSort(nextSort(latest.current.sort, id));
  }, []);

  const sink = useRef<((change: { q?: string | undefined }) => void) | null>(null);
  const search = useCallback((onSearch: (change: { q?: string | undefined }) => void) => {
    sink.current = onSearch;
    return stableSearch.current;
  }, []);
  const stableSearch = useRef((q: string | undefined) => sink.current?.({ q }));

  const rowHelp = asked.rowKeys.map(({ key, label }) => ({ keys: key, label }));
  const help = [...HELP, ...(asked.selection ? SELECT_HELP : []), ...rowHelp];
  return { onKeyDown, onToggle, sortBy, search, help };
}

function motion<Row>(
  event: KeyboardEvent,
  { grid, columns, selection, onSelection, idAt }: Asked<Row>,
) {
  const press = { key: event.key, ctrl: event.ctrlKey || event.metaKey };
  const bounds = { rows: grid.count, columns: columns.length, page: grid.pageRows };
  const to = moveTo(grid.active, press, bounds);
  if (!to) return false;
  grid.move(to);
  if (event.shiftKey && selection && to.row !== grid.active.row) {
    const ids = [idAt(grid.active.row), idAt(to.row)].filter((id) => id !== null);
    onSelection(withRange(selection, ids));
  }
  return true;
}

function choice<Row>(event: KeyboardEvent, { grid, selection, onSelection, idAt }: Asked<Row>) {
  if (!selection) return false;
  const ctrl = event.ctrlKey || event.metaKey;
  if (event.key === " ") {
    const id = idAt(grid.active.row);
    if (id) onSelection(toggled(selection, id));
    return true;
  }
  if (ctrl && event.key === "a") {
    onSelection(ALL);
    return true;
  }
  if (event.key === "Escape") {
    onSelection(NOTHING);
    return true;
  }
  return false;
}

function act<Row>(event: KeyboardEvent, asked: Asked<Row>) {
  const { grid, columns } = asked;
  const row = grid.rowAt(grid.active.row);
  const column = columns[grid.active.column];
  const ctrl = event.ctrlKey || event.metaKey;
  if (ctrl && event.key === "c" && row !== undefined && column) {
    if (String(window.getSelection() ?? "")) return false;
    const text = column.text(row);
    void navigator.clipboard.writeText(text).then(() => toast(`Copied ${text}`));
    return true;
  }
  if (ctrl || event.altKey) return false;
  const own = asked.rowKeys.find(({ key }) => key === event.key);
  if (own && row !== undefined && (event.key.length > 1 || appearance().singleKeys)) {
    own.act(row, grid.active.row, {
      count: grid.count,
      rowAt: grid.rowAt,
      goTo: (index) => grid.move({ row: index, column: grid.active.column }),
    });
    return true;
  }
  if (event.key === "Enter") {
    asked.open(grid.active.row);
    return true;
  }
  if (!appearance().singleKeys) return false;
  if (event.key === "s" && column && column.sortable !== false) {
    asked.onSort(nextSort(asked.sort, column.id));
    return true;
  }
  if (event.key === "f") {
    asked.focusFilter();
    return true;
  }
  return false;
}

function idsBetween<Row>({ idAt }: Asked<Row>, a: number, b: number): string[] {
  const [from, to] = a < b ? [a, b] : [b, a];
  return Array.from({ length: to - from + 1 }, (_, step) => idAt(from + step)).filter(
    (id) => id !== null,
  );
}
