import { expect, test } from "vitest";
import { attentionOf, formatBytes, type Health } from "./attention";

const WELL: Health = {
  version: "0.1.0",
  at: "2026-07-15T17:00:00Z",
  database: {
    server: "18.1",
    size_bytes: 5_000_000,
    revision: "0012_billing",
    revision_wanted: "0012_billing",
    connections: 4,
    connections_max: 100,
  },
  workers: [{ id: 1, seen_at: "2026-07-15T16:59:55Z", is_alive: true }],
  queue: { queued: 1, running: 0, oldest_at: "2026-07-15T16:59:00Z" },
  disk: { free_bytes: 50, total_bytes: 100 },
  backup: { at: "2026-07-14T17:00:00Z", file: "a.dump", size_bytes: 1 },
  proof: null,
  timetable: [],
};

test("a house that is well needs nobody", () => {
  expect(attentionOf(WELL)).toEqual([]);
});

test.each<[string, Partial<Health>]>([
  ["No worker is alive", { workers: [{ id: 1, seen_at: WELL.at, is_alive: false }] }],
  [
    "A job has waited for 20 min 0 s",
    { queue: { ...WELL.queue, oldest_at: "2026-07-15T16:40:00Z" } },
  ],
  ["another schema", { database: { ...WELL.database, revision: "0011_readings" } }],
  ["Less than a tenth", { disk: { free_bytes: 9, total_bytes: 100 } }],
  ["No backup", { backup: null }],
  ["more than two days", { backup: { at: "2026-07-13T16:59:00Z", file: "a", size_bytes: 1 } }],
])("it says: %s", (said, change) => {
  const found = attentionOf({ ...WELL, ...change });
  expect(found).toHaveLength(1);
  expect(found[0]).toContain(said);
});

test("a server elsewhere tells no disk, and that is no alarm", () => {
  expect(attentionOf({ ...WELL, disk: null })).toEqual([]);
});

test("bytes are told in three figures at most", () => {
  expect([0, 999, 1_536_000, 123_456_789, 2_000_000_000].map(formatBytes)).toEqual([
    "0 B",
    "999 B",
    "1.5 MB",
    "123 MB",
    "2.0 GB",
  ]);
});
