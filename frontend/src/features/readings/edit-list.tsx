import { getRouteApi } from "@tanstack/react-router";
import { type ReactElement, useState } from "react";
import { api, client, type Schema } from "@/api/client";
import { fetchWindow, listUrl, type RowOf } from "@/api/lists";
import { useForget, useMay } from "@/api/session";
import { ActDialog } from "@/components/act";
import { Button } from "@/components/button";
import { columnsOf, DataGrid, type Selection } from "@/components/data-grid";
import { Empty } from "@/components/empty";
import { useZone } from "@/components/figures";
import { PageHead } from "@/components/page";
import { LinkTabs } from "@/components/tabs";
import { toast, toastProblem } from "@/components/toast";
import { todayIn } from "@/lib/dates";
import { formatCount, plural } from "@/lib/units";
import { words } from "@/lib/words";
import { ACTS, type Act, refusalsOf } from "./acts";
import { Evidence } from "./evidence";

type Review = RowOf<"/api/v1/read-reviews">;
const route = getRouteApi("/app/edit-list");
const BULK_MAX = 500;
const SPAN_DAYS = 60;
const PATHS = ["/api/v1/read-reviews", "/api/v1/read-reviews/progress"];
const col = columnsOf<Review>();
const COLUMNS = [
  col.word("rule", "Exception", { width: 118 }),
  col.state("state", "State", { width: 104 }),
  col.text("reason", "Why", { width: 190, grows: true }),
  col.text("service_address", "Address", { width: 170, grows: true }),
  col.text("account_number", "Account", { width: 120 }),
  col.text("meter_serial", "Meter", { width: 110 }),
  col.day("read_on", "Read on"),
  col.quantity("value", "Read", { width: 90 }),
  col.text("walk", "Walk", { width: 70, hidden: true }),
  col.text("raw", "Raw line", { width: 240, hidden: true }),
];

/** The edit list: each doubtful read with its evidence, decided by one key. */
export function EditList(): ReactElement {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const forget = useForget();
  const mayReview = useMay("readings:review");
  const mayApprove = useMay("readings:approve");
  const [active, setActive] = useState<Review | null>(null);
  const [deciding, setDeciding] = useState<{ act: Act; ids: string[]; what: string } | null>(null);
  const change = (patch: Partial<typeof search>) =>
    void navigate({ search: (before) => ({ ...before, ...patch }), replace: true });
  const filters = {
    rule: search.rule,
    import_id: search.import,
    undecided: search.all ? undefined : true,
    walk: search.walk,
  };

  async function decide(act: Act, ids: string[], reason: string): Promise<void> {
    const { data } = await client.POST("/api/v1/read-reviews/acts", { body: { ids, act, reason } });
    await forget(...PATHS);
    if (data) tell(data);
  }
  async function approve(ids: string[]): Promise<void> {
    const { data } = await client.POST("/api/v1/read-reviews/approvals", { body: { ids } });
    await forget(...PATHS);
    if (data) tell(data);
  }
  async function idsOf(selection: Selection): Promise<string[]> {
    if (!selection.all) return [...selection.ids];
    const url = listUrl("/api/v1/read-reviews", {}, { ...filters, q: search.q, limit: BULK_MAX });
    const { items } = await fetchWindow<Review>(url, new AbortController().signal);
    return items.map(({ id }) => id).filter((id) => !selection.ids.has(id));
  }
  const open = (act: Act, row: Review) => {
    if (!mayReview) return toast("Your role does not decide exceptions");
    const what = [words(row.rule), row.service_address ?? row.raw].filter(Boolean).join(", ");
    setDeciding({ act, ids: [row.id], what });
  };

  return (
    <div className="page full">
      <PageHead title="Edit list" subtitle={<Progress importId={search.import} />} />
      <RuleTabs importId={search.import} current={search.rule ?? ""} />
      <div className="split">
        <DataGrid
          name="edit-list"
          label="Exceptions of reads"
          noun={["exception", "exceptions"]}
          path="/api/v1/read-reviews"
          columns={COLUMNS}
          filters={filters}
          q={search.q}
          sort={search.sort}
          onSearch={change}
          onClear={() => change({ q: undefined, rule: undefined, all: true })}
          onActive={setActive}
          keys={ACTS.map(({ act, key, label }) => ({
            key,
            label,
            act: (row: Review) => open(act, row),
          }))}
          isFiltered={Boolean(search.q || search.rule || search.import || search.walk)}
          bulk={(selection, count, clear) => (
            <>
              {ACTS.map(({ act, short }) => (
                <Button
                  key={act}
                  small
                  isDisabled={!mayReview || count > BULK_MAX}
                  onPress={() => {
                    idsOf(selection)
                      .then((ids) =>
                        setDeciding({ act, ids, what: plural(ids.length, "exception") }),
                      )
                      .catch(toastProblem);
                  }}
                >
                  {short}
                </Button>
              ))}
              {mayApprove ? (
                <Button
                  small
                  onPress={() => {
                    idsOf(selection).then(approve).then(clear).catch(toastProblem);
                  }}
                >
                  Approve what was proposed
                </Button>
              ) : null}
            </>
          )}
          empty={<Empty title="Nothing to decide">Every read that came in is clear.</Empty>}
        />
        <Evidence review={active} />
      </div>
      {deciding ? (
        <ActDialog
          title={ACTS.find(({ act }) => act === deciding.act)?.label ?? deciding.act}
          button={ACTS.find(({ act }) => act === deciding.act)?.short ?? "Go on"}
          reason={{ label: "Why? Others will read it.", min: 5, max: 300 }}
          onClose={() => setDeciding(null)}
          onAct={(reason) => decide(deciding.act, deciding.ids, reason)}
        >
          <p>{deciding.what}</p>
        </ActDialog>
      ) : null}
    </div>
  );
}

function tell(done: Schema<"ActsDone">): void {
  if (done.done.length > 0) toast(`${plural(done.done.length, "exception")} decided`);
  if (done.proposed.length > 0)
    toast(`${formatCount(done.proposed.length)} wait for a second person`);
  if (done.refused.length > 0) toastProblem(refusalsOf(done));
}

function useProgress(importId: string | undefined) {
  const today = todayIn(useZone());
  const first = new Date(Date.parse(`${today}T00:00:00Z`) - SPAN_DAYS * 86_400_000);
  return api.useQuery("get", "/api/v1/read-reviews/progress", {
    params: {
      query: {
        first_on: first.toISOString().slice(0, 10),
        last_on: today,
        ...(importId ? { import_id: importId } : {}),
      },
    },
  });
}

function Progress({ importId }: { importId: string | undefined }): ReactElement | null {
  const { data } = useProgress(importId);
  if (!data) return null;
  return (
    <span aria-live="polite">
      {formatCount(data.clear)} of {formatCount(data.reads)} clear
      {importId ? " in this file" : `, last ${SPAN_DAYS} days`}
    </span>
  );
}

function RuleTabs({
  importId,
  current,
}: {
  importId: string | undefined;
  current: string;
}): ReactElement {
  const { data } = useProgress(importId);
  const tabs = (data?.tabs ?? []).filter((tab) => tab.undecided > 0 || tab.rule === current);
  return (
    <LinkTabs
      label="Kinds of exceptions"
      current={current}
      param="rule"
      tabs={[
        { id: "", text: "All" },
        ...tabs.map((tab) => ({ id: tab.rule, text: words(tab.rule), count: tab.undecided })),
      ]}
    />
  );
}
