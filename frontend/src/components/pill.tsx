import type { ReactElement } from "react";
import { words } from "@/lib/words";

export type Tone = "plain" | "ok" | "warn" | "danger" | "accent";

const SHAPES: Record<Tone, ReactElement> = {
  plain: <circle cx="5" cy="5" r="3.2" fill="none" stroke="currentColor" strokeWidth="1.5" />,
  ok: <path d="M1.5 5.5 4 8l4.5-6" fill="none" stroke="currentColor" strokeWidth="1.8" />,
  warn: <path d="M5 1.2 9.2 8.8H.8z" fill="none" stroke="currentColor" strokeWidth="1.5" />,
  danger: <path d="M2 2l6 6M8 2 2 8" fill="none" stroke="currentColor" strokeWidth="1.8" />,
  accent: <circle cx="5" cy="5" r="3.6" fill="currentColor" />,
};

/** What each state of the house means, said once. */
const TONES: Record<string, Tone> = {
  active: "ok",
  open: "accent",
  closed: "plain",
  draft: "plain",
  queued: "plain",
  cancelled: "warn",
  running: "accent",
  calculating: "accent",
  calculated: "accent",
  reviewed: "accent",
  approved: "ok",
  posting: "accent",
  posted: "ok",
  done: "ok",
  paid: "ok",
  accepted: "ok",
  cleared: "ok",
  imported: "ok",
  validated: "ok",
  adopted: "ok",
  failed: "danger",
  refused: "danger",
  rejected: "danger",
  reversed: "danger",
  void: "danger",
  voided: "danger",
  overdue: "danger",
  requested: "warn",
  pending: "warn",
  held: "warn",
  hold: "warn",
  partial: "warn",
  estimated: "warn",
  excepted: "warn",
  flagged: "warn",
};

/** A state: its word in an outline with a shape, so that colour is never alone. */
export function Pill({
  state,
  tone,
  label,
}: {
  state: string;
  tone?: Tone;
  label?: string;
}): ReactElement {
  const shown = tone ?? TONES[state] ?? "plain";
  return (
    <span className={`pill ${shown}`}>
      <svg viewBox="0 0 10 10" aria-hidden="true">
        {SHAPES[shown]}
      </svg>
      {label ?? words(state)}
    </span>
  );
}
