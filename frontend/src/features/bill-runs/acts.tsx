import { CheckCheck, CornerUpLeft, Play, ShieldCheck, Stamp, Trash2, Undo2 } from "lucide-react";
import { type ReactElement, useState } from "react";
import { api, client } from "@/api/client";
import { useForget, useMay, useSession } from "@/api/session";
import { ActDialog } from "@/components/act";
import { Button } from "@/components/button";
import { Money } from "@/components/figures";
import { toast } from "@/components/toast";
import { formatCents } from "@/lib/cents";
import { formatCount, plural } from "@/lib/units";
import { RUN_PATHS, type Run } from "./states";

type Act = "calculate" | "review" | "return" | "approve" | "post" | "reverse" | "discard";
/** From this many bills on, posting asks for the number to be typed. */
const TYPED_FROM = 1000;

/** What may be done with the run now, by this person. */
export function RunActs({ run, isWorking }: { run: Run; isWorking: boolean }): ReactElement {
  const [act, setAct] = useState<Act | null>(null);
  const { user } = useSession();
  const mayPrepare = useMay("runs:prepare");
  const mayApprove = useMay("runs:approve");
  const mayPost = useMay("runs:post");
  const isOwn = run.prepared_by === user.id;
  const isOpen = ["draft", "calculated", "reviewed"].includes(run.state);
  return (
    <>
      {mayPrepare && isOpen ? (
        <Button variant="quiet" isDisabled={isWorking} onPress={() => setAct("discard")}>
          <Trash2 aria-hidden /> Discard
        </Button>
      ) : null}
      {mayPrepare && isOpen ? (
        <Button
          {...(run.state === "draft" ? { variant: "primary" as const } : {})}
          isDisabled={isWorking}
          onPress={() => setAct("calculate")}
        >
          <Play aria-hidden /> {run.state === "draft" ? "Calculate" : "Calculate again"}
        </Button>
      ) : null}
      {mayPrepare && run.state === "calculated" ? (
        <Button variant="primary" isDisabled={isWorking} onPress={() => setAct("review")}>
          <CheckCheck aria-hidden /> Reviewed
        </Button>
      ) : null}
      {run.state === "reviewed" && isOwn ? (
        <span className="muted small">You prepared this run: another person approves it.</span>
      ) : null}
      {mayApprove && run.state === "reviewed" ? (
        <Button onPress={() => setAct("return")}>
          <CornerUpLeft aria-hidden /> Give back
        </Button>
      ) : null}
      {mayApprove && run.state === "reviewed" && !isOwn ? (
        <Button variant="primary" onPress={() => setAct("approve")}>
          <ShieldCheck aria-hidden /> Approve
        </Button>
      ) : null}
      {mayPost && run.state === "approved" ? (
        <Button variant="primary" isDisabled={isWorking} onPress={() => setAct("post")}>
          <Stamp aria-hidden /> Post {plural(run.billed, "bill")}
        </Button>
      ) : null}
      {mayApprove && run.state === "posted" ? (
        <Button variant="danger" isDisabled={isWorking} onPress={() => setAct("reverse")}>
          <Undo2 aria-hidden /> Reverse
        </Button>
      ) : null}
      {act ? <RunAct act={act} run={run} onClose={() => setAct(null)} /> : null}
    </>
  );
}

interface RunActProps {
  act: Act;
  run: Run;
  onClose: () => void;
}

