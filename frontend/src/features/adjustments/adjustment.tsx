import { getRouteApi, Link } from "@tanstack/react-router";
import { ShieldCheck, X } from "lucide-react";
import { type ReactElement, useState } from "react";
import { api, client, type Schema } from "@/api/client";
import { useForget, useMay, useSession } from "@/api/session";
import { ActDialog } from "@/components/act";
import { Button } from "@/components/button";
import { Fact, Facts, Moment, Money } from "@/components/figures";
import { PageHead } from "@/components/page";
import { Pill } from "@/components/pill";
import { ShownPage } from "@/components/shown";
import { toast } from "@/components/toast";
import { formatCents } from "@/lib/cents";
import { words } from "@/lib/words";

type AdjustmentOut = Schema<"AdjustmentOut">;
const route = getRouteApi("/app/adjustments/$adjustmentId");

/** One correction and its decision. */
export function Adjustment(): ReactElement {
  const { adjustmentId } = route.useParams();
  const query = api.useQuery("get", "/api/v1/adjustments/{adjustment_id}", {
    params: { path: { adjustment_id: adjustmentId } },
  });
  return (
    <div className="page">
      <ShownPage query={query}>{(adjustment) => <Sheet adjustment={adjustment} />}</ShownPage>
    </div>
  );
}

function Sheet({ adjustment }: { adjustment: AdjustmentOut }): ReactElement {
  const [act, setAct] = useState<"approve" | "reject" | null>(null);
  const { user } = useSession();
  const mayApprove = useMay("adjustments:approve");
  const isWaiting = adjustment.state === "requested";
  const isOwn = adjustment.requested_by === user.id;
  return (
    <>
      <PageHead
        title={`${words(adjustment.type_code)} ${formatCents(adjustment.amount_cents)}`}
        crumbs={<Link to="/adjustments">Adjustments</Link>}
        state={<Pill state={adjustment.state} />}
      >
        <Link
          className="btn"
          to="/accounts/$accountId"
          params={{ accountId: adjustment.account_id }}
        >
          The account
        </Link>
        {isWaiting && isOwn ? (
          <span className="muted small">You asked for it: another person decides.</span>
        ) : null}
        {isWaiting && mayApprove && !isOwn ? (
          <>
            <Button onPress={() => setAct("reject")}>
              <X aria-hidden /> Reject
            </Button>
            <Button variant="primary" onPress={() => setAct("approve")}>
              <ShieldCheck aria-hidden /> Approve and post
            </Button>
          </>
        ) : null}
      </PageHead>
      <Facts>
        <Fact label="Amount">
          <Money cents={adjustment.amount_cents} flush />
        </Fact>
        <Fact label="Limit for one person">
          <Money cents={adjustment.limit_cents} flush />
        </Fact>
        <Fact label="Asked by">{adjustment.requested_by_name}</Fact>
        <Fact label="Asked for">
          <Moment at={adjustment.requested_at} />
        </Fact>
        <Fact label="Decided by">{adjustment.decided_by_name ?? "–"}</Fact>
        <Fact label="Decided">
          <Moment at={adjustment.decided_at} />
        </Fact>
      </Facts>
      <p className="notes">{adjustment.note}</p>
      {adjustment.basis ? <p className="notes arithmetic">{adjustment.basis}</p> : null}
      {adjustment.decision_note ? <p className="notes">{adjustment.decision_note}</p> : null}
      {act ? <Decide act={act} adjustment={adjustment} onClose={() => setAct(null)} /> : null}
    </>
  );
}

interface DecideProps {
  act: "approve" | "reject";
  adjustment: AdjustmentOut;
  onClose: () => void;
}

function Decide({ act, adjustment, onClose }: DecideProps): ReactElement {
  const forget = useForget();
  const init = (note: string) => ({
    params: { path: { adjustment_id: adjustment.id } },
    body: { note },
  });
  async function done(text: string): Promise<void> {
    await forget("/api/v1/adjustments", "/api/v1/adjustments/{adjustment_id}");
    toast(text);
  }
  if (act === "reject") {
    return (
      <ActDialog
        title="Reject the adjustment"
        button="Reject it"
        reason={{ label: "Why? The one who asked reads it.", min: 5 }}
        onClose={onClose}
        onAct={async (note) => {
          await client.POST("/api/v1/adjustments/{adjustment_id}/reject", init(note));
          await done("Rejected");
        }}
      />
    );
  }
  return (
    <ActDialog
      title="Approve and post"
      button={`Post ${formatCents(adjustment.amount_cents)}`}
      effect={[
        { label: "Asked by", value: adjustment.requested_by_name },
        {
          label: adjustment.amount_cents < 0 ? "The account is credited" : "The account is charged",
          value: <Money cents={adjustment.amount_cents} flush />,
          total: true,
        },
      ]}
      onClose={onClose}
      onAct={async () => {
        await client.POST("/api/v1/adjustments/{adjustment_id}/approve", init(""));
        await done("The adjustment is posted");
      }}
    >
      <p>{adjustment.note}</p>
    </ActDialog>
  );
}
