/** The state of a grid: the windows of rows, the active cell, the virtual rows. */

import { defaultRangeExtractor, type Range, useVirtualizer } from "@tanstack/react-virtual";
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import type { ListPath, Params } from "@/api/lists";
import { useAppearance } from "@/lib/appearance";
import type { Cell } from "./keys";
import { keepPlace, placeIn } from "./place";
import { cellId } from "./rows";
import { useWindows, WINDOW_ROWS } from "./use-windows";

const ROW_PX = { dense: 26, default: 32, comfortable: 40 } as const;
const HEAD_PX = 31;
const OVERSCAN_ROWS = 12;

interface Asked {
  gridId: string;
  path: ListPath;
  pathParams: Params;
  query: Params;
  /** Names the list and its filters, for coming back to the same row. */
  place: string;
}

export function useGrid<Row>({ gridId, path, pathParams, query, place }: Asked) {
  const { density } = useAppearance();
  const scroller = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState<Cell>(() => placeIn(place));
  const [count, setCount] = useState(0);
  const rowPx = ROW_PX[density];
  const activeRow = active.row;

  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPx,
    overscan: OVERSCAN_ROWS,
    scrollMargin: HEAD_PX,
    scrollPaddingStart: HEAD_PX,
    // The active row stays in the document, or aria-activedescendant would name nothing.
    rangeExtractor: useCallback(
      (range: Range) => {
        const rows = defaultRangeExtractor(range);
        if (activeRow < range.count && !rows.includes(activeRow)) rows.push(activeRow);
        return rows.sort((a, b) => a - b);
      },
      [activeRow],
    ),
  });

  const first = virtual.range?.startIndex ?? active.row;
  const last = virtual.range?.endIndex ?? first;
  const windows = useWindows<Row>({ path, pathParams, query, first, last });
  if (windows.total !== count) setCount(windows.total);

  // biome-ignore lint/correctness/useExhaustiveDependencies: heights change with the density only
  useEffect(() => virtual.measure(), [density]);

  useReset(place, () => {
    setActive({ row: 0, column: active.column });
    virtual.scrollToOffset(0);
  });
  useReturn(count, active.row, (row) => virtual.scrollToIndex(row, { align: "center" }));

  // A list that appears takes the focus, unless somebody is typing: the arrows work at once.
  useEffect(() => {
    const held = document.activeElement;
    if (held && held !== document.body && held.id !== "main") return;
    scroller.current?.focus({ preventScroll: true });
  }, []);

  const move = useCallback(
    (cell: Cell) => {
      setActive(cell);
      virtual.scrollToIndex(cell.row, { align: "auto" });
    },
    [virtual],
  );
  useLayoutEffect(() => {
    const cell = document.getElementById(cellId(gridId, active.row, active.column));
    cell?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [gridId, active.row, active.column]);

  const { rowAt } = windows;
  const remember = useCallback(
    (id: string | null) => keepPlace(place, { ...active, id }),
    [place, active],
  );
  const pageRows = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 400) / rowPx) - 2);
  return { scroller, active, move, virtual, windows, rowAt, remember, pageRows, count };
}

/** The ids of a list that is here whole, for what must not outlive its rows; else null. */
export function wholeList(count: number, idAt: (index: number) => string | null) {
  if (count > WINDOW_ROWS) return null;
  const ids = Array.from({ length: count }, (_, index) => idAt(index));
  return ids.includes(null) ? null : new Set(ids as string[]);
}

/** Runs when the list becomes another one (a filter, a sort), not when it first appears. */
function useReset(place: string, act: () => void): void {
  const before = useRef(place);
  useEffect(() => {
    if (before.current === place) return;
    before.current = place;
    act();
  });
}

/** Scrolls once to the row that a person left, as soon as the list is long enough. */
function useReturn(count: number, row: number, scroll: (row: number) => void): void {
  const done = useRef(row === 0);
  useEffect(() => {
    if (done.current || count <= row) return;
    done.current = true;
    scroll(row);
  });
}
