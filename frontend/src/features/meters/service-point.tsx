import { getRouteApi, Link } from "@tanstack/react-router";
import { ArrowLeftRight } from "lucide-react";
import { type ReactElement, useState } from "react";
import { api, type Schema } from "@/api/client";
import { useMay } from "@/api/session";
import { Button } from "@/components/button";
import { Changes } from "@/components/changes";
import { Day, Fact, Facts } from "@/components/figures";
import { PageHead, Section } from "@/components/page";
import { Pill } from "@/components/pill";
import { ShownPage } from "@/components/shown";
import { Table } from "@/components/table";
import { words } from "@/lib/words";
import { Exchange } from "./exchange";
import { Registers } from "./registers";

type Page = Schema<"ServicePointPage">;
const route = getRouteApi("/app/service-points/$servicePointId");

/** Where a meter sits: its place, the meter that is in, and those that were. */
export function ServicePoint(): ReactElement {
  const { servicePointId } = route.useParams();
  const query = api.useQuery("get", "/api/v1/service-points/{service_point_id}", {
    params: { path: { service_point_id: servicePointId } },
  });
  return (
    <div className="page">
      <ShownPage query={query}>{(page) => <PointSheet page={page} />}</ShownPage>
    </div>
  );
}

function PointSheet({ page }: { page: Page }): ReactElement {
  const { service_point: point } = page;
  const changes = api.useQuery("get", "/api/v1/service-points/{service_point_id}/changes", {
    params: { path: { service_point_id: point.id }, query: { limit: 100 } },
  });
  const [exchanging, setExchanging] = useState<Schema<"InstalledOut"> | null>(null);
  const mayWrite = useMay("meters:write");
  const inPlace = page.installations.filter((stay) => stay.to_on === null);
  return (
    <>
      <PageHead
        title={point.code}
        state={<Pill state={point.status} />}
        subtitle={[page.situs_line, page.situs_city].filter(Boolean).join(", ")}
      >
        {mayWrite && inPlace[0] ? (
          <Button onPress={() => setExchanging(inPlace[0] ?? null)}>
            <ArrowLeftRight aria-hidden /> Exchange the meter
          </Button>
        ) : null}
      </PageHead>
      <Facts>
        <Fact label="Service">{words(point.service)}</Fact>
        <Fact label="Parcel">
          {point.parcel_id && page.apn ? (
            <Link to="/parcels/$parcelId" params={{ parcelId: point.parcel_id }}>
              {page.apn}
            </Link>
          ) : (
            "–"
          )}
        </Fact>
        <Fact label="Location">{point.location || "–"}</Fact>
        <Fact label="Zone">{point.zone || "–"}</Fact>
        <Fact label="Access">{point.access_notes || "–"}</Fact>
      </Facts>
      {inPlace.map((stay) => (
        <Section key={stay.installation_id} title={`In place: ${stay.make} ${stay.serial}`}>
          <Registers registers={stay.registers} />
        </Section>
      ))}
      <Section title="Meters here">
        <History stays={page.installations} />
      </Section>
      <Changes query={changes} />
      {exchanging ? (
        <Exchange page={page} out={exchanging} onClose={() => setExchanging(null)} />
      ) : null}
    </>
  );
}

function History({ stays }: { stays: Schema<"InstalledOut">[] }): ReactElement {
  return (
    <Table>
      <thead>
        <tr>
          <th>Meter</th>
          <th>Size</th>
          <th>Type</th>
          <th>Endpoint</th>
          <th>Role</th>
          <th>From</th>
          <th>To</th>
        </tr>
      </thead>
      <tbody>
        {stays.map((stay) => (
          <tr key={stay.installation_id}>
            <td>
              <Link to="/meters/$meterId" params={{ meterId: stay.meter_id }}>
                {stay.make} {stay.serial}
              </Link>
            </td>
            <td>{stay.size} in</td>
            <td>{words(stay.kind)}</td>
            <td>{stay.endpoint_serial || "–"}</td>
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
