import { getRouteApi } from "@tanstack/react-router";
import type { ReactElement } from "react";
import type { RowOf } from "@/api/lists";
import { columnsOf, DataGrid } from "@/components/data-grid";
import { Empty } from "@/components/empty";
import { PageHead } from "@/components/page";

type Parcel = RowOf<"/api/v1/parcels">;
const route = getRouteApi("/app/parcels");
const hrefOf = (parcel: Parcel) => `/parcels/${parcel.id}`;
const col = columnsOf<Parcel>();
const COLUMNS = [
  col.link("apn", "APN", hrefOf, { width: 170 }),
  col.text("situs_line", "Address", { width: 260, grows: true }),
  col.text("situs_city", "City", { width: 150 }),
  col.text("situs_zip", "ZIP", { width: 80 }),
  col.word("land_use", "Land use", { width: 170 }),
  col.quantity("acres", "Acres"),
  col.text("county", "County", { width: 110, hidden: true }),
];

/** The land that the district serves. */
export function Parcels(): ReactElement {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const change = (patch: Partial<typeof search>) =>
    void navigate({ search: (before) => ({ ...before, ...patch }), replace: true });
  return (
    <div className="page full">
      <PageHead title="Parcels" />
      <DataGrid
        name="parcels"
        label="Parcels"
        noun={["parcel", "parcels"]}
        path="/api/v1/parcels"
        columns={COLUMNS}
        q={search.q}
        sort={search.sort}
        onSearch={change}
        onClear={() => change({ q: undefined })}
        hrefOf={hrefOf}
        empty={
          <Empty title="No parcels yet">
            The county's parcels come as GeoJSON: POST /api/v1/parcels/import.
          </Empty>
        }
      />
    </div>
  );
}
