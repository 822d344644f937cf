/** Consumption by period as bars, last year's beside them, and the same figures as a table. */

import { AxisBottom } from "@visx/axis";
import { Group } from "@visx/group";
import { scaleBand, scaleLinear } from "@visx/scale";
import { Bar } from "@visx/shape";
import type { ReactElement } from "react";
import { formatMonthShort, formatPeriod } from "@/lib/dates";
import { formatQuantity } from "@/lib/units";
import { ChartFigure } from "./chart-figure";
import { Pill } from "./pill";
import { Table } from "./table";

export interface PeriodUse {
  from_on: string;
  to_on: string;
  days: number;
  quantity: string;
  isEstimated: boolean;
  /** The same season a year before. */
  before: string | null;
}

const WIDTH = 640;
const HEIGHT = 168;
const PAD = { top: 8, right: 4, bottom: 22, left: 34 };

export function ConsumptionChart({
  periods,
  unit,
}: {
  periods: readonly PeriodUse[];
  unit: string;
}): ReactElement {
  const besideYear = periods.some((period) => period.before !== null);
  return (
    <ChartFigure
      head={`${unit} per period${besideYear ? ", beside the year before" : ""}`}
      chart={<Bars periods={periods} unit={unit} />}
      table={<UseTable periods={periods} unit={unit} />}
    />
  );
}

function Bars({ periods, unit }: { periods: readonly PeriodUse[]; unit: string }): ReactElement {
  const width = WIDTH - PAD.left - PAD.right;
  const height = HEIGHT - PAD.top - PAD.bottom;
  const most = Math.max(1, ...periods.flatMap((p) => [Number(p.quantity), Number(p.before ?? 0)]));
  const x = scaleBand({ domain: periods.map((p) => p.to_on), range: [0, width], padding: 0.28 });
  const y = scaleLinear({ domain: [0, most], range: [height, 0], nice: true });
  const pair = periods.some((p) => p.before !== null);
  const half = pair ? x.bandwidth() / 2 : 0;
  const summary = periods
    .map((p) => `${formatMonthShort(p.to_on)} ${formatQuantity(p.quantity)}`)
    .join(", ");
  return (
    <>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={`${unit} per period: ${summary}`}
      >
        <Group left={PAD.left} top={PAD.top}>
          {y.ticks(4).map((tick) => (
            <g key={tick}>
              <line className="gridline" x1={0} x2={width} y1={y(tick)} y2={y(tick)} />
              <text x={-8} y={y(tick)} dy="0.32em" textAnchor="end">
                {formatQuantity(tick)}
              </text>
            </g>
          ))}
          {periods.map((p) => (
            <g key={p.to_on}>
              {p.before === null ? null : (
                <Bar
                  className="bar-before"
                  x={x(p.to_on) ?? 0}
                  y={y(Number(p.before))}
                  width={half - 1}
                  height={height - y(Number(p.before))}
                />
              )}
              <Bar
                className={p.isEstimated ? "bar-estimated" : "bar-now"}
                x={(x(p.to_on) ?? 0) + half}
                y={y(Number(p.quantity))}
                width={Math.max(1, x.bandwidth() - half)}
                height={height - y(Number(p.quantity))}
              >
                <title>{`${formatPeriod(p.from_on, p.to_on)}: ${formatQuantity(p.quantity)} ${unit}`}</title>
              </Bar>
            </g>
          ))}
          <line className="baseline" x1={0} x2={width} y1={height} y2={height} />
          <AxisBottom
            top={height}
            scale={x}
            hideAxisLine
            hideTicks
            tickFormat={(on) => formatMonthShort(on)}
            tickLabelProps={{ textAnchor: "middle", dy: "-0.1em" }}
          />
        </Group>
      </svg>
      <div className="legend" aria-hidden="true">
        <span>
          <i /> Actual
        </span>
        {periods.some((p) => p.isEstimated) ? (
          <span>
            <i className="estimated" /> Estimated
          </span>
        ) : null}
        {pair ? (
          <span>
            <i className="before" /> Year before
          </span>
        ) : null}
      </div>
    </>
  );
}

function UseTable({
  periods,
  unit,
}: {
  periods: readonly PeriodUse[];
  unit: string;
}): ReactElement {
  return (
    <Table>
      <thead>
        <tr>
          <th>Period</th>
          <th className="num">Days</th>
          <th className="num">Use ({unit})</th>
          <th className="num">Year before ({unit})</th>
          <th>Read</th>
        </tr>
      </thead>
      <tbody>
        {[...periods].reverse().map((p) => (
          <tr key={p.to_on}>
            <td className="nowrap">{formatPeriod(p.from_on, p.to_on)}</td>
            <td className="num">{p.days}</td>
            <td className="num">{formatQuantity(p.quantity)}</td>
            <td className="num">{p.before === null ? "–" : formatQuantity(p.before)}</td>
            <td>
              <Pill state={p.isEstimated ? "estimated" : "actual"} />
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
