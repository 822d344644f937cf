/** The request that is looked at: what approving it would do, and its two buttons. */

import { Link } from "@tanstack/react-router";
import { ShieldCheck, X } from "lucide-react";
import type { ReactElement } from "react";
import { Button } from "@/components/button";
import { Moment } from "@/components/figures";
import type { Verdict } from "./decide";
import { AdjustmentEffect, PolicyEffect, ReadEffect, RunEffect, TariffEffect } from "./effects";
import { type Approval, KIND_NAMES, pageOf, whyNot } from "./kinds";

interface BesideProps {
  row: Approval | null;
  onAsk: (row: Approval, verdict: Verdict) => void;
}

export function Beside({ row, onAsk }: BesideProps): ReactElement {
  return (
    <aside className="evidence" aria-label="What it would do">
      {row === null ? (
        <p className="muted">Choose a request to see what approving it would do.</p>
      ) : (
        <Request key={row.id} row={row} onAsk={onAsk} />
      )}
    </aside>
  );
}

function Request({ row, onAsk }: { row: Approval; onAsk: BesideProps["onAsk"] }): ReactElement {
  const why = whyNot(row);
  return (
    <div className="stack">
      <h2>
        {KIND_NAMES[row.kind]}: {row.title}
      </h2>
      <EffectOf row={row} />
      {row.why ? <p className="notes">{row.why}</p> : null}
      <p className="muted small">
        Asked by {row.asked_by_name}, <Moment at={row.asked_at} />
      </p>
      {why ? (
        <p className="muted small">{why}.</p>
      ) : (
        <div className="row wrap">
          <Button variant="primary" onPress={() => onAsk(row, "approve")}>
            <ShieldCheck aria-hidden /> Approve <kbd>A</kbd>
          </Button>
          <Button onPress={() => onAsk(row, "decline")}>
            <X aria-hidden /> Decline <kbd>D</kbd>
          </Button>
        </div>
      )}
      {row.kind === "policy" ? null : (
        <p>
          <Link to={pageOf(row)}>Open its page</Link>
        </p>
      )}
    </div>
  );
}

function EffectOf({ row }: { row: Approval }): ReactElement {
  switch (row.kind) {
    case "adjustment":
      return <AdjustmentEffect id={row.id} />;
    case "bill_run":
      return <RunEffect id={row.id} />;
    case "read":
      return <ReadEffect id={row.id} />;
    case "tariff":
      return <TariffEffect id={row.id} />;
    case "policy":
      return <PolicyEffect id={row.id} policy={row.reference} />;
  }
}
