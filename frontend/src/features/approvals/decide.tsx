/** The two answers to a request; declining says why to the one who asked. */

import type { ReactElement } from "react";
import { client, seen } from "@/api/client";
import { useForget } from "@/api/session";
import { ActDialog } from "@/components/act";
import { Money } from "@/components/figures";
import { toast } from "@/components/toast";
import { type Approval, DECIDED_PATHS, KIND_NAMES } from "./kinds";

export type Verdict = "approve" | "decline";

interface DecideProps {
  row: Approval;
  verdict: Verdict;
  onClose: () => void;
}

export function Decide({ row, verdict, onClose }: DecideProps): ReactElement {
  const forget = useForget();
  const what = KIND_NAMES[row.kind].toLowerCase();
  const amount =
    row.amount_cents === null
      ? []
      : [{ label: "Amount", value: <Money cents={row.amount_cents} flush />, total: true }];
  const done = async (text: string) => {
    await forget(...DECIDED_PATHS);
    toast(text);
  };
  if (verdict === "decline") {
    return (
      <ActDialog
        title={`Decline the ${what}`}
        button="Decline it"
        reason={{ label: "Why? The one who asked reads it.", min: 5 }}
        onClose={onClose}
        onAct={async (reason) => {
          await decline(row, reason);
          await done("Declined");
        }}
      >
        <p>{AFTER_DECLINE[row.kind]}</p>
      </ActDialog>
    );
  }
  return (
    <ActDialog
      title={`Approve the ${what}`}
      button={AFTER_APPROVAL[row.kind][0]}
      effect={[
        { label: "What", value: row.title },
        { label: "Asked by", value: row.asked_by_name },
        ...amount,
      ]}
      onClose={onClose}
      onAct={async () => {
        await approve(row);
        await done("Approved");
      }}
    >
      <p>{AFTER_APPROVAL[row.kind][1]}</p>
    </ActDialog>
  );
}

const AFTER_APPROVAL: Record<Approval["kind"], [button: string, text: string]> = {
  adjustment: ["Approve and post", "It posts to the account at once."],
  bill_run: ["Approve the run", "It is released for posting and not calculated again."],
  read: ["Approve the read", "It may be billed."],
  tariff: ["Approve the version", "It prices every bill of its rate from its day on."],
  policy: ["Approve the policy", "It applies from its day on."],
};

const AFTER_DECLINE: Record<Approval["kind"], string> = {
  adjustment: "It is closed without posting.",
  bill_run: "It goes back to whoever prepared it, with what it calculated.",
  read: "It is held on the edit list and not billed until it is decided.",
  tariff: "It becomes a draft again.",
  policy: "It never applies.",
};

async function approve(row: Approval): Promise<void> {
  switch (row.kind) {
    case "adjustment":
      await client.POST("/api/v1/adjustments/{adjustment_id}/approve", {
        params: { path: { adjustment_id: row.id } },
        body: { note: "" },
      });
      return;
    case "bill_run":
      await client.POST("/api/v1/bill-runs/{run_id}/approve", {
        params: { path: { run_id: row.id } },
      });
      return;
    case "read":
      refuse(await client.POST("/api/v1/read-reviews/approvals", { body: { ids: [row.id] } }));
      return;
    case "tariff":
      await client.POST("/api/v1/tariff-versions/{version_id}/approve", versionOf(row));
      return;
    case "policy":
      await client.POST("/api/v1/policies/{key}/values/{value_id}/approve", {
        params: { path: { key: row.reference, value_id: row.id } },
      });
  }
}

async function decline(row: Approval, reason: string): Promise<void> {
  switch (row.kind) {
    case "adjustment":
      await client.POST("/api/v1/adjustments/{adjustment_id}/reject", {
        params: { path: { adjustment_id: row.id } },
        body: { note: reason },
      });
      return;
    case "bill_run":
      await client.POST("/api/v1/bill-runs/{run_id}/return", {
        params: { path: { run_id: row.id } },
        body: { reason },
      });
      return;
    case "read":
      refuse(
        await client.POST("/api/v1/read-reviews/acts", {
          body: { ids: [row.id], act: "hold", reason },
        }),
      );
      return;
    case "tariff":
      await client.POST("/api/v1/tariff-versions/{version_id}/return", {
        ...versionOf(row),
        body: { reason },
      });
      return;
    case "policy":
      await client.POST("/api/v1/policies/{key}/values/{value_id}/return", {
        params: { path: { key: row.reference, value_id: row.id } },
        body: { reason },
      });
  }
}

/** The version that the panel beside the list read last. */
function versionOf({ id }: Approval) {
  return {
    params: { path: { version_id: id }, header: seen(`/api/v1/tariff-versions/${id}`) },
  };
}

/** Acts on reads answer with those that they left alone; here that is a refusal. */
function refuse({ data }: { data?: { refused: { detail: string }[] } | undefined }): void {
  const [first] = data?.refused ?? [];
  if (first) throw new Error(first.detail);
}
