import { getRouteApi } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { type ReactElement, useState } from "react";
import { api } from "@/api/client";
import type { RowOf } from "@/api/lists";
import { useMay } from "@/api/session";
import { Banner } from "@/components/banner";
import { Button } from "@/components/button";
import { columnsOf, DataGrid } from "@/components/data-grid";
import { Empty } from "@/components/empty";
import { FilterPick } from "@/components/form/pick";
import { PageHead } from "@/components/page";
import { plural } from "@/lib/units";
import { words } from "@/lib/words";
import { AddCode, CodeSheet, KINDS, type NewCode } from "./code";

export type Code = RowOf<"/api/v1/read-codes">;
const route = getRouteApi("/app/read-codes");
const col = columnsOf<Code>();
const COLUMNS = [
  col.word("kind", "Kind", { width: 110 }),
  col.text("code", "Code", { width: 120 }),
  col.text("meaning", "Meaning", { width: 280, grows: true }),
  col.count("times_left", "Times left", { width: 100 }),
  col.day("last_left_on", "Last left"),
  col.text("added_by_name", "Added by", { width: 160 }),
  col.moment("added_at", "Added"),
  col.moment("retired_at", "Retired", { hidden: true }),
  col.text("retirement_reason", "Why retired", { width: 240, hidden: true }),
];

/** The district's skip, trouble and note codes, and those that nobody has explained. */
export function ReadCodes(): ReactElement {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const mayChange = useMay("readings:approve");
  const [adding, setAdding] = useState<NewCode | null>(null);
  const [open, setOpen] = useState<Code | null>(null);
  const change = (patch: Partial<typeof search>) =>
    void navigate({ search: (before) => ({ ...before, ...patch }), replace: true });
  const add = mayChange ? (
    <Button variant="primary" onPress={() => setAdding({ kind: search.kind ?? "skip", code: "" })}>
      <Plus aria-hidden /> Add a code
    </Button>
  ) : null;
  return (
    <div className="page full">
      <PageHead title="Read codes">{add}</PageHead>
      <Unknown onExplain={mayChange ? setAdding : null} />
      <DataGrid
        name="read-codes"
        label="Read codes"
        noun={["code", "codes"]}
        path="/api/v1/read-codes"
        columns={COLUMNS}
        filters={{ kind: search.kind, retired: search.retired }}
        q={search.q}
        sort={search.sort}
        onSearch={change}
        onClear={() => change({ q: undefined, kind: undefined, retired: undefined })}
        onOpen={setOpen}
        controls={
          <>
            <FilterPick
              label="Kind"
              value={search.kind}
              options={KINDS}
              onChange={(kind) => change({ kind: kind as typeof search.kind })}
            />
            <Button
              small
              aria-pressed={search.retired ?? false}
              onPress={() => change({ retired: search.retired ? undefined : true })}
            >
              {search.retired ? "Show those in force" : "Show retired ones"}
            </Button>
          </>
        }
        empty={
          <Empty title={search.retired ? "None is retired" : "No code yet"} action={add}>
            Readers leave a code where there is no read, or where something is wrong.
          </Empty>
        }
      />
      {adding ? <AddCode start={adding} onClose={() => setAdding(null)} /> : null}
      {open ? <CodeSheet code={open} mayRetire={mayChange} onClose={() => setOpen(null)} /> : null}
    </div>
  );
}

/** Codes that readers left and that stand in no table, each with the way to explain it. */
function Unknown({ onExplain }: { onExplain: ((code: NewCode) => void) | null }) {
  const { data: unknown } = api.useQuery("get", "/api/v1/read-codes/unknown");
  if (!unknown || unknown.length === 0) return null;
  return (
    <div className="beside-grid">
      <Banner
        tone="warn"
        title={`Readers left ${plural(unknown.length, "code")} without a meaning`}
      >
        <div className="row wrap">
          {unknown.slice(0, 12).map((one) =>
            onExplain ? (
              <Button key={`${one.kind} ${one.code}`} small onPress={() => onExplain(one)}>
                Explain {words(one.kind).toLowerCase()} {one.code} ({one.times_left})
              </Button>
            ) : (
              <span key={`${one.kind} ${one.code}`} className="mono">
                {one.code}
              </span>
            ),
          )}
        </div>
      </Banner>
    </div>
  );
}
