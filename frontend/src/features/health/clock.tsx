import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import type { Schema } from "@/api/client";
import { Moment } from "@/components/figures";
import { Section } from "@/components/page";
import { Pill } from "@/components/pill";
import { formatCount } from "@/lib/units";

const NAMES: Readonly<Record<string, string>> = {
  "ledger.seal": "Seal the journal, every hour",
  "ledger.verify": "Prove the ledger, every night",
};

/** What ran by the clock since yesterday at this hour. */
export function ByTheClock({ runs }: { runs: readonly Schema<"TimedHealth">[] }): ReactElement {
  return (
    <Section title="By the clock, last 24 hours">
      <div className="table-scroll">
        <table className="table">
          <thead>
            <tr>
              <th>Work</th>
              <th className="num">Ended well</th>
              <th className="num">Failed</th>
              <th>Last</th>
              <th>How it ended</th>
            </tr>
          </thead>
          <tbody>
            {runs.map((run) => (
              <tr key={run.kind}>
                <td>
                  <Link to="/jobs" search={{ kind: run.kind }}>
                    {NAMES[run.kind] ?? run.kind}
                  </Link>
                </td>
                <td className="num">{formatCount(run.done)}</td>
                <td className="num">{formatCount(run.failed)}</td>
                <td>
                  <Moment at={run.last_at} />
                </td>
                <td>
                  {run.last_state ? (
                    <Pill state={run.last_state} />
                  ) : (
                    <span className="muted">–</span>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  );
}
