import type { ReactElement } from "react";
import { api } from "@/api/client";
import { Banner } from "@/components/banner";
import { Fact, Facts, Figure, Figures, Moment } from "@/components/figures";
import { PageHead, Section } from "@/components/page";
import { Shown } from "@/components/shown";
import { formatDuration } from "@/lib/dates";
import { formatCount } from "@/lib/units";
import { attentionOf, formatBytes, type Health } from "./attention";
import { ByTheClock } from "./clock";
import { Proof } from "./proof";

const POLL_MS = 10_000;

/** Whether the house is well: what needs somebody first, then the figures behind it. */
export function HealthPage(): ReactElement {
  const query = api.useQuery("get", "/api/v1/health-report", {}, { refetchInterval: POLL_MS });
  return (
    <div className="page">
      <PageHead title="Health" subtitle="Database, workers, backup, and the proof of the ledger." />
      <Shown query={query} lines={14}>
        {(health) => (
          <div className="stack">
            <Attention health={health} />
            <Now health={health} />
            <Proof proof={health.proof} />
            <ByTheClock runs={health.timetable} />
            <House health={health} />
          </div>
        )}
      </Shown>
    </div>
  );
}

function Attention({ health }: { health: Health }): ReactElement {
  const said = attentionOf(health);
  if (said.length === 0) return <Banner tone="ok" title="Nothing needs attention" />;
  return (
    <Banner
      tone="warn"
      title={said.length === 1 ? "One thing needs attention" : "These need attention"}
    >
      <ul>
        {said.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </Banner>
  );
}

function Now({ health }: { health: Health }): ReactElement {
  const { queue, disk, workers } = health;
  const alive = workers.filter(({ is_alive }) => is_alive).length;
  const waited = queue.oldest_at ? (Date.parse(health.at) - Date.parse(queue.oldest_at)) / 1000 : 0;
  return (
    <Figures>
      <Figure label="Workers alive">{formatCount(alive)}</Figure>
      <Figure label="Jobs running">{formatCount(queue.running)}</Figure>
      <Figure label="Jobs that wait">{formatCount(queue.queued)}</Figure>
      <Figure label="Longest wait">{queue.oldest_at ? formatDuration(waited) : "–"}</Figure>
      <Figure label="Size of the database">{formatBytes(health.database.size_bytes)}</Figure>
      <Figure label="Free on its disk">
        {disk ? `${formatBytes(disk.free_bytes)} of ${formatBytes(disk.total_bytes)}` : "–"}
      </Figure>
    </Figures>
  );
}

function House({ health }: { health: Health }): ReactElement {
  const { backup, database, workers } = health;
  const seen = workers
    .map(({ seen_at }) => seen_at)
    .sort()
    .at(-1);
  return (
    <Section title="The house">
      <Facts>
        <Fact label="Curbstop">{health.version}</Fact>
        <Fact label="PostgreSQL">{database.server}</Fact>
        <Fact label="Last migration">
          <span className="mono">{database.revision}</span>
        </Fact>
        <Fact label="Connections open">
          {formatCount(database.connections)} of {formatCount(database.connections_max)}
        </Fact>
        <Fact label="Last sign of a worker">
          <Moment at={seen} />
        </Fact>
        <Fact label="Last backup">
          <Moment at={backup?.at} />
        </Fact>
        {backup ? (
          <Fact label="Its file">
            {backup.file}, {formatBytes(backup.size_bytes)}
          </Fact>
        ) : null}
      </Facts>
    </Section>
  );
}
