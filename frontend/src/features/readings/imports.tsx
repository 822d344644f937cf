import { getRouteApi } from "@tanstack/react-router";
import { FileUp } from "lucide-react";
import type { ReactElement } from "react";
import { useMay } from "@/api/session";
import { Button } from "@/components/button";
import { columnsOf, DataGrid } from "@/components/data-grid";
import { Empty } from "@/components/empty";
import { FilterPick } from "@/components/form/pick";
import { PageHead } from "@/components/page";
import { ImportFile } from "./import-file";
import type { ReadImport } from "./uploads";

const route = getRouteApi("/app/imports");
const hrefOf = (one: ReadImport) => `/imports/${one.id}`;
const col = columnsOf<ReadImport>();
const COLUMNS = [
  col.link("file_name", "File", hrefOf, { width: 200, grows: true }),
  col.state("state", "State", { width: 108 }),
  col.text("layout", "Layout", { width: 112 }),
  col.count("lines", "Lines", { width: 68 }),
  col.count("reads_added", "Reads", { width: 68 }),
  col.count("repeats", "Repeats", { width: 76 }),
  col.count("unmatched", "Unmatched", { width: 92 }),
  col.count("exceptions", "Exceptions", { width: 96 }),
  col.day("last_read_on", "Last read", { width: 104 }),
  col.moment("created_at", "Came in"),
];

/** Every read file that came in, kept as it was received. */
export function Imports(): ReactElement {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const mayImport = useMay("readings:import");
  const change = (patch: Partial<typeof search>) =>
    void navigate({ search: (before) => ({ ...before, ...patch }), replace: true });
  const open = mayImport ? (
    <Button variant="primary" onPress={() => change({ open: true })}>
      <FileUp aria-hidden /> Import a file
    </Button>
  ) : null;
  return (
    <div className="page full">
      <PageHead title="Imports">{open}</PageHead>
      <DataGrid
        name="imports"
        label="Imports"
        noun={["file", "files"]}
        path="/api/v1/read-imports"
        columns={COLUMNS}
        filters={{ state: search.state }}
        q={search.q}
        sort={search.sort}
        onSearch={change}
        onClear={() => change({ q: undefined, state: undefined })}
        hrefOf={hrefOf}
        controls={
          <FilterPick
            label="State"
            value={search.state}
            options={[
              ["queued", "Queued"],
              ["imported", "Imported"],
              ["refused", "Refused"],
            ]}
            onChange={(state) => change({ state: state as typeof search.state })}
          />
        }
        empty={
          <Empty title="No file yet" action={open}>
            Read files of Badger, Neptune, Itron and Sensus systems, or any CSV, come in here.
          </Empty>
        }
      />
      {search.open ? <ImportFile onClose={() => change({ open: undefined })} /> : null}
    </div>
  );
}
