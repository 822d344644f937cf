/** What waits for somebody, how much of it and since when. */

import { Link, type LinkProps } from "@tanstack/react-router";
import type { ReactElement } from "react";
import type { Schema } from "@/api/client";
import { useZone } from "@/components/figures";
import { Section } from "@/components/page";
import { Table } from "@/components/table";
import { daysBetween, todayIn } from "@/lib/dates";
import { formatCount, plural } from "@/lib/units";

type Queue = Schema<"Queue">;
type Target = Pick<LinkProps, "to" | "search">;

const QUEUES: Record<Queue["key"], [label: string, link: Target]> = {
  reads: ["Reads to decide", { to: "/edit-list" }],
  unknown_meters: [
    "Lines of unknown meters",
    { to: "/edit-list", search: { rule: "unknown_meter" } },
  ],
  second_reads: ["Reads for a second person", { to: "/approvals", search: { kind: "read" } }],
  runs: ["Bill runs to approve", { to: "/approvals", search: { kind: "bill_run" } }],
  adjustments: ["Adjustments to approve", { to: "/approvals", search: { kind: "adjustment" } }],
  tariffs: ["Tariff versions to approve", { to: "/approvals", search: { kind: "tariff" } }],
  policies: ["Policies to approve", { to: "/approvals", search: { kind: "policy" } }],
  refused_imports: ["Refused read files", { to: "/imports", search: { state: "refused" } }],
  failed_jobs: ["Jobs that failed", { to: "/jobs", search: { state: "failed" } }],
};

export function Queues({ queues }: { queues: readonly Queue[] }): ReactElement {
  return (
    <Section title="What waits" actions={<Link to="/approvals">All approvals</Link>}>
      <Table>
        <thead>
          <tr>
            <th>Queue</th>
            <th className="num">Waiting</th>
            <th>Oldest</th>
            <th>Asked by you</th>
          </tr>
        </thead>
        <tbody>
          {queues.map((queue) => (
            <Row key={queue.key} queue={queue} />
          ))}
        </tbody>
      </Table>
    </Section>
  );
}

function Row({ queue }: { queue: Queue }): ReactElement {
  const zone = useZone();
  const [label, link] = QUEUES[queue.key];
  if (queue.count === 0) {
    return (
      <tr className="muted">
        <td>{label}</td>
        <td className="num">0</td>
        <td>–</td>
        <td>–</td>
      </tr>
    );
  }
  return (
    <tr>
      <td>
        <Link {...link}>{label}</Link>
      </td>
      <td className="num">
        <strong>{formatCount(queue.count)}</strong>
      </td>
      <td>{queue.oldest_at ? age(queue.oldest_at, zone) : "–"}</td>
      <td>{queue.own > 0 ? `${formatCount(queue.own)}: another decides` : "–"}</td>
    </tr>
  );
}

/** In days of the district, as one says it. */
function age(instant: string, zone: string): string {
  const days = daysBetween(todayIn(zone, new Date(instant)), todayIn(zone));
  if (days <= 0) return "today";
  return days === 1 ? "yesterday" : plural(days, "day");
}
