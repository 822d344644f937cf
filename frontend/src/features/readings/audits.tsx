import { getRouteApi } from "@tanstack/react-router";
import { type ReactElement, useState } from "react";
import type { RowOf } from "@/api/lists";
import { useMay } from "@/api/session";
import { Button } from "@/components/button";
import { columnsOf, DataGrid } from "@/components/data-grid";
import { Empty } from "@/components/empty";
import { PageHead } from "@/components/page";
import { DrawSample } from "./draw-sample";

type Audit = RowOf<"/api/v1/read-audits">;
const route = getRouteApi("/app/read-audits");
const hrefOf = (audit: Audit) => `/read-audits/${audit.id}`;
const col = columnsOf<Audit>();
const COLUMNS = [
  col.link("name", "Audit", hrefOf, { width: 220, sortable: true }),
  col.day("first_on", "Read from"),
  col.day("last_on", "To"),
  col.text("walk", "Walk", { width: 90 }),
  col.count("sample_size", "Sample", { width: 84 }),
  col.count("population", "Drawn from", { width: 104 }),
  col.count("checked", "Checked", { width: 92 }),
  col.count("differing", "Differ", { width: 80 }),
  col.text("drawn_by_name", "Drawn by", { width: 140, grows: true }),
  col.moment("drawn_at", "Drawn at"),
];

/** Sample audits: accepted reads drawn at random and looked at again. */
export function Audits(): ReactElement {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const [isDrawing, setDrawing] = useState(false);
  const mayDraw = useMay("readings:review");
  return (
    <div className="page full">
      <PageHead
        title="Sample audits"
        subtitle="Accepted reads, drawn at random and checked at the meter by another person"
      >
        {mayDraw ? (
          <Button variant="primary" onPress={() => setDrawing(true)}>
            Draw a sample
          </Button>
        ) : null}
      </PageHead>
      <DataGrid
        name="read-audits"
        label="Sample audits"
        noun={["audit", "audits"]}
        path="/api/v1/read-audits"
        columns={COLUMNS}
        q={search.q}
        sort={search.sort}
        onSearch={(patch) =>
          void navigate({ search: (before) => ({ ...before, ...patch }), replace: true })
        }
        onClear={() => void navigate({ search: {}, replace: true })}
        hrefOf={hrefOf}
        empty={
          <Empty title="No sample was drawn yet">
            A sample of accepted reads tells how far the readers may be trusted.
          </Empty>
        }
      />
      {isDrawing ? <DrawSample onClose={() => setDrawing(false)} /> : null}
    </div>
  );
}
