/** From one amount to another in named parts that sum exactly; the same as a table. */

import { scaleLinear } from "@visx/scale";
import type { ReactElement } from "react";
import { formatCents } from "@/lib/cents";
import { ChartFigure } from "./chart-figure";
import { Money } from "./figures";
import { Table } from "./table";

export interface Part {
  label: string;
  cents: number;
  /** Why, in a sentence. */
  note?: string;
}

export interface WaterfallProps {
  before: Part;
  parts: readonly Part[];
  after: Part;
}

const WIDTH = 440;
const ROW = 28;
const LABEL = 88;
const VALUE = 88;

/** Cents by which the parts miss the difference; anything but 0 is a defect of the answer. */
export function missing({ before, parts, after }: WaterfallProps): number {
  return after.cents - before.cents - parts.reduce((sum, part) => sum + part.cents, 0);
}

export function Waterfall(props: WaterfallProps): ReactElement {
  return <ChartFigure chart={<Bars {...props} />} table={<PartsTable {...props} />} />;
}

function Bars({ before, parts, after }: WaterfallProps): ReactElement {
  const spans = spansOf(before, parts, after);
  const ends = spans.flatMap(({ from, to }) => [from, to]);
  const x = scaleLinear({
    domain: [Math.min(0, ...ends), Math.max(1, ...ends)],
    range: [LABEL, WIDTH - VALUE],
  });
  const told = spans.map(({ label, cents }) => `${label} ${formatCents(cents)}`).join(", ");
  return (
    <svg viewBox={`0 0 ${WIDTH} ${spans.length * ROW}`} role="img" aria-label={told}>
      <line className="baseline" x1={x(0)} x2={x(0)} y1={0} y2={spans.length * ROW} />
      {spans.map((span, index) => (
        <g key={span.label} transform={`translate(0 ${index * ROW})`}>
          <text x={0} y={ROW / 2} dy="0.35em" className="part-label">
            {span.label}
          </text>
          <rect
            className={span.tone}
            x={Math.min(x(span.from), x(span.to))}
            y={6}
            width={Math.max(1, Math.abs(x(span.to) - x(span.from)))}
            height={ROW - 12}
          />
          <text x={WIDTH} y={ROW / 2} dy="0.35em" textAnchor="end" className="part-label">
            {formatCents(span.cents)}
          </text>
        </g>
      ))}
    </svg>
  );
}

function spansOf(before: Part, parts: readonly Part[], after: Part) {
  let at = before.cents;
  const steps = parts.map((part) => {
    const from = at;
    at += part.cents;
    return { ...part, from, to: at, tone: part.cents > 0 ? "bar-up" : "bar-down" };
  });
  return [
    { ...before, from: 0, to: before.cents, tone: "bar-before" },
    ...steps,
    { ...after, from: 0, to: after.cents, tone: "bar-now" },
  ];
}

function PartsTable({ before, parts, after }: WaterfallProps): ReactElement {
  return (
    <Table>
      <thead>
        <tr>
          <th>Part</th>
          <th>Why</th>
          <th className="num">Amount</th>
        </tr>
      </thead>
      <tbody>
        {[before, ...parts].map((part) => (
          <tr key={part.label}>
            <td>{part.label}</td>
            <td className="muted">{part.note}</td>
            <td className="num">
              <Money cents={part.cents} />
            </td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <td colSpan={2}>{after.label}</td>
          <td className="num">
            <Money cents={after.cents} />
          </td>
        </tr>
      </tfoot>
    </Table>
  );
}
