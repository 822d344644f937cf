import { getRouteApi } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { lazy, type ReactElement, Suspense, useState } from "react";
import type { RowOf } from "@/api/lists";
import { useMay } from "@/api/session";
import { Button } from "@/components/button";
import { columnsOf, DataGrid } from "@/components/data-grid";
import { Empty } from "@/components/empty";
import { PageHead } from "@/components/page";

const AddCycle = lazy(() => import("./add-cycle"));

type Cycle = RowOf<"/api/v1/cycles">;
const route = getRouteApi("/app/cycles");
const hrefOf = (cycle: Cycle) => `/cycles/${cycle.id}`;
const col = columnsOf<Cycle>();
const COLUMNS = [
  col.link("code", "Code", hrefOf, { width: 100 }),
  col.text("name", "Name", { width: 220, grows: true }),
  col.word("frequency", "Bills", { width: 120 }),
  col.count("accounts", "Accounts", { width: 110 }),
  col.day("calendar_to", "Calendar ends", { width: 140 }),
];

/** Who bills together, and how far each calendar reaches. */
export function Cycles(): ReactElement {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const mayPrepare = useMay("runs:prepare");
  const [isAdding, setAdding] = useState(false);
  const change = (patch: Partial<typeof search>) =>
    void navigate({ search: (before) => ({ ...before, ...patch }), replace: true });
  const add = mayPrepare ? (
    <Button variant="primary" onPress={() => setAdding(true)}>
      <Plus aria-hidden /> Add a cycle
    </Button>
  ) : null;
  return (
    <div className="page full">
      <PageHead title="Cycles">{add}</PageHead>
      <DataGrid
        name="cycles"
        label="Cycles"
        noun={["cycle", "cycles"]}
        path="/api/v1/cycles"
        columns={COLUMNS}
        q={search.q}
        sort={search.sort}
        onSearch={change}
        onClear={() => change({ q: undefined })}
        hrefOf={hrefOf}
        empty={
          <Empty title="No cycle yet" action={add}>
            A cycle is read and billed together, by a calendar of its own.
          </Empty>
        }
      />
      {isAdding ? (
        <Suspense fallback={null}>
          <AddCycle onClose={() => setAdding(false)} />
        </Suspense>
      ) : null}
    </div>
  );
}
