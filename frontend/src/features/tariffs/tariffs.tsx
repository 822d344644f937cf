import { getRouteApi } from "@tanstack/react-router";
import { FileUp } from "lucide-react";
import { type ReactElement, useState } from "react";
import type { RowOf } from "@/api/lists";
import { useMay } from "@/api/session";
import { Button } from "@/components/button";
import { columnsOf, DataGrid } from "@/components/data-grid";
import { Empty } from "@/components/empty";
import { PageHead } from "@/components/page";
import { ImportTariff } from "./import-tariff";

type Tariff = RowOf<"/api/v1/tariffs">;
const route = getRouteApi("/app/tariffs");
const hrefOf = (tariff: Tariff) => `/tariffs/${tariff.id}`;
const col = columnsOf<Tariff>();
const COLUMNS = [
  col.link("code", "Code", hrefOf, { width: 140 }),
  col.text("name_en", "Name", { width: 260, grows: true }),
  col.word("service", "Service", { width: 100 }),
  col.text("unit", "Unit", { width: 80 }),
  col.day("current_from_on", "In force since", { width: 130 }),
  col.text("current_resolution", "Resolution", { width: 220, grows: true }),
  col.count("versions", "Versions"),
];

/** The rate schedules of the district. */
export function Tariffs(): ReactElement {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const [isImporting, setImporting] = useState(false);
  const mayWrite = useMay("tariffs:write");
  const change = (patch: Partial<typeof search>) =>
    void navigate({ search: (before) => ({ ...before, ...patch }), replace: true });
  const open = mayWrite ? (
    <Button variant="primary" onPress={() => setImporting(true)}>
      <FileUp aria-hidden /> Import a tariff file
    </Button>
  ) : null;
  return (
    <div className="page full">
      <PageHead title="Tariffs">{open}</PageHead>
      <DataGrid
        name="tariffs"
        label="Tariffs"
        noun={["tariff", "tariffs"]}
        path="/api/v1/tariffs"
        columns={COLUMNS}
        q={search.q}
        sort={search.sort}
        onSearch={change}
        onClear={() => change({ q: undefined })}
        hrefOf={hrefOf}
        empty={
          <Empty title="No tariff yet" action={open}>
            A tariff file carries the resolution, its prices and worked examples; it becomes a
            draft.
          </Empty>
        }
      />
      {isImporting ? <ImportTariff onClose={() => setImporting(false)} /> : null}
    </div>
  );
}
