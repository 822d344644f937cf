/** One register, day by day: what it showed, who brought it, how it was estimated, who decided. */

import { getRouteApi, Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { api, type Schema } from "@/api/client";
import { Day, Moment, Usage } from "@/components/figures";
import { PageHead } from "@/components/page";
import { Pill } from "@/components/pill";
import { Shown } from "@/components/shown";
import { Table } from "@/components/table";
import { withDays } from "@/lib/dates";
import { words } from "@/lib/words";

type Day_ = Schema<"HistoryDay">;
const route = getRouteApi("/app/registers/$registerId");
const SIDES: Record<string, string> = { "0": "", L: ", low side", H: ", high side" };

export function Register(): ReactElement {
  const { registerId } = route.useParams();
  const query = api.useQuery("get", "/api/v1/registers/{register_id}/history", {
    params: { path: { register_id: registerId } },
  });
  const found = query.data;
  return (
    <div className="page">
      <PageHead
        title={
          found
            ? `Reads of ${found.meter_make} ${found.meter_serial}${SIDES[found.number] ?? ""}`
            : "Reads of a register"
        }
        crumbs={
          found ? (
            <Link to="/meters/$meterId" params={{ meterId: found.meter_id }}>
              {found.meter_make} {found.meter_serial}
            </Link>
          ) : (
            <Link to="/meters">Meters</Link>
          )
        }
        subtitle={found?.service_point_code ?? " "}
      />
      <Shown query={query} lines={12}>
        {(history) => <Days history={history} />}
      </Shown>
    </div>
  );
}

function Days({ history }: { history: Schema<"RegisterHistory"> }): ReactElement {
  if (history.days.length === 0) return <p className="muted">It was never read.</p>;
  return (
    <Table>
      <thead>
        <tr>
          <th>Read on</th>
          <th className="num">Read ({history.unit})</th>
          <th className="num">Used</th>
          <th className="num">Days</th>
          <th>How</th>
          <th>By</th>
          <th>What was noted and decided</th>
        </tr>
      </thead>
      <tbody>
        {history.days.map((day) => (
          <Row key={day.read_on} day={day} />
        ))}
      </tbody>
    </Table>
  );
}

function Row({ day }: { day: Day_ }): ReactElement {
  const [standing, ...older] = day.revisions;
  return (
    <tr>
      <td>
        <Day on={day.read_on} />
      </td>
      <td className="num">
        <Usage value={standing?.value} />
      </td>
      <td className="num">
        <Usage value={day.used} />
      </td>
      <td className="num">{day.days ?? "–"}</td>
      <td>{standing ? `${words(standing.method)}, ${words(standing.kind).toLowerCase()}` : "–"}</td>
      <td>{standing?.recorded_by_name ?? "–"}</td>
      <td>
        <Told day={day} older={older} />
      </td>
    </tr>
  );
}

function Told({ day, older }: { day: Day_; older: Schema<"HistoryRevision">[] }): ReactElement {
  const codes = [day.skip_code && `Skip ${day.skip_code}`, ...day.trouble_codes, day.note];
  return (
    <ul className="small">
      {day.estimate ? <li>Estimated: {day.estimate}</li> : null}
      {older.map((one) => (
        <li key={one.revision}>
          Before: {one.value === null ? "withdrawn" : <Usage value={one.value} />},{" "}
          {words(one.method).toLowerCase()}
          {one.recorded_by_name ? `, ${one.recorded_by_name}` : ""}
        </li>
      ))}
      {codes.some(Boolean) ? <li>{codes.filter(Boolean).join(", ")}</li> : null}
      {day.decisions.map((one) => (
        <li key={one.id}>
          <Pill state={one.state} /> {words(one.rule)}: {withDays(one.reason)}
          {one.decided_by_name ? (
            <span className="muted">
              {" "}
              {one.decided_by_name}
              {one.approved_by_name ? ` and ${one.approved_by_name}` : ""},{" "}
              <Moment at={one.decided_at} />
              {one.decision_reason ? `: ${one.decision_reason}` : ""}
            </span>
          ) : null}
        </li>
      ))}
    </ul>
  );
}
