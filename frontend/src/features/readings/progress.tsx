/** How far the edit list is, said honestly, and its tabs. */

import type { ReactElement } from "react";
import { api, type Schema } from "@/api/client";
import { useZone } from "@/components/figures";
import { LinkTabs } from "@/components/tabs";
import { daysBefore, todayIn } from "@/lib/dates";
import { formatCount, plural } from "@/lib/units";
import { words } from "@/lib/words";

const SPAN_DAYS = 60;
/** The tab of what waits for a second person, among the tabs of the rules. */
export const SECOND = "second-person";

function useProgress(importId: string | undefined, walk: string | undefined) {
  const today = todayIn(useZone());
  return api.useQuery("get", "/api/v1/read-reviews/progress", {
    params: {
      query: {
        first_on: daysBefore(today, SPAN_DAYS),
        last_on: today,
        ...(importId ? { import_id: importId } : {}),
        ...(walk ? { walk } : {}),
      },
    },
  });
}

/** What the head of the edit list says; "all clear" only when nothing at all is undecided. */
export function progressText(
  seen: Pick<Schema<"ReviewProgress">, "reads" | "clear" | "undecided_elsewhere">,
  where: string,
): string {
  const { reads, clear, undecided_elsewhere: elsewhere } = seen;
  const older = elsewhere > 0 ? `; ${plural(elsewhere, "exception")} of other days open` : "";
  if (reads === 0) return `No reads ${where}${older}`;
  const all = clear === reads ? (elsewhere === 0 ? ": all clear" : "") : "";
  return `${formatCount(clear)} of ${formatCount(reads)} clear ${where}${all}${older}`;
}

interface OfProps {
  importId: string | undefined;
  walk: string | undefined;
}

export function Progress({ importId, walk }: OfProps): ReactElement | null {
  const { data } = useProgress(importId, walk);
  if (!data) return null;
  const place = walk ? `on walk ${walk} ` : "";
  const where = importId ? `${place}in this file` : `${place}in the last ${SPAN_DAYS} days`;
  return <span aria-live="polite">{progressText(data, where)}</span>;
}

interface TabsProps extends OfProps {
  current: string;
}

/** A tab for each rule that has something undecided, and the second person's inbox. */
export function RuleTabs({ importId, walk, current }: TabsProps): ReactElement {
  const { data } = useProgress(importId, walk);
  const proposed = api.useQuery("get", "/api/v1/read-reviews", {
    params: {
      query: {
        limit: 1,
        state: "proposed",
        ...(importId ? { import_id: importId } : {}),
        ...(walk ? { walk } : {}),
      },
    },
  });
  const rules = (data?.tabs ?? []).filter((tab) => tab.undecided > 0 || tab.rule === current);
  return (
    <LinkTabs
      label="Kinds of exceptions"
      current={current}
      param="rule"
      tabs={[
        { id: "", text: "All", count: rules.reduce((sum, tab) => sum + tab.undecided, 0) },
        ...rules.map((tab) => ({ id: tab.rule, text: words(tab.rule), count: tab.undecided })),
        { id: SECOND, text: "For a second person", count: proposed.data?.total },
      ]}
    />
  );
}
