import { getRouteApi } from "@tanstack/react-router";
import { type ReactElement, useState } from "react";
import { client } from "@/api/client";
import type { RowOf } from "@/api/lists";
import { useForget, useMay } from "@/api/session";
import { ActDialog } from "@/components/act";
import { Button } from "@/components/button";
import { columnsOf, DataGrid, type Reach, type Selection } from "@/components/data-grid";
import { Empty } from "@/components/empty";
import { FilterPick } from "@/components/form/pick";
import { Pill } from "@/components/pill";
import { toast, toastProblem } from "@/components/toast";
import { withDays } from "@/lib/dates";
import { words } from "@/lib/words";
import { type BulkExcuse, ExcuseMany } from "./excuse-many";
import { EXCEPTION_CODES, RUN_PATHS, type Run } from "./states";

type Row = RowOf<"/api/v1/bill-runs/{run_id}/exceptions">;
const route = getRouteApi("/app/bill-runs/$runId");
const hrefOf = (row: Row) => `/accounts/${row.account_id}`;
const col = columnsOf<Row>();
const COLUMNS = [
  col.link("account_number", "Account", hrefOf, { width: 140 }),
  col.text("customer_name", "Customer", { width: 160 }),
  {
    id: "severity",
    header: "State",
    width: 120,
    text: stateOf,
    cell: (row: Row) => (
      <Pill
        state={stateOf(row)}
        tone={row.excused ? "plain" : row.severity === "block" ? "danger" : "warn"}
      />
    ),
  },
  col.word("code", "What", { width: 120 }),
  col.reason("reason", "Why", { width: 420, grows: true }),
  col.text("excuse", "Excuse", { width: 180, grows: true }),
];

function stateOf(row: Row): string {
  if (row.excused) return "excused";
  return row.severity === "block" ? "not billed" : "look at";
}

/** Accounts without a bill, or with one to look at; `g` goes to the next that blocks. */
export function Exceptions({ run }: { run: Run }): ReactElement {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const forget = useForget();
  const mayPrepare = useMay("runs:prepare");
  const [excusing, setExcusing] = useState<Row | null>(null);
  const [bulk, setBulk] = useState<BulkExcuse | null>(null);
  const change = (patch: Partial<typeof search>) =>
    void navigate({ search: (before) => ({ ...before, ...patch }), replace: true });
  const mayExcuse = mayPrepare && ["calculated", "reviewed"].includes(run.state);
  const excusable = (row: Row) => mayExcuse && row.severity === "block" && !row.excused;
  async function askMany(selection: Selection, onDone: () => void): Promise<void> {
    const ids = [...selection.ids];
    const matching = { code: search.code ?? null, q: search.q ?? null, excluded_ids: ids };
    const chosen = selection.all ? matching : { ids };
    const { data: preview } = await client.POST(
      "/api/v1/bill-runs/{run_id}/exceptions/excuse-preview",
      { params: { path: { run_id: run.id } }, body: chosen },
    );
    if (!preview || preview.exceptions === 0) toast("None of them blocks the run");
    else setBulk({ chosen, preview, onDone });
  }
  return (
    <>
      <DataGrid
        name="run-exceptions"
        label="Exceptions"
        noun={["exception", "exceptions"]}
        path="/api/v1/bill-runs/{run_id}/exceptions"
        pathParams={{ run_id: run.id }}
        columns={COLUMNS}
        filters={{ code: search.code, severity: search.severity, excused: search.excused }}
        q={search.q}
        sort={search.sort}
        onSearch={change}
        onClear={() =>
          change({ q: undefined, code: undefined, severity: undefined, excused: undefined })
        }
        {...(mayExcuse
          ? {
              bulk: (selection: Selection, _count: number, clear: () => void) => (
                <Button
                  small
                  onPress={() => {
                    askMany(selection, clear).catch(toastProblem);
                  }}
                >
                  Excuse with one reason
                </Button>
              ),
            }
          : {})}
        isFaded={(row) => row.excused}
        hrefOf={hrefOf}
        keys={[
          { key: "g", label: "Next that blocks", act: (_row, index, list) => goNext(index, list) },
          {
            key: "e",
            label: "Excuse, with a reason",
            act: (row) => {
              if (excusable(row)) setExcusing(row);
              else toast("Only an open, blocking exception of a calculated run is excused");
            },
          },
        ]}
        controls={
          <>
            <FilterPick
              label="Kind"
              value={search.code}
              options={EXCEPTION_CODES.map((code) => [code, words(code)])}
              onChange={(code) => change({ code: code as typeof search.code })}
            />
            <FilterPick
              label="Severity"
              value={search.severity}
              options={[
                ["block", "Not billed"],
                ["warn", "To look at"],
              ]}
              onChange={(severity) => change({ severity: severity as typeof search.severity })}
            />
          </>
        }
        empty={<Empty title="No exceptions">Every account of this calculation was billed.</Empty>}
      />
      {bulk ? <ExcuseMany run={run} bulk={bulk} onClose={() => setBulk(null)} /> : null}
      {excusing ? (
        <ActDialog
          title={`Excuse ${excusing.account_number}`}
          button="Excuse the account"
          reason={{ label: "Why may it stay without a bill in this run?", min: 5 }}
          onClose={() => setExcusing(null)}
          onAct={async (reason) => {
            const path = { run_id: run.id, exception_id: excusing.id };
            await client.POST("/api/v1/bill-runs/{run_id}/exceptions/{exception_id}/excuse", {
              params: { path },
              body: { reason },
            });
            await forget(...RUN_PATHS);
          }}
        >
          <p>
            {excusing.customer_name}: {withDays(excusing.reason)}
          </p>
        </ActDialog>
      ) : null}
    </>
  );
}

function goNext(index: number, list: Reach<Row>): void {
  for (let step = 1; step <= list.count; step += 1) {
    const at = (index + step) % list.count;
    const row = list.rowAt(at);
    if (row && row.severity === "block" && !row.excused) {
      list.goTo(at);
      return;
    }
  }
  toast("No open exception blocks the run");
}
