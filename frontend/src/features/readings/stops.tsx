/** The walk beside the pad: every line in order, with what is typed and what is doubted. */

import { memo, type ReactElement, useEffect, useRef } from "react";
import { Usage } from "@/components/figures";
import { Pill } from "@/components/pill";
import { formatQuantity } from "@/lib/units";
import { BLANK, type Draft, judge, type Line, type Typed } from "./hand-entry";

interface StopsProps {
  lines: readonly Line[];
  draft: Draft;
  at: number;
  onPoint: (index: number) => void;
}

export function Stops({ lines, draft, at, onPoint }: StopsProps): ReactElement {
  const list = useRef<HTMLElement>(null);
  const point = useRef(onPoint);
  point.current = onPoint;
  const stable = useRef((index: number) => point.current(index));
  useEffect(() => {
    list.current?.querySelectorAll("tbody tr").item(at)?.scrollIntoView?.({ block: "nearest" });
  }, [at]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
    <section className="stops" ref={list} aria-label="Lines of the walk" tabIndex={0}>
      <table className="table">
        <thead>
          <tr>
            <th className="num">Stop</th>
            <th>Address</th>
            <th>Meter</th>
            <th className="num">Last read</th>
            <th className="num">Read</th>
            <th>State</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line, index) => (
            <Stop
              key={line.register_id}
              line={line}
              typed={draft[line.register_id] ?? BLANK}
              index={index}
              isCurrent={index === at}
              onPoint={stable.current}
            />
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface StopProps {
  line: Line;
  typed: Typed;
  index: number;
  isCurrent: boolean;
  onPoint: (index: number) => void;
}

const Stop = memo(function Stop({ line, typed, index, isCurrent, onPoint }: StopProps) {
  return (
    // The keys of the pad reach every line; the mouse may also point at one.
    <tr aria-current={isCurrent ? "true" : undefined} onClick={() => onPoint(index)}>
      <td className="num muted">{line.sequence}</td>
      <td>{line.service_address ?? line.service_point_code}</td>
      <td>{line.meter_serial}</td>
      <td className="num">
        <Usage value={line.previous_value} />
      </td>
      <td className="num">
        {typed.value === "" ? (line.value === null ? "" : formatQuantity(line.value)) : typed.value}
      </td>
      <td>
        <span className="row">
          <State line={line} typed={typed} />
          <Beside line={line} typed={typed} />
        </span>
      </td>
    </tr>
  );
});

/** That a note or a photo goes with the line. */
function Beside({ line, typed }: { line: Line; typed: Typed }): ReactElement | null {
  const held = [
    (typed.note || line.note) && "note",
    (typed.photo || line.photo_id) && "photo",
  ].filter(Boolean);
  return held.length > 0 ? <span className="muted small">{held.join(", ")}</span> : null;
}

function State({ line, typed }: { line: Line; typed: Typed }): ReactElement | null {
  const { kind } = judge(line, typed);
  if (kind === "skip") return <Pill state="skipped" tone="plain" label={`Skip ${typed.code}`} />;
  if (kind === "misfit") return <Pill state="misfit" tone="danger" label="Does not fit" />;
  if (kind === "doubt")
    return typed.checked ? (
      <Pill state="accepted" label="Accepted" tone="warn" />
    ) : (
      <Pill state="flagged" />
    );
  if (kind === "ok") return <Pill state="typed" tone="accent" />;
  if (line.skip_code)
    return <Pill state="skipped" tone="ok" label={`Skip ${line.skip_code} sent`} />;
  return line.value === null ? null : <Pill state="recorded" tone="ok" />;
}
