import { getRouteApi, Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { api } from "@/api/client";
import { hasEnded, useJobOf, useWhenEnded } from "@/api/jobs";
import { useForget } from "@/api/session";
import { Banner } from "@/components/banner";
import { Figure, Figures, Money, useZone } from "@/components/figures";
import { JobProgress } from "@/components/job-progress";
import { PageHead } from "@/components/page";
import { Pill } from "@/components/pill";
import { ShownPage } from "@/components/shown";
import { Steps } from "@/components/steps";
import { LinkTabs } from "@/components/tabs";
import { toast } from "@/components/toast";
import { formatDay, formatPeriod, todayIn } from "@/lib/dates";
import { formatCount } from "@/lib/units";
import { RunActs } from "./acts";
import { Comparison } from "./comparison";
import { Completeness } from "./completeness";
import { Exceptions } from "./exceptions";
import { PreList } from "./pre-list";
import { Proof } from "./proof";
import { RunBills } from "./run-bills";
import { Statements } from "./statements";
import { firstTab, RUN_PATHS, type Run, type RunTab, stepOf } from "./states";

const route = getRouteApi("/app/bill-runs/$runId");
const JOB_NAMES: Record<string, string> = {
  "billing.calculate": "Calculating the bills",
  "billing.post": "Posting the bills",
  "billing.reverse": "Reversing the run",
  "billing.print_statements": "Printing the statements",
};

/** One run, from schedule to posted bills, each step with its proof. */
export function BillRun(): ReactElement {
  const { runId } = route.useParams();
  const query = api.useQuery("get", "/api/v1/bill-runs/{run_id}", {
    params: { path: { run_id: runId } },
  });
  return (
    <div className="page full">
      <ShownPage query={query}>{(run) => <RunSheet run={run} />}</ShownPage>
    </div>
  );
}

function RunSheet({ run }: { run: Run }): ReactElement {
  const { tab = firstTab(run) } = route.useSearch();
  const forget = useForget();
  const job = useJobOf(run.id);
  const isWorking = job != null && !hasEnded(job);
  const step = useStep(run, isWorking);
  useWhenEnded(job, (ended) => {
    void forget(...RUN_PATHS);
    if (ended.state === "done") toast(`${JOB_NAMES[ended.kind] ?? ended.kind}: done`);
  });
  return (
    <>
      <PageHead
        title={run.name}
        crumbs={
          <>
            <Link to="/bill-runs">Bill runs</Link> · Run {run.number}
          </>
        }
        state={<Pill state={run.state} />}
        subtitle={[
          formatPeriod(run.period_from, run.period_to),
          `bills of ${formatDay(run.bill_on)}, due ${formatDay(run.due_on)}`,
          ...(run.reason ? [`off-cycle: ${run.reason}`] : []),
        ].join(" · ")}
      >
        <RunActs run={run} isWorking={isWorking} />
      </PageHead>
      <div className="run-head">
        <Steps label="How far the run is" steps={stepsOf(run, useZone())} current={step} />
        {job && (isWorking || ["failed", "cancelled"].includes(job.state)) ? (
          <JobProgress job={job} what={JOB_NAMES[job.kind] ?? job.kind} />
        ) : null}
        {run.state === "reversed" ? (
          <Banner tone="warn" title="This run was reversed">
            <p>{run.reversal_reason}</p>
          </Banner>
        ) : null}
        <Totals run={run} />
      </div>
      <LinkTabs label="Parts of the run" current={tab} param="tab" tabs={tabsOf(run)} isFresh />
      <div className="tab-body">
        <TabBody tab={tab} run={run} isWorking={isWorking} />
      </div>
    </>
  );
}

/** The step that is next; a printed run whose figures agree has none left. */
function useStep(run: Run, isWorking: boolean): number {
  const isPosted = run.state === "posted";
  const prints = api.useQuery(
    "get",
    "/api/v1/statement-prints",
    { params: { query: { run_id: run.id, limit: 1 } } },
    { enabled: isPosted },
  );
  const isPrinted = (prints.data?.total ?? 0) > 0;
  const proof = api.useQuery(
    "get",
    "/api/v1/bill-runs/{run_id}/proof",
    { params: { path: { run_id: run.id } } },
    { enabled: isPosted && isPrinted },
  );
  return stepOf(run, isWorking, isPrinted, proof.data?.agrees ?? false);
}

/** What the last calculation came to; before the first there is nothing to say. */
function Totals({ run }: { run: Run }): ReactElement {
  const isKnown = run.calculated_at !== null;
  const count = (value: number) => (isKnown ? formatCount(value) : "–");
  return (
    <Figures>
      <Figure label="Amount" lead>
        {isKnown ? <Money cents={run.current_cents} /> : "–"}
      </Figure>
      <Figure label="Bills">{count(run.billed)}</Figure>
      <Figure label="Accounts expected">{count(run.expected)}</Figure>
      <Figure label="Open exceptions">{count(run.open_exceptions)}</Figure>
    </Figures>
  );
}

interface TabBodyProps {
  tab: RunTab;
  run: Run;
  isWorking: boolean;
}

function TabBody({ tab, run, isWorking }: TabBodyProps): ReactElement {
  switch (tab) {
    case "pre-list":
      return <PreList runId={run.id} />;
    case "bills":
      return <RunBills run={run} />;
    case "completeness":
      return <Completeness runId={run.id} />;
    case "proof":
      return <Proof runId={run.id} />;
    case "statements":
      return <Statements run={run} isWorking={isWorking} />;
    case "comparison":
      return <Comparison runId={run.id} />;
    default:
      return <Exceptions run={run} />;
  }
}

function stepsOf(run: Run, zone: string) {
  const on = (at: string | null) => (at ? formatDay(todayIn(zone, new Date(at))) : "");
  return [
    { id: "schedule", text: "Schedule", note: on(run.prepared_at) },
    { id: "reads", text: "Reads", search: { tab: "pre-list" } },
    { id: "calculate", text: "Calculate", note: on(run.calculated_at) },
    { id: "exceptions", text: "Exceptions", search: { tab: "exceptions" } },
    {
      id: "compare",
      text: "Compare",
      note: on(run.reviewed_at),
      search: { tab: "comparison" },
    },
    { id: "approve", text: "Approve", note: on(run.approved_at) },
    { id: "post", text: "Post", note: on(run.posted_at) },
    { id: "statements", text: "Statements", search: { tab: "statements" } },
    { id: "proof", text: "Proof", search: { tab: "proof" } },
  ];
}

function tabsOf(run: Run) {
  const isKnown = run.calculated_at !== null;
  return [
    { id: "pre-list", text: "Pre-list" },
    { id: "exceptions", text: "Exceptions", count: isKnown ? run.open_exceptions : undefined },
    { id: "bills", text: "Bills", count: isKnown ? run.billed : undefined },
    { id: "completeness", text: "Completeness" },
    { id: "comparison", text: "Comparison" },
    { id: "statements", text: "Statements" },
    { id: "proof", text: "Proof" },
  ];
}
