import { ChevronRight } from "lucide-react";
import { Fragment, type ReactElement, useState } from "react";
import type { Schema } from "@/api/client";
import { Day, Money, Usage } from "@/components/figures";
import { Section } from "@/components/page";
import { Pill } from "@/components/pill";
import { Table } from "@/components/table";
import { formatPeriod } from "@/lib/dates";
import { formatQuantity } from "@/lib/units";
import { words } from "@/lib/words";

type SegmentOut = Schema<"BillSegmentOut">;
type Line = Schema<"BillLineOut">;

/** One service on the bill: its lines, each of which opens, and the reads behind them. */
export function Segment({ segment }: { segment: SegmentOut }): ReactElement {
  const [open, setOpen] = useState<ReadonlySet<number>>(new Set());
  const all = open.size === segment.lines.length;
  const toggle = (line: number) => {
    const next = new Set(open);
    if (!next.delete(line)) next.add(line);
    setOpen(next);
  };
  return (
    <Section
      title={`${words(segment.service)} · ${segment.rate_code}`}
      actions={
        <>
          {segment.estimated ? <Pill state="estimated" /> : null}
          <button
            type="button"
            className="btn quiet small no-print"
            onClick={() =>
              setOpen(all ? new Set() : new Set(segment.lines.map(({ line }) => line)))
            }
          >
            {all ? "Close all" : "Explain all"}
          </button>
        </>
      }
    >
      <p className="muted small segment-days">
        {formatPeriod(segment.period_from, segment.period_to)}, {segment.days} days
        {segment.cycle_days ? ` of a cycle of ${segment.cycle_days}` : ""}
        {segment.quantity === null ? "" : ` · ${formatQuantity(segment.quantity)} ${segment.unit}`}
        {segment.share ? ` · share ${segment.share}` : ""}
      </p>
      <Table>
        <tbody>
          {segment.lines.map((line) => (
            <LineRows key={line.line} line={line} isOpen={open.has(line.line)} onToggle={toggle} />
          ))}
        </tbody>
      </Table>
      {segment.reads.length > 0 ? <ReadsTable reads={segment.reads} /> : null}
    </Section>
  );
}

interface LineRowsProps {
  line: Line;
  isOpen: boolean;
  onToggle: (line: number) => void;
}

function LineRows({ line, isOpen, onToggle }: LineRowsProps): ReactElement {
  return (
    <Fragment>
      <tr data-open={isOpen}>
        <td>
          <button
            type="button"
            className="opener"
            aria-expanded={isOpen}
            onClick={() => onToggle(line.line)}
          >
            <ChevronRight aria-hidden />
            {line.label}
          </button>
        </td>
        <td className="num muted">
          {line.quantity === null ? null : <Usage value={line.quantity} unit={line.unit} />}
        </td>
        <td className="num">
          <Money cents={line.amount_cents} />
        </td>
      </tr>
      {isOpen ? (
        <tr>
          <td colSpan={3} className="explained">
            <p>{line.explanation}</p>
            <p className="help">
              {line.tariff_code}, effective <Day on={line.effective_on} /> ·{" "}
              {formatPeriod(line.from_on, line.to_on)}
              {line.days_denominator > 1
                ? ` · ${line.days_numerator} of ${line.days_denominator} days`
                : ""}
            </p>
          </td>
        </tr>
      ) : null}
    </Fragment>
  );
}

function ReadsTable({ reads }: { reads: SegmentOut["reads"] }): ReactElement {
  return (
    <Table className="reads-proof">
      <thead>
        <tr>
          <th>Meter</th>
          <th>From</th>
          <th className="num">Read</th>
          <th>To</th>
          <th className="num">Read</th>
          <th className="num">Used</th>
        </tr>
      </thead>
      <tbody>
        {reads.map((read) => (
          <tr key={`${read.serial} ${read.from_on} ${read.to_on}`}>
            <td>{read.serial}</td>
            <td>
              <Day on={read.from_on} />
            </td>
            <td className="num">{formatQuantity(read.from_value)}</td>
            <td>
              <Day on={read.to_on} />
            </td>
            <td className="num">
              {formatQuantity(read.to_value)}
              {read.rollovers > 0 ? <span className="muted"> rolled over</span> : null}
            </td>
            <td className="num">
              <Usage value={read.quantity} unit={read.unit} />
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
