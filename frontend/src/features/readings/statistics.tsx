import { getRouteApi } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { api } from "@/api/client";
import type { RowOf } from "@/api/lists";
import { columnsOf, DataGrid } from "@/components/data-grid";
import { Empty } from "@/components/empty";
import { useZone } from "@/components/figures";
import { FilterPick } from "@/components/form/pick";
import { PageHead } from "@/components/page";
import { daysBefore, formatMonth, todayIn } from "@/lib/dates";

type Month = RowOf<"/api/v1/read-statistics">;
const route = getRouteApi("/app/read-statistics");
const col = columnsOf<Month>();
const SPANS = [
  ["3", "Three months"],
  ["24", "Two years"],
] as const;
const DAYS_PER_MONTH = 30.4;

const COLUMNS = [
  {
    id: "month",
    header: "Month",
    width: 92,
    text: (row: Month) => formatMonth(row.month),
    cell: (row: Month) => formatMonth(row.month),
  },
  col.text("walk", "Walk", { width: 72 }),
  col.text("walk_name", "Name", { width: 150, grows: true }),
  col.text("reader", "Reader", { width: 130, grows: true }),
  col.count("reads", "Reads", { width: 72 }),
  col.count("estimates", "Estimates", { width: 88 }),
  col.count("skips", "Skips", { width: 64 }),
  col.text("skip_codes", "Codes", { width: 130, grows: true }),
  col.count("exceptions", "Exceptions", { width: 96 }),
  col.count("missing", "Missing", { width: 88 }),
  col.count("changed", "Changed", { width: 92 }),
];

/** How the walks are read: month by month, with what could not be read and what had to be changed. */
export function Statistics(): ReactElement {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const today = todayIn(useZone());
  const walks = api.useQuery("get", "/api/v1/walks", { params: { query: { limit: 500 } } });
  const readers = [...new Set(walks.data?.items.map(({ reader }) => reader).filter(Boolean))];
  const change = (patch: Partial<typeof search>) =>
    void navigate({ search: (before) => ({ ...before, ...patch }), replace: true });
  const months = Number(search.months ?? 12);
  return (
    <div className="page full">
      <PageHead
        title="Reading statistics"
        subtitle="Registers by month and walk; a changed read is one that a re-read or correction set right"
      />
      <DataGrid
        name="read-statistics"
        label="Reading by month and walk"
        noun={["line", "lines"]}
        path="/api/v1/read-statistics"
        columns={COLUMNS}
        idOf={(row) => `${row.month} ${row.walk ?? ""} ${row.reader ?? ""}`}
        filters={{
          since_on: daysBefore(today, Math.round((months - 1) * DAYS_PER_MONTH)),
          reader: search.reader,
          skipped: search.skipped || undefined,
        }}
        q={search.q}
        sort={search.sort}
        isFiltered={Boolean(search.q || search.reader || search.skipped)}
        onSearch={change}
        onClear={() => void navigate({ search: {}, replace: true })}
        controls={
          <>
            <FilterPick
              label="Span"
              value={search.months}
              options={SPANS}
              onChange={(value) => change({ months: value as typeof search.months })}
            />
            {readers.length > 0 ? (
              <FilterPick
                label="Reader"
                value={search.reader}
                options={readers.map((reader) => [reader, reader])}
                onChange={(reader) => change({ reader })}
              />
            ) : null}
            <FilterPick
              label="Line"
              value={search.skipped ? "skipped" : undefined}
              options={[["skipped", "With skips"]]}
              onChange={(value) => change({ skipped: value ? true : undefined })}
            />
          </>
        }
        empty={<Empty title="Nothing was read yet">Import a file, or type a walk's sheet.</Empty>}
      />
    </div>
  );
}
