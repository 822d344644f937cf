/** What came in since the office closed. */

import { Link } from "@tanstack/react-router";
import type { ReactElement, ReactNode } from "react";
import type { Schema } from "@/api/client";
import { Moment, Money } from "@/components/figures";
import { Section } from "@/components/page";
import { formatCount, plural } from "@/lib/units";

export function Night({ night }: { night: Schema<"Overnight"> }): ReactElement {
  const isQuiet = night.imports + night.payments + night.jobs_done + night.jobs_failed === 0;
  return (
    <Section title="Overnight">
      <p className="muted small">
        Since <Moment at={night.since_at} />
      </p>
      {isQuiet ? <p>Nothing came in.</p> : null}
      <dl className="effect">
        {night.imports > 0 ? (
          <Line label={<Link to="/imports">{plural(night.imports, "read file")}</Link>}>
            {plural(night.reads_added, "read")}, {plural(night.exceptions, "exception")}
          </Line>
        ) : null}
        {night.payments > 0 ? (
          <Line label={<Link to="/payments">{plural(night.payments, "payment")}</Link>}>
            <Money cents={night.payments_cents} flush />
          </Line>
        ) : null}
        {night.jobs_done > 0 ? (
          <Line label={<Link to="/jobs">Jobs that ended well</Link>}>
            {formatCount(night.jobs_done)}
          </Line>
        ) : null}
        {night.jobs_failed > 0 ? (
          <Line
            label={
              <Link to="/jobs" search={{ state: "failed" }}>
                Jobs that failed
              </Link>
            }
          >
            {formatCount(night.jobs_failed)}
          </Line>
        ) : null}
      </dl>
    </Section>
  );
}

function Line({ label, children }: { label: ReactElement; children: ReactNode }): ReactElement {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
