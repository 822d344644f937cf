/** Columns of a staff list. A column's id is the field that the server sorts by. */

import { Link } from "@tanstack/react-router";
import type { CSSProperties, ReactElement, ReactNode } from "react";
import { formatCents } from "@/lib/cents";
import { formatDay, withDays } from "@/lib/dates";
import { formatCount, formatQuantity } from "@/lib/units";
import { words } from "@/lib/words";
import { Day, Moment, Money } from "../figures";
import { Pill, type Tone } from "../pill";

export interface Column<Row> {
  id: string;
  header: string;
  /** The unit of a whole column stands in its head, not in each cell. */
  unit?: string;
  width: number;
  /** Takes its share of the room that is left, by its width; a number takes so many shares. */
  grows?: boolean | number;
  end?: boolean;
  sortable?: boolean;
  /** Not shown until it is chosen. */
  hidden?: boolean;
  cell: (row: Row) => ReactNode;
  /** What Ctrl+C copies. */
  text: (row: Row) => string;
}

type KeyOf<Row, Value> = {
  [K in keyof Row & string]: Row[K] extends Value ? K : never;
}[keyof Row & string];

type Options<Row> = Partial<Pick<Column<Row>, "width" | "grows" | "sortable" | "hidden" | "unit">>;

/** Column makers for one row type: `const col = columnsOf<AccountRow>()`. */
export function columnsOf<Row extends object>() {
  const read = (row: Row, id: string): unknown => (row as Record<string, unknown>)[id];
  return {
    text(id: KeyOf<Row, string | null>, header: string, more: Options<Row> = {}): Column<Row> {
      const text = (row: Row) => String(read(row, id) ?? "");
      const cell = (row: Row) => <span className="truncate">{text(row)}</span>;
      return { id, header, width: 140, text, cell, ...more };
    },
    /** A plain reason of the server's, with its days as the office writes them. */
    reason(id: KeyOf<Row, string | null>, header: string, more: Options<Row> = {}): Column<Row> {
      const text = (row: Row) => withDays(String(read(row, id) ?? ""));
      const cell = (row: Row) => <span className="truncate">{text(row)}</span>;
      return { id, header, width: 140, text, cell, ...more };
    },
    money(id: KeyOf<Row, number | null>, header: string, more: Options<Row> = {}): Column<Row> {
      const value = (row: Row) => read(row, id) as number | null;
      return {
        id,
        header,
        width: 116,
        end: true,
        text: (row) => (value(row) === null ? "" : formatCents(value(row) as number)),
        cell: (row) => {
          const held = value(row);
          return held === null ? <span className="muted">–</span> : <Money cents={held} />;
        },
        ...more,
      };
    },
    count(id: KeyOf<Row, number | null>, header: string, more: Options<Row> = {}): Column<Row> {
      const text = (row: Row) => {
        const held = read(row, id) as number | null;
        return held === null ? "" : formatCount(held);
      };
      return { id, header, width: 84, end: true, text, cell: text, ...more };
    },
    quantity(
      id: KeyOf<Row, string | number | null>,
      header: string,
      more: Options<Row> = {},
    ): Column<Row> {
      const text = (row: Row) => {
        const held = read(row, id) as string | number | null;
        return held === null ? "" : formatQuantity(held);
      };
      return { id, header, width: 96, end: true, text, cell: text, ...more };
    },
    day(id: KeyOf<Row, string | null>, header: string, more: Options<Row> = {}): Column<Row> {
      const value = (row: Row) => read(row, id) as string | null;
      return {
        id,
        header,
        width: 108,
        text: (row) => (value(row) ? formatDay(value(row) as string) : ""),
        cell: (row) => <Day on={value(row)} />,
        ...more,
      };
    },
    moment(id: KeyOf<Row, string | null>, header: string, more: Options<Row> = {}): Column<Row> {
      const value = (row: Row) => read(row, id) as string | null;
      return {
        id,
        header,
        width: 172,
        text: (row) => value(row) ?? "",
        cell: (row) => <Moment at={value(row)} />,
        ...more,
      };
    },
    state(
      id: KeyOf<Row, string>,
      header: string,
      more: Options<Row> & { tones?: Record<string, Tone> } = {},
    ): Column<Row> {
      const { tones, ...options } = more;
      const value = (row: Row) => String(read(row, id));
      return {
        id,
        header,
        width: 116,
        text: (row) => words(value(row)),
        cell: (row) => <Pill state={value(row)} {...pick(tones, value(row))} />,
        ...options,
      };
    },
    word(id: KeyOf<Row, string | null>, header: string, more: Options<Row> = {}): Column<Row> {
      const text = (row: Row) => words(String(read(row, id) ?? ""));
      const cell = (row: Row) => <span className="truncate">{text(row)}</span>;
      return { id, header, width: 120, text, cell, ...more };
    },
    link(
      id: KeyOf<Row, string>,
      header: string,
      href: (row: Row) => string,
      more: Options<Row> = {},
    ): Column<Row> {
      const text = (row: Row) => String(read(row, id));
      return {
        id,
        header,
        width: 140,
        text,
        cell: (row) => <GridLink href={href(row)}>{text(row)}</GridLink>,
        ...more,
      };
    },
  };
}

function pick(tones: Record<string, Tone> | undefined, value: string): { tone?: Tone } {
  const tone = tones?.[value];
  return tone ? { tone } : {};
}

/** A link inside a grid: for the mouse and the middle button; the keyboard opens by Enter. */
export function GridLink({ href, children }: { href: string; children: ReactNode }): ReactElement {
  return (
    <Link to={href} tabIndex={-1} className="truncate">
      {children}
    </Link>
  );
}

/** The least width that shows every column, with the row's own padding. */
function widthOf<Row>(columns: readonly Column<Row>[], selectable: boolean): number {
  const ROW_PADDING = 32;
  const widths = columns.reduce((sum, column) => sum + column.width, 0);
  return widths + (selectable ? 34 : 0) + ROW_PADDING;
}

/** The columns as a CSS grid: fixed ones in pixels, growing ones share the rest. */
function templateOf<Row>(columns: readonly Column<Row>[], selectable: boolean): string {
  const widths = columns.map((column) =>
    column.grows
      ? `minmax(${column.width}px, ${column.width * Number(column.grows)}fr)`
      : `${column.width}px`,
  );
  return [...(selectable ? ["34px"] : []), ...widths].join(" ");
}

/** What the stylesheet needs of the columns. */
export function styleOf<Row>(columns: readonly Column<Row>[], selectable: boolean): CSSProperties {
  return {
    "--columns": templateOf(columns, selectable),
    "--columns-min": `${widthOf(columns, selectable)}px`,
  } as CSSProperties;
}
