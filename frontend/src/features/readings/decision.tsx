/** The dialogs of the edit list: an act with its reason, an approval, a match. */

import type { ReactElement } from "react";
import { client, type Schema } from "@/api/client";
import { useForget } from "@/api/session";
import { ActDialog } from "@/components/act";
import { toast, toastProblem } from "@/components/toast";
import { formatCount, plural } from "@/lib/units";
import { words } from "@/lib/words";
import { ACTS, REVIEW_PATHS, refusalsOf } from "./acts";
import type { Review } from "./columns";
import { type Asked, nameOf } from "./deciding";
import { Match } from "./match";

export default function Decision({
  asked,
  onClose,
}: {
  asked: Asked;
  onClose: () => void;
}): ReactElement {
  const forget = useForget();
  if (asked.what === "match") return <Match review={asked.review} onClose={onClose} />;
  const tell = async (done: Schema<"ActsDone"> | undefined) => {
    await forget(...REVIEW_PATHS);
    if (done) tellDone(done);
  };
  if (asked.what === "approve") {
    return (
      <ActDialog
        title="Approve what was proposed"
        button={`Approve ${plural(asked.ids.length, "decision")}`}
        onClose={onClose}
        onAct={async () => {
          const { data } = await client.POST("/api/v1/read-reviews/approvals", {
            body: { ids: asked.ids },
          });
          await tell(data);
        }}
        {...(asked.review ? { effect: proposalOf(asked.review) } : {})}
      >
        <p>
          {asked.review ? nameOf(asked.review) : plural(asked.ids.length, "exception")}. You approve
          as the second person; your own proposals are left as they are.
        </p>
      </ActDialog>
    );
  }
  const { act, ids, text } = asked;
  const named = ACTS.find((one) => one.act === act);
  return (
    <ActDialog
      title={named?.label ?? act}
      button={named?.short ?? "Go on"}
      reason={{ label: "Why? Others will read it.", min: 5, max: 300 }}
      onClose={onClose}
      onAct={async (reason) => {
        const { data } = await client.POST("/api/v1/read-reviews/acts", {
          body: { ids, act, reason },
        });
        await tell(data);
      }}
    >
      <p>{text}</p>
    </ActDialog>
  );
}

function proposalOf(review: Review) {
  return [
    { label: "Exception", value: review.reason },
    { label: "Proposed", value: words(review.decision ?? "") },
    { label: "By", value: review.decided_by_name ?? "–" },
    { label: "Their reason", value: review.decision_reason },
  ];
}

function tellDone(done: Schema<"ActsDone">): void {
  if (done.done.length > 0) toast(`${plural(done.done.length, "exception")} decided`);
  if (done.proposed.length > 0)
    toast(`${formatCount(done.proposed.length)} wait for a second person`);
  if (done.refused.length > 0) toastProblem(refusalsOf(done));
}
