import { ArrowDown, ArrowUp, Check, Minus } from "lucide-react";
import {
  type CSSProperties,
  type MouseEvent,
  memo,
  type ReactElement,
  type ReactNode,
} from "react";
import { cx } from "@/lib/words";
import type { Column } from "./columns";

interface HeadProps<Row> {
  columns: readonly Column<Row>[];
  sort: string | undefined;
  onSort: (id: string) => void;
  selectable: boolean;
  selected: "none" | "some" | "all";
  onSelectAll: () => void;
}

export function Head<Row>(props: HeadProps<Row>): ReactElement {
  const offset = props.selectable ? 2 : 1;
  return (
    <div className="grid-row grid-head" role="row" aria-rowindex={1}>
      {props.selectable ? (
        <div className="grid-cell" role="columnheader" aria-colindex={1}>
          <button
            type="button"
            tabIndex={-1}
            className="grid-sort"
            aria-label="Select all that match"
            onClick={props.onSelectAll}
          >
            <Box state={props.selected} />
          </button>
        </div>
      ) : null}
      {props.columns.map((column, place) => (
        <HeadCell
          key={column.id}
          column={column as Column<unknown>}
          index={place + offset}
          sort={props.sort}
          onSort={props.onSort}
        />
      ))}
    </div>
  );
}

interface HeadCellProps {
  column: Column<unknown>;
  index: number;
  sort: string | undefined;
  onSort: (id: string) => void;
}

function HeadCell({ column, index, sort, onSort }: HeadCellProps): ReactElement {
  const up = sort === column.id;
  const down = sort === `-${column.id}`;
  const title = (
    <>
      {column.header}
      {column.unit ? ` (${column.unit})` : null}
    </>
  );
  return (
    <div
      className={cx("grid-cell", column.end && "end")}
      role="columnheader"
      aria-colindex={index}
      aria-sort={up ? "ascending" : down ? "descending" : "none"}
    >
      {column.sortable === false ? (
        title
      ) : (
        <button
          type="button"
          tabIndex={-1}
          className="grid-sort"
          data-sorted={up || down}
          onClick={() => onSort(column.id)}
        >
          {title}
          {up ? <ArrowUp aria-hidden /> : null}
          {down ? <ArrowDown aria-hidden /> : null}
        </button>
      )}
    </div>
  );
}

export function Box({ state }: { state: "none" | "some" | "all" }): ReactElement {
  return (
    <span
      className="check"
      data-selected={state === "all" || undefined}
      data-indeterminate={state === "some" || undefined}
    >
      <span className="box">
        {state === "all" ? <Check aria-hidden /> : state === "some" ? <Minus aria-hidden /> : null}
      </span>
    </span>
  );
}

export interface BodyRowProps<Row> {
  gridId: string;
  row: Row | undefined;
  index: number;
  top: number;
  columns: readonly Column<Row>[];
  activeColumn: number | null;
  selectable: boolean;
  selected: boolean;
  faded: boolean;
  onPoint: (index: number, column: number, event: MouseEvent) => void;
  onOpen: (index: number) => void;
  onToggle: (index: number, event: MouseEvent) => void;
}

/** One row; until its window has arrived, a skeleton of exactly the same height. */
function BodyRowInner<Row>(props: BodyRowProps<Row>): ReactElement {
  const { row, index, columns } = props;
  const place: CSSProperties = { transform: `translateY(${props.top}px)` };
  const offset = props.selectable ? 1 : 0;
  return (
    <div
      className={cx("grid-row", props.faded && "faded")}
      role="row"
      style={place}
      aria-rowindex={index + 2}
      aria-selected={props.selectable ? props.selected : undefined}
      data-hover="true"
      onDoubleClick={() => props.onOpen(index)}
    >
      {props.selectable ? (
        <div
          className="grid-cell"
          role="gridcell"
          aria-colindex={1}
          onClick={(event) => props.onToggle(index, event)}
        >
          <Box state={props.selected ? "all" : "none"} />
          <span className="sr-only">{props.selected ? "selected" : "not selected"}</span>
        </div>
      ) : null}
      {columns.map((column, at) => (
        <div
          key={column.id}
          id={cellId(props.gridId, index, at)}
          className={cx("grid-cell", column.end && "end")}
          role="gridcell"
          aria-colindex={at + offset + 1}
          data-active={props.activeColumn === at || undefined}
          onClick={(event) => props.onPoint(index, at, event)}
        >
          {row === undefined ? <span className="skeleton" /> : (column.cell(row) as ReactNode)}
        </div>
      ))}
    </div>
  );
}

export const BodyRow = memo(BodyRowInner) as typeof BodyRowInner;

export function cellId(gridId: string, row: number, column: number): string {
  return `${gridId}-r${row}-c${column}`;
}
