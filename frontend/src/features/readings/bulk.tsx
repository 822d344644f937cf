/** The acts on a selection of exceptions; "all that match" sends the filter, not the ids. */

import type { ReactElement } from "react";
import { useMay } from "@/api/session";
import { Button } from "@/components/button";
import type { ACTS, Act } from "./acts";

/** More are chosen by their filter. */
export const BY_ID_MAX = 500;

interface BulkProps {
  acts: typeof ACTS;
  isTooMany: boolean;
  onAct: (act: Act) => void;
  onApprove: () => void;
}

export function Bulk({ acts, isTooMany, onAct, onApprove }: BulkProps): ReactElement {
  const mayReview = useMay("readings:review");
  const mayApprove = useMay("readings:approve");
  return (
    <>
      {acts.map(({ act, short }) => (
        <Button key={act} small isDisabled={!mayReview || isTooMany} onPress={() => onAct(act)}>
          {short}
        </Button>
      ))}
      {mayApprove ? (
        <Button small isDisabled={isTooMany} onPress={onApprove}>
          Approve what was proposed
        </Button>
      ) : null}
    </>
  );
}
