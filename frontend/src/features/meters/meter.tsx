import { getRouteApi, Link } from "@tanstack/react-router";
import { type ReactElement, useState } from "react";
import { api, type Schema } from "@/api/client";
import { useMay } from "@/api/session";
import { Changes } from "@/components/changes";
import { Day, Fact, Facts } from "@/components/figures";
import { PageHead, Section } from "@/components/page";
import { Pill } from "@/components/pill";
import { ShownPage } from "@/components/shown";
import { Table } from "@/components/table";
import { words } from "@/lib/words";
import { Correct } from "./correct";
import { Corrections } from "./corrections";
import { Registers } from "./registers";

const route = getRouteApi("/app/meters/$meterId");

/** One meter: what it is, its registers, and everywhere it has been. */
export function Meter(): ReactElement {
  const { meterId } = route.useParams();
  const query = api.useQuery("get", "/api/v1/meters/{meter_id}", {
    params: { path: { meter_id: meterId } },
  });
  return (
    <div className="page">
      <ShownPage query={query}>{(page) => <MeterSheet page={page} />}</ShownPage>
    </div>
  );
}

function MeterSheet({ page }: { page: Schema<"MeterPage"> }): ReactElement {
  const { meter } = page;
  const changes = api.useQuery("get", "/api/v1/meters/{meter_id}/changes", {
    params: { path: { meter_id: meter.id }, query: { limit: 100 } },
  });
  const mayCorrect = useMay("meters:write");
  const [correcting, setCorrecting] = useState<Schema<"RegisterOut"> | null>(null);
  return (
    <>
      <PageHead
        title={`${meter.make} ${meter.serial}`}
        crumbs={<Link to="/meters">Meters</Link>}
        state={<Pill state={meter.status} />}
      />
      <Facts>
        <Fact label="Size">{meter.size} in</Fact>
        <Fact label="Type">{words(meter.kind)}</Fact>
        <Fact label="Model">{meter.model || "–"}</Fact>
        <Fact label="Endpoint">{meter.endpoint_serial || "–"}</Fact>
        <Fact label="Retired">
          <Day on={meter.retired_on} />
        </Fact>
      </Facts>
      <Section title="Registers">
        <Registers
          registers={page.registers}
          onCorrect={mayCorrect ? (register) => setCorrecting(register) : null}
        />
      </Section>
      <Corrections meterId={meter.id} />
      <Section title="Where it has been">
        <Stays stays={page.stays} />
      </Section>
      <Changes query={changes} />
      {correcting ? (
        <Correct
          register={correcting}
          title={`${meter.make} ${meter.serial}`}
          onClose={() => setCorrecting(null)}
        />
      ) : null}
    </>
  );
}

function Stays({ stays }: { stays: Schema<"StayOut">[] }): ReactElement {
  return (
    <Table>
      <thead>
        <tr>
          <th>Service point</th>
          <th>Address</th>
          <th>Location</th>
          <th>Role</th>
          <th>From</th>
          <th>To</th>
        </tr>
      </thead>
      <tbody>
        {stays.length === 0 ? (
          <tr>
            <td className="muted" colSpan={6}>
              Never installed
            </td>
          </tr>
        ) : null}
        {stays.map((stay) => (
          <tr key={stay.installation_id}>
            <td>
              <Link
                to="/service-points/$servicePointId"
                params={{ servicePointId: stay.service_point_id }}
              >
                {stay.service_point_code}
              </Link>
            </td>
            <td>{stay.situs_line ?? "–"}</td>
            <td>{stay.location || "–"}</td>
            <td>{words(stay.role)}</td>
            <td>
              <Day on={stay.from_on} />
            </td>
            <td>
              <Day on={stay.to_on} />
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
