/**
 * The work surface for lists: role="grid", focus on the grid itself, the active cell named by
 * aria-activedescendant, rows from the server in windows of 200.
 */

import { useRouter } from "@tanstack/react-router";
import { type ReactElement, type ReactNode, useId, useRef, useState } from "react";
import { type ListPath, listUrl, type Params, type RowOf } from "@/api/lists";
import { useScreenKeys } from "@/lib/shortcuts";
import { ProblemBanner } from "../banner";
import { Button } from "../button";
import { Empty } from "../empty";
import { type Column, styleOf } from "./columns";
import { chosenColumns, keepColumns } from "./place";
import { BodyRow, cellId, Head } from "./rows";
import { ALL, countOf, isSelected, NOTHING, pruned, type Selection } from "./selection";
import { SelectionBar } from "./selection-bar";
import { Toolbar } from "./toolbar";
import { useGrid, wholeList } from "./use-grid";
import { type RowKey, useGridKeys } from "./use-keys";
import { useStable, useTell } from "./use-stable";

export interface DataGridProps<P extends ListPath> {
  /** Names the list for kept columns and places. */
  name: string;
  label: string;
  noun: readonly [one: string, many: string];
  path: P;
  pathParams?: Params;
  columns: readonly Column<RowOf<P>>[];
  /** Filters by name, as the address has them. */
  filters?: Params;
  q?: string | undefined;
  sort?: string | undefined;
  onSearch: (change: { q?: string | undefined; sort?: string | undefined }) => void;
  searchable?: boolean;
  controls?: ReactNode;
  onClear?: () => void;
  /** Where Enter goes, or what it does. */
  hrefOf?: (row: RowOf<P>) => string;
  onOpen?: (row: RowOf<P>) => void;
  /** Hears which row is the active one, for a panel beside the list. */
  onActive?: (row: RowOf<P> | null) => void;
  idOf?: (row: RowOf<P>) => string;
  isFaded?: (row: RowOf<P>) => boolean;
  /** Acts on the selection; without it nothing can be selected. */
  bulk?: (selection: Selection, count: number, clear: () => void) => ReactNode;
  keys?: readonly RowKey<RowOf<P>>[];
  /** Whether a search or filter of the person's is on; by default, whether any is. */
  isFiltered?: boolean;
  /** Shown when the list is empty with no filter on. */
  empty: ReactNode;
}

const NONE: Params = {};

