/** Deciding exceptions: which dialog is open. The dialogs load when the first is asked for. */

import { lazy, type ReactElement, Suspense, useState } from "react";
import type { Schema } from "@/api/client";
import { words } from "@/lib/words";
import type { Act } from "./acts";
import type { Review } from "./columns";

const Decision = lazy(() => import("./decision"));

/** Exceptions by id, or the filter of the list with the few that are left out. */
export type Choice = Omit<Schema<"ReviewActs">, "act" | "reason">;

export type Asked = (
  | { what: "act"; act: Act; choice: Choice; count: number; text: string }
  | { what: "approve"; choice: Choice; count: number; review: Review | null }
  | { what: "match"; review: Review }
) & {
  /** Runs when it is decided: nothing stays selected that has left the list. */
  onDone?: () => void;
};

/** `ask` opens the dialog of a decision; `dialog` belongs somewhere on the page. */
export function useDeciding(): { ask: (asked: Asked) => void; dialog: ReactElement | null } {
  const [asked, setAsked] = useState<Asked | null>(null);
  const close = () => setAsked(null);
  const dialog = asked ? (
    <Suspense fallback={null}>
      <Decision asked={asked} onClose={close} />
    </Suspense>
  ) : null;
  return { ask: setAsked, dialog };
}

/** What an exception is about, in a line. */
export function nameOf(review: Review): string {
  return [words(review.rule), review.service_address ?? review.raw].filter(Boolean).join(", ");
}
