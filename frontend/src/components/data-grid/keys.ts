/** Where the active cell goes by which key: pure, so that every rule has a test. */

export interface Cell {
  row: number;
  column: number;
}

export interface Bounds {
  rows: number;
  columns: number;
  /** Rows that fit on the screen, for Page Up and Page Down. */
  page: number;
}

export interface Press {
  key: string;
  ctrl: boolean;
}

/** The cell after a key, or null when the key does not move. Stays inside the bounds. */
export function moveTo(cell: Cell, press: Press, bounds: Bounds): Cell | null {
  const last = { row: Math.max(0, bounds.rows - 1), column: Math.max(0, bounds.columns - 1) };
  const step = target(cell, press, bounds, last);
  if (step === null) return null;
  return { row: clamp(step.row, last.row), column: clamp(step.column, last.column) };
}

function target(cell: Cell, { key, ctrl }: Press, { page }: Bounds, last: Cell): Cell | null {
  switch (key) {
    case "ArrowDown":
      return ctrl ? null : { ...cell, row: cell.row + 1 };
    case "ArrowUp":
      return ctrl ? null : { ...cell, row: cell.row - 1 };
    case "ArrowRight":
      return { ...cell, column: cell.column + 1 };
    case "ArrowLeft":
      return { ...cell, column: cell.column - 1 };
    case "PageDown":
      return { ...cell, row: cell.row + page };
    case "PageUp":
      return { ...cell, row: cell.row - page };
    case "Home":
      return ctrl ? { row: 0, column: 0 } : { ...cell, column: 0 };
    case "End":
      return ctrl ? last : { ...cell, column: last.column };
    default:
      return null;
  }
}

function clamp(value: number, max: number): number {
  return Math.min(Math.max(value, 0), max);
}

/** Sort after choosing a column: ascending, then descending, then the list's own order. */
export function nextSort(sort: string | undefined, id: string): string | undefined {
  if (sort === id) return `-${id}`;
  return sort === `-${id}` ? undefined : id;
}
