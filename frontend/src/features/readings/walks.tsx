import { getRouteApi } from "@tanstack/react-router";
import type { ReactElement } from "react";
import type { RowOf } from "@/api/lists";
import { columnsOf, DataGrid } from "@/components/data-grid";
import { Empty } from "@/components/empty";
import { PageHead } from "@/components/page";

type Walk = RowOf<"/api/v1/walks">;
const route = getRouteApi("/app/walks");
const hrefOf = (walk: Walk) => `/walks/${walk.id}`;
const col = columnsOf<Walk>();
const COLUMNS = [
  col.link("code", "Walk", hrefOf, { width: 110 }),
  col.text("name", "Name", { width: 240, grows: true }),
  col.text("cycle", "Cycle", { width: 100 }),
  col.text("reader", "Reader", { width: 180, grows: true }),
  col.count("stops", "Stops", { width: 100 }),
  col.text("layout", "Download layout", { width: 160, hidden: true }),
];

/** The walks: each opens as the sheet that its reader brings back. */
export function Walks(): ReactElement {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <div className="page full">
      <PageHead title="Hand entry" subtitle="Open a walk to type the reads of its sheet" />
      <DataGrid
        name="walks"
        label="Walks"
        noun={["walk", "walks"]}
        path="/api/v1/walks"
        columns={COLUMNS}
        q={search.q}
        sort={search.sort}
        onSearch={(patch) =>
          void navigate({ search: (before) => ({ ...before, ...patch }), replace: true })
        }
        onClear={() => void navigate({ search: {}, replace: true })}
        hrefOf={hrefOf}
        empty={
          <Empty title="No walks yet">
            A walk is the order in which a reader passes the service points.
          </Empty>
        }
      />
    </div>
  );
}
