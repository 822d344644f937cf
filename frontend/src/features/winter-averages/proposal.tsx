/** A proposal of winter averages: its effect, what deserves a look, and the second person's act. */

import { getRouteApi, Link } from "@tanstack/react-router";
import { ShieldCheck, Undo2 } from "lucide-react";
import { type ReactElement, useState } from "react";
import { api, client, type Schema, seen } from "@/api/client";
import { useJobOf, useWhenEnded } from "@/api/jobs";
import type { RowOf } from "@/api/lists";
import { useForget, useMay, useSession } from "@/api/session";
import { ActDialog } from "@/components/act";
import { Button } from "@/components/button";
import { columnsOf, DataGrid } from "@/components/data-grid";
import { Empty } from "@/components/empty";
import { Figure, Figures, Usage } from "@/components/figures";
import { FilterPick } from "@/components/form";
import { JobProgress } from "@/components/job-progress";
import { PageHead } from "@/components/page";
import { Pill } from "@/components/pill";
import { ShownPage } from "@/components/shown";
import { toast } from "@/components/toast";
import { formatDay } from "@/lib/dates";
import { formatCount, formatQuantity, plural } from "@/lib/units";
import { Correct } from "./correct";
import { FLAG_NAMES, FLAG_OPTIONS } from "./flags";

const PATH = "/api/v1/winter-proposals/{proposal_id}/lines";
type Line = RowOf<typeof PATH>;
type Proposal = Schema<"WinterProposalOut">;
const route = getRouteApi("/app/winter-averages/$proposalId");
const col = columnsOf<Line>();
const COLUMNS = [
  col.link("account_number", "Account", (row) => `/accounts/${row.account_id}`),
  col.text("customer_name", "Customer", { width: 200, grows: true }),
  col.quantity("previous", "Now"),
  col.quantity("quantity", "Proposed"),
  col.quantity("change", "Change"),
  col.word("flag", "Look", { width: 130 }),
  col.text("note", "Note", { width: 280, grows: true }),
];

export function WinterProposal(): ReactElement {
  const { proposalId } = route.useParams();
  const forget = useForget();
  const query = api.useQuery("get", "/api/v1/winter-proposals/{proposal_id}", {
    params: { path: { proposal_id: proposalId } },
  });
  const job = useJobOf(proposalId);
  useWhenEnded(job, () => void forget("/api/v1/winter-proposals/{proposal_id}", PATH));
  return (
    <div className="page full">
      <ShownPage query={query}>
        {(proposal) => (
          <>
            <Head proposal={proposal} />
            {proposal.state === "computing" && job ? (
              <JobProgress job={job} what="Computing averages" />
            ) : (
              <Lines proposal={proposal} />
            )}
          </>
        )}
      </ShownPage>
    </div>
  );
}

function Head({ proposal }: { proposal: Proposal }): ReactElement {
  return (
    <>
      <PageHead
        title={`Winter averages of ${proposal.rate_code}`}
        crumbs={<Link to="/winter-averages">Winter averages</Link>}
        state={<Pill state={proposal.state} />}
        subtitle={`${proposal.reason}${proposal.as_of_on ? `, winter before ${formatDay(proposal.as_of_on)}` : ""} · for bills of periods from ${formatDay(proposal.from_on)} · prepared by ${proposal.prepared_by_name}${proposal.decided_by_name ? `, ${proposal.state} by ${proposal.decided_by_name}` : ""}`}
      >
        <Acts proposal={proposal} />
      </PageHead>
      <div className="run-head">
        <Figures>
          <Figure label="Would be set" lead>
            {formatCount(proposal.to_set)}
          </Figure>
          <Figure label="Keep what they have">
            {formatCount(proposal.agreements - proposal.to_set)}
          </Figure>
          <Figure label="To look at">{formatCount(proposal.flagged)}</Figure>
          <Figure label="Sum now">
            <Usage value={proposal.before} />
          </Figure>
          <Figure label="Sum proposed">
            <Usage value={proposal.after} />
          </Figure>
        </Figures>
      </div>
    </>
  );
}

