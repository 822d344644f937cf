import { Link } from "@tanstack/react-router";
import { ShieldCheck } from "lucide-react";
import { type ReactElement, useState } from "react";
import { client, type Schema } from "@/api/client";
import { hasEnded, useJob, useWhenEnded } from "@/api/jobs";
import { useForget, useMay } from "@/api/session";
import { Banner } from "@/components/banner";
import { Button } from "@/components/button";
import { Empty } from "@/components/empty";
import { Fact, Facts, Moment } from "@/components/figures";
import { Section } from "@/components/page";
import { Pill } from "@/components/pill";
import { toast, toastProblem } from "@/components/toast";

type ProofHealth = Schema<"ProofHealth">;

/** The last proof of the ledger, and a new one: it reads everything and changes nothing. */
export function Proof({ proof }: { proof: ProofHealth | null }): ReactElement {
  const mayVerify = useMay("jobs:write");
  const forget = useForget();
  const [asked, setAsked] = useState<string | null>(null);
  const job = useJob(asked ?? proof?.job_id);
  useWhenEnded(job, ({ state }) => {
    toast(state === "done" ? "The ledger holds" : "The proof failed");
    void forget("/api/v1/health-report");
  });
  const isRunning = job !== undefined && !hasEnded(job);
  const verify = async () => {
    try {
      const { data } = await client.POST("/api/v1/health-report/verify");
      if (data) setAsked(data.job_id);
      await forget("/api/v1/health-report");
    } catch (error) {
      toastProblem(error);
    }
  };
  return (
    <Section
      title="Proof of the ledger"
      actions={
        mayVerify ? (
          <Button small isBusy={isRunning} onPress={() => void verify()}>
            <ShieldCheck aria-hidden /> {isRunning ? "Proving" : "Verify now"}
          </Button>
        ) : null
      }
    >
      {proof ? (
        <Found proof={proof} />
      ) : (
        <Empty title="Not proved yet">
          It runs every night; it reads the whole ledger and changes nothing.
        </Empty>
      )}
    </Section>
  );
}

function Found({ proof }: { proof: ProofHealth }): ReactElement {
  return (
    <>
      {proof.finding ? (
        <Banner tone="danger" title="The ledger does not hold">
          <p>{proof.finding}</p>
        </Banner>
      ) : null}
      <Facts>
        <Fact label="State">
          <Pill
            state={proof.state}
            {...(proof.state === "done" ? { label: "Everything holds" } : {})}
          />
        </Fact>
        <Fact label="Asked for">
          <Moment at={proof.asked_at} />
        </Fact>
        <Fact label="Ended">
          <Moment at={proof.ended_at} />
        </Fact>
        <Fact label="Job">
          <Link to="/jobs/$jobId" params={{ jobId: proof.job_id }}>
            Open
          </Link>
        </Fact>
      </Facts>
      {proof.checks.length > 0 ? (
        <p className="small">
          <span className="muted">Proved:</span> {proof.checks.join(" · ")}
        </p>
      ) : null}
      {proof.head ? (
        <p className="small">
          <span className="muted">Head, to be kept elsewhere:</span>{" "}
          <span className="mono">{proof.head}</span>
        </p>
      ) : null}
    </>
  );
}
