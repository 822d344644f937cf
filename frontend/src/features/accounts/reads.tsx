import type { ReactElement } from "react";
import { api, type Schema } from "@/api/client";
import { ConsumptionChart } from "@/components/consumption-chart";
import { Day, Usage } from "@/components/figures";
import { Section } from "@/components/page";
import { Pill } from "@/components/pill";
import { Shown } from "@/components/shown";
import { Table } from "@/components/table";
import { words } from "@/lib/words";
import type { AccountPage } from "./kinds";
import { lastDayAt, ownReads, periodsOf } from "./periods";

/** Reads and use at each water service point of the account. */
export function Reads({ page }: { page: AccountPage }): ReactElement {
  const points = page.service_points.filter(({ meters }) => meters.length > 0);
  if (points.length === 0) return <p className="muted">No meter is in place.</p>;
  return (
    <>
      {points.map(({ service_point }) => (
        <PointReads key={service_point.id} page={page} point={service_point} />
      ))}
    </>
  );
}

const READS = 60;

/** Reads of the account's own days at a service point, newest first. */
export function useOwnReads(page: AccountPage, pointId: string) {
  const last_on = lastDayAt(page.agreements, pointId);
  return api.useQuery(
    "get",
    "/api/v1/reads",
    {
      params: {
        query: { service_point_id: pointId, limit: READS, ...(last_on ? { last_on } : {}) },
      },
    },
    { select: (reads) => ownReads(reads, page.agreements, pointId) },
  );
}

interface PointReadsProps {
  page: AccountPage;
  point: Schema<"ServicePointOut">;
}

function PointReads({ page, point }: PointReadsProps): ReactElement {
  const query = useOwnReads(page, point.id);
  return (
    <Section title={`Use at ${point.code}`}>
      <Shown query={query}>
        {(reads) => (
          <div className="columns">
            <Use reads={reads} />
            <ReadTable reads={reads} />
          </div>
        )}
      </Shown>
    </Section>
  );
}

/** The chart of the newest 13 periods, each beside the same season a year before. */
export function Use({ reads }: { reads: Schema<"ReadRow">[] }): ReactElement {
  const periods = periodsOf(reads).slice(-13);
  const unit = reads[0]?.unit ?? "";
  if (periods.length === 0) return <p className="muted">No use between two reads yet.</p>;
  return (
    <div className="use-chart">
      <ConsumptionChart periods={periods} unit={unit} />
    </div>
  );
}

function ReadTable({ reads }: { reads: Schema<"ReadRow">[] }): ReactElement {
  return (
    <Table>
      <thead>
        <tr>
          <th>Read on</th>
          <th>Meter</th>
          <th className="num">Read</th>
          <th className="num">Used{reads[0] ? ` (${reads[0].unit})` : ""}</th>
          <th>How</th>
        </tr>
      </thead>
      <tbody>
        {reads.slice(0, 30).map((read) => (
          <tr key={`${read.register_id} ${read.read_on}`}>
            <td>
              <Day on={read.read_on} />
            </td>
            <td>{read.meter_serial}</td>
            <td className="num">
              <Usage value={read.value} />
            </td>
            <td className="num">
              <Usage value={read.used} />
            </td>
            <td>
              {read.method === "estimated" ? (
                <Pill state="estimated" />
              ) : (
                <span className="muted">{words(read.method)}</span>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
