import { getRouteApi } from "@tanstack/react-router";
import type { ReactElement } from "react";
import type { RowOf } from "@/api/lists";
import { columnsOf, DataGrid, GridLink } from "@/components/data-grid";
import { Empty } from "@/components/empty";
import { FilterPick } from "@/components/form/pick";
import { PageHead } from "@/components/page";
import { nameOf } from "./kinds";
import { Running } from "./running";

const route = getRouteApi("/app/jobs");
const col = columnsOf<RowOf<"/api/v1/jobs">>();
const COLUMNS = [
  {
    ...col.text("kind", "Work", { width: 220, grows: true }),
    cell: (job: RowOf<"/api/v1/jobs">) => (
      <GridLink href={`/jobs/${job.id}`}>{nameOf(job.kind)}</GridLink>
    ),
  },
  col.state("state", "State"),
  col.count("done", "Done"),
  col.count("total", "Of"),
  {
    ...col.text("message", "Message", { width: 200, grows: true }),
    cell: (job: RowOf<"/api/v1/jobs">) => (
      <span className="truncate">{job.error ?? job.message}</span>
    ),
  },
  col.text("created_by_name", "Asked for by"),
  col.moment("created_at", "Asked for"),
  col.moment("finished_at", "Ended"),
];
const STATES = [
  ["queued", "Queued"],
  ["running", "Running"],
  ["done", "Done"],
  ["failed", "Failed"],
  ["cancelled", "Cancelled"],
] as const;

/** Long work: what runs now and how the rest ended. */
export function Jobs(): ReactElement {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const change = (patch: Partial<typeof search>) =>
    void navigate({ search: (before) => ({ ...before, ...patch }), replace: true });
  return (
    <div className="page full">
      <PageHead title="Jobs" subtitle="Long work: what runs now and how the rest ended." />
      <Running />
      <DataGrid
        name="jobs"
        label="Jobs"
        noun={["job", "jobs"]}
        path="/api/v1/jobs"
        columns={COLUMNS}
        filters={{ state: search.state, kind: search.kind }}
        q={search.q}
        sort={search.sort}
        onSearch={change}
        hrefOf={(job) => `/jobs/${job.id}`}
        onClear={() => change({ q: undefined, state: undefined, kind: undefined })}
        controls={
          <FilterPick
            label="State"
            value={search.state}
            options={STATES}
            onChange={(state) => change({ state: state as typeof search.state })}
          />
        }
        empty={
          <Empty title="No long work yet">
            Imports, bill runs and statements run here; each shows how far it is.
          </Empty>
        }
      />
    </div>
  );
}
