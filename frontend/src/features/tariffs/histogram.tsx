/** How a change falls on the bills: a bar for each range of dollars; the same as a table. */

import { scaleLinear } from "@visx/scale";
import type { ReactElement } from "react";
import type { Schema } from "@/api/client";
import { ChartFigure } from "@/components/chart-figure";
import { Table } from "@/components/table";
import { formatCents } from "@/lib/cents";
import { formatCount } from "@/lib/units";

const WIDTH = 720;
const HEIGHT = 220;
const FOOT = 34;
const HEAD = 18;

type Bucket = Schema<"BucketOut">;

export function Histogram({ buckets }: { buckets: readonly Bucket[] }): ReactElement {
  return (
    <ChartFigure
      label="Bills by change"
      head="Bills by how much they change"
      chart={<Bars buckets={buckets} />}
      table={<BucketTable buckets={buckets} />}
    />
  );
}

/** The outermost ranges hold the few beyond, so bars are even and say their range on hover. */
function Bars({ buckets }: { buckets: readonly Bucket[] }): ReactElement {
  const most = Math.max(1, ...buckets.map(({ bills }) => bills));
  const y = scaleLinear({ domain: [0, most], range: [HEIGHT - FOOT, HEAD] });
  const step = WIDTH / Math.max(1, buckets.length);
  const every = Math.ceil(buckets.length / 9);
  const told = buckets.filter(({ bills }) => bills > 0).map(rangeOf);
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={`Bills by change: ${told.length} ranges with bills, the most ${formatCount(most)}. The table has every range.`}
    >
      <line className="baseline" x1={0} x2={WIDTH} y1={HEIGHT - FOOT} y2={HEIGHT - FOOT} />
      {buckets.map((bucket, index) => (
        <g key={bucket.from_cents} transform={`translate(${index * step} 0)`}>
          <title>{`${rangeOf(bucket)}: ${formatCount(bucket.bills)} bills`}</title>
          <rect
            className={toneOf(bucket)}
            x={1}
            width={Math.max(1, step - 2)}
            y={y(bucket.bills)}
            height={HEIGHT - FOOT - y(bucket.bills)}
          />
          {bucket.bills > 0 && buckets.length <= 16 ? (
            <text className="part-label" x={step / 2} y={y(bucket.bills) - 4} textAnchor="middle">
              {formatCount(bucket.bills)}
            </text>
          ) : null}
          {index % every === 0 ? (
            <text className="part-label" x={1} y={HEIGHT - 14}>
              {formatCents(bucket.from_cents)}
            </text>
          ) : null}
        </g>
      ))}
    </svg>
  );
}

function toneOf({ from_cents, to_cents }: Bucket): string {
  if (to_cents <= 0) return "bar-down";
  return from_cents >= 0 ? "bar-up" : "bar-before";
}

function rangeOf({ from_cents, to_cents }: Bucket): string {
  return `${formatCents(from_cents)} to ${formatCents(to_cents)}`;
}

function BucketTable({ buckets }: { buckets: readonly Bucket[] }): ReactElement {
  return (
    <Table>
      <thead>
        <tr>
          <th className="num">From</th>
          <th className="num">To less than</th>
          <th className="num">Bills</th>
        </tr>
      </thead>
      <tbody>
        {buckets.map((bucket) => (
          <tr key={bucket.from_cents}>
            <td className="num">{formatCents(bucket.from_cents)}</td>
            <td className="num">{formatCents(bucket.to_cents)}</td>
            <td className="num">{formatCount(bucket.bills)}</td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
