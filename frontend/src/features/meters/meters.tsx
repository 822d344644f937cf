import { getRouteApi } from "@tanstack/react-router";
import type { ReactElement } from "react";
import type { RowOf } from "@/api/lists";
import { columnsOf, DataGrid } from "@/components/data-grid";
import { Empty } from "@/components/empty";
import { FilterPick } from "@/components/form/pick";
import { PageHead } from "@/components/page";

type Meter = RowOf<"/api/v1/meters">;
const route = getRouteApi("/app/meters");
const hrefOf = (meter: Meter) => `/meters/${meter.id}`;
const col = columnsOf<Meter>();
const COLUMNS = [
  col.link("serial", "Serial", hrefOf, { width: 130 }),
  col.text("make", "Make", { width: 110 }),
  col.text("model", "Model", { width: 110 }),
  col.text("size", "Size", { width: 70, unit: "in" }),
  col.word("kind", "Type", { width: 130 }),
  col.text("endpoint_serial", "Endpoint", { width: 130 }),
  col.state("status", "State"),
  col.text("service_point_code", "Service point", { width: 130, grows: true }),
  col.text("zone", "Zone", { width: 100 }),
  col.day("installed_on", "Installed"),
];

/** Every meter of the district, retired ones too. */
export function Meters(): ReactElement {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const change = (patch: Partial<typeof search>) =>
    void navigate({ search: (before) => ({ ...before, ...patch }), replace: true });
  return (
    <div className="page full">
      <PageHead title="Meters" />
      <DataGrid
        name="meters"
        label="Meters"
        noun={["meter", "meters"]}
        path="/api/v1/meters"
        columns={COLUMNS}
        filters={{ status: search.status }}
        q={search.q}
        sort={search.sort}
        onSearch={change}
        onClear={() => change({ q: undefined, status: undefined })}
        isFaded={(meter) => meter.status === "retired"}
        hrefOf={hrefOf}
        controls={
          <FilterPick
            label="State"
            value={search.status}
            options={[
              ["active", "Active"],
              ["retired", "Retired"],
            ]}
            onChange={(status) => change({ status: status as typeof search.status })}
          />
        }
        empty={<Empty title="No meters yet">Meters are added through the API or an import.</Empty>}
      />
    </div>
  );
}
