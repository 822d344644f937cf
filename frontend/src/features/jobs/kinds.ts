/** What each kind of long work is called, and the page of what it is about. */

import type { Job } from "@/api/jobs";
import { words } from "@/lib/words";

const NAMES: Readonly<Record<string, string>> = {
  "billing.calculate": "Calculate a bill run",
  "billing.calculate_share": "Help to calculate a bill run",
  "billing.post": "Post a bill run",
  "billing.post_share": "Help to post a bill run",
  "billing.reverse": "Reverse a bill run",
  "billing.print_statements": "Print statements",
  "billing.rerate": "Price a period under other rates",
  "billing.winter_averages": "Compute winter averages",
  "ledger.seal": "Seal the journal",
  "ledger.verify": "Prove the ledger",
  "ledger.post_penalties": "Charge late penalties",
  "readings.import": "Import a read file",
};

/** `billing.post` → `Post a bill run`. */
export function nameOf(kind: string): string {
  return NAMES[kind] ?? words(kind.replace(".", ": "));
}

/** The page of the run, file or proposal that the job works on; null when it has none. */
export function subjectOf(
  job: Pick<Job, "kind" | "subject_id">,
): [href: string, text: string] | null {
  if (!job.subject_id) return null;
  if (job.kind === "billing.winter_averages") {
    return [`/winter-averages/${job.subject_id}`, "The proposal"];
  }
  if (job.kind.startsWith("billing.")) return [`/bill-runs/${job.subject_id}`, "The bill run"];
  if (job.kind.startsWith("readings.")) return [`/imports/${job.subject_id}`, "The file"];
  return null;
}