function RunAct({ act, run, onClose }: RunActProps): ReactElement {
  const forget = useForget();
  const params = { path: { run_id: run.id } };
  const done = async (text?: string) => {
    await forget(...RUN_PATHS);
    if (text) toast(text);
  };
  const amount = { label: "Amount", value: <Money cents={run.current_cents} flush />, total: true };
  const bills = { label: "Bills", value: formatCount(run.billed) };
  switch (act) {
    case "calculate":
      return (
        <ActDialog
          title={run.state === "draft" ? "Calculate the bills" : "Calculate again"}
          button="Calculate"
          onClose={onClose}
          onAct={() =>
            client.POST("/api/v1/bill-runs/{run_id}/calculate", { params }).then(() => done())
          }
        >
          <p>
            Nothing reaches the books.{" "}
            {run.state === "draft"
              ? ""
              : "The earlier results give way; excuses stand as long as their reason does. "}
            You may leave the page while it works.
          </p>
        </ActDialog>
      );
    case "review":
      return (
        <ActDialog
          title="The run is reviewed"
          button="Say it is reviewed"
          effect={[
            bills,
            { label: "Open exceptions", value: formatCount(run.open_exceptions) },
            amount,
          ]}
          onClose={onClose}
          onAct={() =>
            client
              .POST("/api/v1/bill-runs/{run_id}/review", { params })
              .then(() => done("Reviewed"))
          }
        >
          <p>Another person can then approve it.</p>
        </ActDialog>
      );
    case "return":
      return (
        <ActDialog
          title="Give the run back"
          button="Give it back"
          reason={{ label: "What should be looked at? Who prepared it reads it.", min: 5 }}
          onClose={onClose}
          onAct={(reason) =>
            client
              .POST("/api/v1/bill-runs/{run_id}/return", { params, body: { reason } })
              .then(() => done("Given back"))
          }
        >
          <p>What it calculated stays; it is reviewed again before it is approved.</p>
        </ActDialog>
      );
    case "approve":
      return (
        <ActDialog
          title="Approve the run"
          button={`Approve ${plural(run.billed, "bill")}`}
          effect={[bills, { label: "Accounts expected", value: formatCount(run.expected) }, amount]}
          onClose={onClose}
          onAct={() =>
            client
              .POST("/api/v1/bill-runs/{run_id}/approve", { params })
              .then(() => done("Approved"))
          }
        >
          <p>It is released for posting; its bills cannot be calculated again.</p>
        </ActDialog>
      );
    case "post":
      return (
        <ActDialog
          title="Post the run"
          button={`Post ${plural(run.billed, "bill")}, ${formatCents(run.current_cents)}`}
          effect={[
            bills,
            { label: "Accounts receivable grows by", value: amount.value, total: true },
          ]}
          {...(run.billed >= TYPED_FROM
            ? {
                typed: {
                  label: `Type the number of bills (${formatCount(run.billed)})`,
                  value: String(run.billed),
                },
              }
            : {})}
          onClose={onClose}
          onAct={() =>
            client.POST("/api/v1/bill-runs/{run_id}/post", { params }).then(() => done())
          }
        />
      );
    case "reverse":
      return <Reverse run={run} onClose={onClose} onDone={() => done()} />;
    case "discard":
      return (
        <ActDialog
          title="Discard the run"
          button="Discard the run"
          isDangerous
          reason={{ label: "Why is it given up?", min: 5 }}
          onClose={onClose}
          onAct={(reason) =>
            client
              .POST("/api/v1/bill-runs/{run_id}/discard", { params, body: { reason } })
              .then(() => done("Discarded"))
          }
        />
      );
  }
}

function Reverse({
  run,
  onClose,
  onDone,
}: {
  run: Run;
  onClose: () => void;
  onDone: () => Promise<void>;
}): ReactElement {
  const params = { path: { run_id: run.id } };
  const { data } = api.useQuery("get", "/api/v1/bill-runs/{run_id}/reversal-preview", { params });
  return (
    <ActDialog
      title="Reverse the posted run"
      button={data ? `Reverse ${plural(data.bills, "bill")}` : "Reverse"}
      isDangerous
      reason={{ label: "Why is it taken back?", min: 5 }}
      effect={
        data
          ? [
              { label: "Bills taken back", value: formatCount(data.bills) },
              { label: "Statements already printed", value: formatCount(data.statements_printed) },
              { label: "Bills with payments", value: formatCount(data.paid_bills) },
              {
                label: "Payments that become credits",
                value: <Money cents={data.paid_cents} flush />,
              },
              {
                label: "Accounts receivable falls by",
                value: <Money cents={data.current_cents} flush />,
                total: true,
              },
            ]
          : []
      }
      onClose={onClose}
      onAct={(reason) =>
        client.POST("/api/v1/bill-runs/{run_id}/reverse", { params, body: { reason } }).then(onDone)
      }
    />
  );
}