function Acts({ proposal }: { proposal: Proposal }): ReactElement | null {
  const [act, setAct] = useState<"approve" | "reject" | null>(null);
  const { user } = useSession();
  const mayApprove = useMay("runs:approve");
  const forget = useForget();
  if (proposal.state !== "proposed") return null;
  const isAuthor = proposal.authors.includes(user.id);
  const params = {
    path: { proposal_id: proposal.id },
    header: seen(`/api/v1/winter-proposals/${proposal.id}`),
  };
  const done = async (text: string) => {
    await forget(
      "/api/v1/winter-proposals",
      "/api/v1/winter-proposals/{proposal_id}",
      "/api/v1/winter-averages",
    );
    toast(text);
  };
  return (
    <>
      {isAuthor ? (
        <span className="muted small">You worked on this: another person approves it.</span>
      ) : null}
      {mayApprove ? (
        <Button onPress={() => setAct("reject")}>
          <Undo2 aria-hidden /> Reject
        </Button>
      ) : null}
      {mayApprove && !isAuthor ? (
        <Button variant="primary" onPress={() => setAct("approve")}>
          <ShieldCheck aria-hidden /> Approve
        </Button>
      ) : null}
      {act === "approve" ? (
        <ActDialog
          title="Set these winter averages"
          button={`Set ${plural(proposal.to_set, "average")}`}
          effect={[
            { label: "Set, for bills from", value: formatDay(proposal.from_on) },
            { label: "Sum of averages now", value: formatQuantity(proposal.before) },
            { label: "Sum of averages then", value: formatQuantity(proposal.after), total: true },
          ]}
          onClose={() => setAct(null)}
          onAct={() =>
            client
              .POST("/api/v1/winter-proposals/{proposal_id}/approve", { params })
              .then(() => done("Averages set"))
          }
        />
      ) : null}
      {act === "reject" ? (
        <ActDialog
          title="Reject the proposal"
          button="Reject it"
          reason={{ label: "Why?", min: 5, max: 300 }}
          onClose={() => setAct(null)}
          onAct={(reason) =>
            client
              .POST("/api/v1/winter-proposals/{proposal_id}/reject", { params, body: { reason } })
              .then(() => done("Rejected"))
          }
        />
      ) : null}
    </>
  );
}

function Lines({ proposal }: { proposal: Proposal }): ReactElement {
  const { q, sort, flag } = route.useSearch();
  const navigate = route.useNavigate();
  const mayPrepare = useMay("runs:prepare") && proposal.state === "proposed";
  const [corrected, setCorrected] = useState<Line | null>(null);
  const change = (patch: object) =>
    void navigate({ search: (before) => ({ ...before, ...patch }), replace: true });
  return (
    <>
      <DataGrid
        name="winter-lines"
        label="Proposed averages"
        noun={["customer", "customers"]}
        path={PATH}
        pathParams={{ proposal_id: proposal.id }}
        columns={COLUMNS}
        q={q}
        sort={sort}
        filters={{ ...(flag ? { flag } : {}) }}
        onSearch={change}
        onClear={() => change({ q: undefined, flag: undefined })}
        controls={
          <FilterPick
            label="Look"
            value={flag}
            options={FLAG_OPTIONS.map(([id, text]) => [
              id,
              `${text} (${formatCount(proposal.by_flag[id] ?? 0)})`,
            ])}
            onChange={(next) => change({ flag: next })}
          />
        }
        {...(mayPrepare ? { onOpen: setCorrected } : {})}
        empty={<Empty title="No agreement is on this rate" />}
      />
      {corrected ? (
        <Correct
          proposal={proposal}
          line={corrected}
          flag={FLAG_NAMES[corrected.flag]}
          onClose={() => setCorrected(null)}
        />
      ) : null}
    </>
  );
}
