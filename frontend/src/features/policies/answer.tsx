import { ShieldCheck, Undo2 } from "lucide-react";
import { type ReactElement, useState } from "react";
import { client } from "@/api/client";
import { useForget, useMay, useSession } from "@/api/session";
import { ActDialog } from "@/components/act";
import { Banner } from "@/components/banner";
import { Button } from "@/components/button";
import { toast } from "@/components/toast";
import { formatDay } from "@/lib/dates";
import { formatValue, type Policy, type PolicyValue } from "./values";

interface AnswerProps {
  policy: Policy;
  value: PolicyValue;
}

/** The second person's answer to a waiting value; whoever entered it may only take it back. */
export function AnswerActs({ policy, value }: AnswerProps): ReactElement {
  const [asked, setAsked] = useState<"approve" | "return" | null>(null);
  const { user } = useSession();
  const mayApprove = useMay("policies:approve");
  const isOwn = value.entered_by === user.id;
  if (!mayApprove) return <span className="muted small">Another person approves it.</span>;
  return (
    <div className="row wrap">
      {isOwn ? (
        <span className="muted small">You entered it: another person approves.</span>
      ) : (
        <Button small variant="primary" onPress={() => setAsked("approve")}>
          <ShieldCheck aria-hidden /> Approve
        </Button>
      )}
      <Button small onPress={() => setAsked("return")}>
        <Undo2 aria-hidden /> {isOwn ? "Take back" : "Return"}
      </Button>
      {asked ? (
        <Answer act={asked} policy={policy} value={value} onClose={() => setAsked(null)} />
      ) : null}
    </div>
  );
}

interface DialogProps extends AnswerProps {
  act: "approve" | "return";
  onClose: () => void;
}

function Answer({ act, policy, value, onClose }: DialogProps): ReactElement {
  const forget = useForget();
  const params = { path: { key: policy.key, value_id: value.id } };
  const done = async (news: string) => {
    await forget("/api/v1/policies", "/api/v1/policies/{key}", "/api/v1/approvals");
    toast(news);
  };
  if (act === "return") {
    return (
      <ActDialog
        title="Return the value"
        button="Return it"
        reason={{ label: "Why", min: 5, max: 300 }}
        onClose={onClose}
        onAct={(reason) =>
          client
            .POST("/api/v1/policies/{key}/values/{value_id}/return", { params, body: { reason } })
            .then(() => done("Returned: it does not apply"))
        }
      >
        <p>It never applies. What stands now goes on.</p>
      </ActDialog>
    );
  }
  return (
    <ActDialog
      title="Approve the value"
      button="Approve"
      effect={[
        { label: "Today", value: formatValue(policy, policy.value) },
        { label: "From", value: formatDay(value.from_on) },
        { label: policy.title, value: formatValue(policy, value.value), total: true },
      ]}
      onClose={onClose}
      onAct={() =>
        client
          .POST("/api/v1/policies/{key}/values/{value_id}/approve", { params })
          .then(() => done(`Approved from ${formatDay(value.from_on)}`))
      }
    >
      {value.warning ? <Banner tone="warn" title={value.warning} /> : null}
      <p>
        Decided by {value.decided_by}, entered by {value.entered_by_name}.
      </p>
    </ActDialog>
  );
}
