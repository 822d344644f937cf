/** One register at a time for the ten-key pad: nothing here needs the left hand. */

import { type KeyboardEvent, type ReactElement, useEffect, useRef } from "react";
import { Fact, Facts, Usage } from "@/components/figures";
import { formatDay } from "@/lib/dates";
import { formatQuantity } from "@/lib/units";
import type { Line, Typed, Verdict } from "./hand-entry";
import { PadBeside } from "./pad-beside";

const SIDES: Record<string, string> = { L: ", low side", H: ", high side" };

/** For the sheet of keys. */
export const PAD_KEYS = [
  { keys: "Enter", label: "Next line; a flagged read is held once" },
  { keys: "+", label: "Accept a flagged read" },
  { keys: "↑ ↓", label: "Back and forth" },
  { keys: "/", label: "Skip or trouble code" },
  { keys: "*", label: "Note" },
  { keys: "-", label: "Photo" },
] as const;

interface PadProps {
  line: Line;
  place: string;
  typed: Typed;
  verdict: Verdict;
  onType: (typed: Typed) => void;
  /** Enter: goes on, unless a doubtful value is held once. */
  onEnter: () => void;
  onAccept: () => void;
  onMove: (step: 1 | -1) => void;
}

export function Pad(props: PadProps): ReactElement {
  const { line, typed, verdict } = props;
  const value = useRef<HTMLInputElement>(null);
  const code = useRef<HTMLInputElement>(null);
  const note = useRef<HTMLInputElement>(null);
  const photo = useRef<HTMLInputElement>(null);
  const id = line.register_id;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the next line takes the focus
  useEffect(() => {
    value.current?.focus();
    value.current?.select();
  }, [id]);

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const acts: Record<string, () => void> = {
      Enter: props.onEnter,
      "+": props.onAccept,
      ArrowUp: () => props.onMove(-1),
      ArrowDown: () => props.onMove(1),
      "/": () => (event.currentTarget === value.current ? code : value).current?.focus(),
      "*": () => note.current?.focus(),
      "-": () => photo.current?.click(),
    };
    // In a note every character is a letter like another, and a code may hold a hyphen.
    const isWriting =
      (event.currentTarget === note.current && event.key.length === 1) ||
      (event.currentTarget === code.current && event.key === "-");
    const act = acts[event.key];
    if (!act || isWriting || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act();
  };
  const flag = verdict.kind === "doubt" || verdict.kind === "misfit" ? verdict.why : null;
  return (
    <aside className="evidence pad-card" aria-label="Entry">
      <p className="muted small">{props.place}</p>
      <h2>{line.service_address ?? line.service_point_code}</h2>
      <p className="muted small">
        Meter {line.meter_serial}
        {SIDES[line.register_no] ?? ""}
        {line.location ? ` · ${line.location}` : ""}
      </p>
      {line.access_notes ? <p className="notes">{line.access_notes}</p> : null}
      <div className="field">
        <label htmlFor="pad-value">
          Read ({line.unit}
          {line.decimals > 0 ? `, ${line.decimals} decimals` : ""})
        </label>
        <input
          ref={value}
          id="pad-value"
          className="input pad-value"
          inputMode="decimal"
          autoComplete="off"
          maxLength={20}
          value={typed.value}
          placeholder={line.value === null ? "" : formatQuantity(line.value)}
          aria-invalid={verdict.kind === "misfit"}
          aria-describedby="pad-flag"
          onKeyDown={onKeyDown}
          onChange={(event) =>
            props.onType({
              ...typed,
              value: event.target.value.replace(/[^\d.]/g, ""),
              checked: false,
            })
          }
        />
      </div>
      <p id="pad-flag" className={verdict.kind === "misfit" ? "field-error" : "pad-flag"}>
        {flag ? `${flag}${verdict.kind === "doubt" ? suffix(typed) : ""}` : ""}
      </p>
      <div className="field">
        <label htmlFor="pad-code">
          {typed.value === "" ? "Why there is no read (code)" : "Trouble seen (code)"}
        </label>
        <input
          ref={code}
          id="pad-code"
          className="input"
          autoComplete="off"
          maxLength={10}
          value={typed.code}
          onKeyDown={onKeyDown}
          onChange={(event) =>
            props.onType({
              ...typed,
              code: event.target.value.toUpperCase().replace(/[^A-Z0-9_-]/g, ""),
            })
          }
        />
      </div>
      <Facts>
        <Fact label="Last read">
          <Usage value={line.previous_value} />
        </Fact>
        <Fact label="On">{line.previous_on ? formatDay(line.previous_on) : "–"}</Fact>
        <Fact label="Usual from">
          <Usage value={line.low_limit} />
        </Fact>
        <Fact label="Usual to">
          <Usage value={line.high_limit} />
        </Fact>
      </Facts>
      <PadBeside
        line={line}
        typed={typed}
        note={note}
        photo={photo}
        onKeyDown={onKeyDown}
        onType={props.onType}
      />
      <p className="help">
        <kbd>Enter</kbd> next · <kbd>+</kbd> accept a flagged read · <kbd>↑</kbd> back ·{" "}
        <kbd>/</kbd> code · <kbd>*</kbd> note · <kbd>-</kbd> photo
      </p>
    </aside>
  );
}

function suffix({ checked }: Typed): string {
  return checked ? ": accepted" : ". Enter again or + to accept";
}
