/** What of the house needs somebody, in order of urgency. */

import type { Schema } from "@/api/client";
import { formatDuration } from "@/lib/dates";

export type Health = Schema<"HealthReport">;

const BACKUP_HOURS_MAX = 48;
const WAIT_SECONDS_MAX = 600;
const DISK_SHARE_MIN = 0.1;

/** Plain sentences, each with what to do; empty when all is well. */
export function attentionOf(health: Health): string[] {
  const now = Date.parse(health.at);
  const said: string[] = [];
  if (health.proof?.state === "failed") {
    said.push("The last proof of the ledger failed: post nothing until somebody has looked.");
  }
  if (!health.workers.some(({ is_alive }) => is_alive)) {
    said.push("No worker is alive: long work waits. Start curbstop serve or curbstop worker.");
  }
  const { oldest_at } = health.queue;
  const waited = oldest_at ? (now - Date.parse(oldest_at)) / 1000 : 0;
  if (waited > WAIT_SECONDS_MAX) {
    said.push(`A job has waited for ${formatDuration(waited)}.`);
  }
  if (health.database.revision !== health.database.revision_wanted) {
    said.push("The database has another schema than this version brings: run curbstop migrate.");
  }
  const { disk } = health;
  if (disk && disk.free_bytes < disk.total_bytes * DISK_SHARE_MIN) {
    said.push("Less than a tenth of the disk is free.");
  }
  if (!health.backup) {
    said.push("No backup by curbstop backup is known.");
  } else if (now - Date.parse(health.backup.at) > BACKUP_HOURS_MAX * 3_600_000) {
    said.push("The last backup is more than two days old.");
  }
  return said;
}

/** `1536000` → `1.5 MB`, in powers of a thousand. */
export function formatBytes(bytes: number): string {
  const UNITS = ["B", "kB", "MB", "GB", "TB"];
  const power = bytes < 1 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** power;
  return `${power === 0 || value >= 100 ? value.toFixed(0) : value.toFixed(1)} ${UNITS[power]}`;
}
