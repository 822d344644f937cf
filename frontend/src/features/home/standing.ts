import type { Schema } from "@/api/client";

export type Period = Schema<"CyclePeriodOut">;
const SETTLED: ReadonlySet<string | null> = new Set(["posted"]);

/**
 * The period that a cycle stands at: the first that has begun and is not posted, else the last
 * that was. `periods` are in order; null when none has begun.
 */
export function standing(periods: readonly Period[], today: string): Period | null {
  const begun = periods.filter(({ period_from }) => period_from <= today);
  return begun.find(({ run_state }) => !SETTLED.has(run_state)) ?? begun.at(-1) ?? null;
}
