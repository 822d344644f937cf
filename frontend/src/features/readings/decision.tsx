/** The dialogs of the edit list: an act with its reason, an approval, a match. */

import type { ReactElement } from "react";
import { api, client, type Schema } from "@/api/client";
import { useForget } from "@/api/session";
import { ActDialog } from "@/components/act";
import { ProblemBanner } from "@/components/banner";
import { toast, toastProblem } from "@/components/toast";
import { withDays } from "@/lib/dates";
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
    asked.onDone?.();
    await forget(...REVIEW_PATHS);
    if (done) tellDone(done);
  };
  if (asked.what === "approve") {
    return (
      <ActDialog
        title="Approve what was proposed"
        button={`Approve ${plural(asked.count, "decision")}`}
        onClose={onClose}
        onAct={async () => {
          const { data } = await client.POST("/api/v1/read-reviews/approvals", {
            body: asked.choice,
          });
          await tell(data);
        }}
        {...(asked.review ? { effect: proposalOf(asked.review) } : {})}
      >
        <p>
          {asked.review ? nameOf(asked.review) : plural(asked.count, "exception")}. You approve as
          the second person; your own proposals are left as they are.
        </p>
      </ActDialog>
    );
  }
  return <Act asked={asked} onTell={tell} onClose={onClose} />;
}

interface ActProps {
  asked: Extract<Asked, { what: "act" }>;
  onTell: (done: Schema<"ActsDone"> | undefined) => Promise<void>;
  onClose: () => void;
}

/** One act with its reason; of many, what it would do to them is said first. */
function Act({ asked, onTell, onClose }: ActProps): ReactElement {
  const { act, choice, count, text } = asked;
  const named = ACTS.find((one) => one.act === act);
  const effect = api.useQuery(
    "post",
    "/api/v1/read-reviews/acts/preview",
    { body: { ...choice, act } },
    { enabled: count > 1, staleTime: 0 },
  );
  return (
    <ActDialog
      title={named?.label ?? act}
      button={named?.short ?? "Go on"}
      reason={{ label: "Why? Others will read it.", min: 5, max: 300 }}
      {...(effect.data ? { effect: effectOf(effect.data) } : {})}
      onClose={onClose}
      onAct={async (reason) => {
        const { data } = await client.POST("/api/v1/read-reviews/acts", {
          body: { ...choice, act, reason },
        });
        await onTell(data);
      }}
    >
      <p>{text}</p>
      <ProblemBanner error={effect.error} />
    </ActDialog>
  );
}

function effectOf({ decided, proposed, left }: Schema<"ActsEffect">) {
  return [
    { label: "Decided at once", value: formatCount(decided), total: true },
    ...(proposed > 0
      ? [{ label: "Proposed to a second person", value: formatCount(proposed) }]
      : []),
    ...left.map(({ reason, exceptions }) => ({
      label: `Left as they are: ${withDays(reason)}`,
      value: formatCount(exceptions),
    })),
  ];
}

function proposalOf(review: Review) {
  return [
    { label: "Exception", value: withDays(review.reason) },
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