export function DataGrid<P extends ListPath>(props: DataGridProps<P>): ReactElement {
  type Row = RowOf<P>;
  const { path, pathParams = NONE, filters = NONE, q, sort, columns, bulk } = props;
  const gridId = useId();
  const router = useRouter();
  const filterRef = useRef<HTMLInputElement>(null);
  const [selection, setSelection] = useState<Selection>(NOTHING);
  const [shownIds, setShownIds] = useState(
    () => chosenColumns(props.name) ?? columns.filter((c) => !c.hidden).map((c) => c.id),
  );
  const shown = columns.filter((column) => shownIds.includes(column.id));
  const query = { ...filters, q, sort };
  const exportUrl = listUrl(path, pathParams, query);
  const grid = useGrid<Row>({ gridId, path, pathParams, query, place: exportUrl });
  const { active, windows, count } = grid;

  const activeRow = grid.rowAt(active.row) ?? null;
  useTell(activeRow, props.onActive);
  const idAt = (index: number): string | null => {
    const row = grid.rowAt(index);
    return row === undefined ? null : idOf(props, row);
  };
  // A decided row leaves the list, and with it the selection.
  const there = bulk && !windows.isStale && !windows.isFirstLoad ? wholeList(count, idAt) : null;
  const kept = there ? pruned(selection, there) : selection;
  if (kept !== selection) setSelection(kept);
  const open = useStable((index: number) => {
    const row = grid.rowAt(index);
    if (row === undefined) return;
    grid.remember(idOf(props, row));
    props.onOpen?.(row);
    if (props.hrefOf) router.history.push(props.hrefOf(row));
  });
  const keys = useGridKeys<Row>({
    columns: shown,
    grid,
    idAt,
    sort,
    onSort: (next) => props.onSearch({ sort: next }),
    selection: bulk ? selection : null,
    onSelection: setSelection,
    rowKeys: props.keys ?? [],
    open,
    focusFilter: () => filterRef.current?.focus(),
  });
  const point = useStable((row: number, column: number) => {
    grid.move({ row, column });
    grid.remember(idAt(row));
  });
  useScreenKeys(props.label, keys.help);

  const filtered = props.isFiltered ?? isFiltered(q, filters);
  const none = !windows.isFirstLoad && count === 0 && !windows.error;
  const selected = countOf(selection, count);
  return (
    <div className="grid-shell">
      <Toolbar
        name={props.name}
        label={props.label}
        noun={props.noun}
        q={q}
        onSearch={props.searchable === false ? null : keys.search(props.onSearch)}
        filters={props.controls}
        columns={columns}
        shown={shownIds}
        onShown={(ids) => {
          setShownIds(ids);
          keepColumns(props.name, ids);
        }}
        total={windows.isFirstLoad ? null : count}
        path={path}
        exportUrl={exportUrl}
        filterRef={filterRef}
        onDown={() => grid.scroller.current?.focus()}
      />
      {bulk && selected > 0 ? (
        <SelectionBar
          selected={selected}
          total={count}
          all={selection.all}
          noun={props.noun}
          onAll={() => setSelection(ALL)}
          onClear={() => setSelection(NOTHING)}
        >
          {bulk(selection, selected, () => setSelection(NOTHING))}
        </SelectionBar>
      ) : null}
      {windows.error ? (
        <ProblemBanner
          error={windows.error}
          action={
            <Button small onPress={windows.retry}>
              Try again
            </Button>
          }
        />
      ) : null}
      <div className="grid-stage">
        <div
          ref={grid.scroller}
          className="grid"
          role="grid"
          aria-label={props.label}
          aria-rowcount={windows.isFirstLoad ? -1 : count + 1}
          aria-colcount={shown.length + (bulk ? 1 : 0)}
          aria-multiselectable={bulk ? true : undefined}
          aria-busy={windows.isFirstLoad || windows.isStale}
          aria-activedescendant={count > 0 ? cellId(gridId, active.row, active.column) : undefined}
          tabIndex={0}
          onKeyDown={keys.onKeyDown}
          style={styleOf(shown, Boolean(bulk))}
        >
          <Head
            columns={shown}
            sort={sort}
            onSort={keys.sortBy}
            selectable={Boolean(bulk)}
            selected={selected === 0 ? "none" : selected === count ? "all" : "some"}
            onSelectAll={() => setSelection(selected === count ? NOTHING : ALL)}
          />
          {windows.isFirstLoad && !windows.error ? <Skeletons columns={shown.length} /> : null}
          <div
            className="grid-body"
            role="rowgroup"
            style={{ height: grid.virtual.getTotalSize(), opacity: windows.isStale ? 0.55 : 1 }}
          >
            {grid.virtual.getVirtualItems().map((item) => {
              const row = grid.rowAt(item.index);
              return (
                <BodyRow
                  key={item.key}
                  gridId={gridId}
                  row={row}
                  index={item.index}
                  top={item.start - grid.virtual.options.scrollMargin}
                  columns={shown}
                  activeColumn={item.index === active.row ? active.column : null}
                  selectable={Boolean(bulk)}
                  selected={row !== undefined && isSelected(selection, idOf(props, row))}
                  faded={row !== undefined && (props.isFaded?.(row) ?? false)}
                  onPoint={point}
                  onOpen={open}
                  onToggle={keys.onToggle}
                />
              );
            })}
          </div>
        </div>
        {none ? (
          filtered ? (
            <Empty
              title={`No ${props.noun[1]} match`}
              action={
                props.onClear ? <Button onPress={props.onClear}>Clear the filters</Button> : null
              }
            >
              Nothing here fits the search and filters that are on.
            </Empty>
          ) : (
            props.empty
          )
        ) : null}
      </div>
    </div>
  );
}

function Skeletons({ columns }: { columns: number }): ReactElement {
  return (
    <div aria-hidden="true">
      {Array.from({ length: 14 }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: identical rows that never move
        <div key={row} className="grid-row">
          {Array.from({ length: columns }, (_, column) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: as above
            <div key={column} className="grid-cell">
              <span className="skeleton" />
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}

function isFiltered(q: string | undefined, filters: Params): boolean {
  return Boolean(q) || Object.values(filters).some((value) => value !== undefined && value !== "");
}

function idOf<P extends ListPath>(props: DataGridProps<P>, row: RowOf<P>): string {
  return props.idOf ? props.idOf(row) : String((row as { id: unknown }).id);
}
