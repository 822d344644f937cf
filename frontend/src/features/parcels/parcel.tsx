import { getRouteApi, Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { api, type Schema } from "@/api/client";
import { Changes } from "@/components/changes";
import { Day, Fact, Facts, Usage } from "@/components/figures";
import { PageHead, Section } from "@/components/page";
import { Pill } from "@/components/pill";
import { ShownPage } from "@/components/shown";
import { Table } from "@/components/table";
import { words } from "@/lib/words";
import { Outline } from "./outline";

const route = getRouteApi("/app/parcels/$parcelId");

/** One parcel: where it lies, who owns it, what it may take and what is in the ground. */
export function Parcel(): ReactElement {
  const { parcelId } = route.useParams();
  const query = api.useQuery("get", "/api/v1/parcels/{parcel_id}", {
    params: { path: { parcel_id: parcelId } },
  });
  return (
    <div className="page">
      <ShownPage query={query}>{(page) => <ParcelSheet page={page} />}</ShownPage>
    </div>
  );
}

function ParcelSheet({ page }: { page: Schema<"ParcelPage"> }): ReactElement {
  const { parcel } = page;
  const changes = api.useQuery("get", "/api/v1/parcels/{parcel_id}/changes", {
    params: { path: { parcel_id: parcel.id }, query: { limit: 100 } },
  });
  return (
    <>
      <PageHead
        title={parcel.apn}
        crumbs={<Link to="/parcels">Parcels</Link>}
        subtitle={[parcel.situs_line, parcel.situs_city, parcel.situs_zip]
          .filter(Boolean)
          .join(", ")}
      />
      <div className="columns">
        <div>
          <Owners owners={page.owners} />
          <Connections page={page} />
        </div>
        <Section title="Land">
          <Outline geometry={parcel.geometry} />
          <Facts>
            <Fact label="County">{words(parcel.county)}</Fact>
            <Fact label="Land use">{parcel.land_use ? words(parcel.land_use) : "–"}</Fact>
            <Fact label="Acres">
              <Usage value={parcel.acres} />
            </Fact>
          </Facts>
        </Section>
      </div>
      <Changes query={changes} />
    </>
  );
}

function Owners({ owners }: { owners: Schema<"OwnerOut">[] }): ReactElement {
  return (
    <Section title="Owners">
      <Table>
        <thead>
          <tr>
            <th>Name</th>
            <th>Mail</th>
            <th>From</th>
            <th>To</th>
          </tr>
        </thead>
        <tbody>
          {owners.length === 0 ? (
            <tr>
              <td className="muted" colSpan={4}>
                No owner on record
              </td>
            </tr>
          ) : null}
          {owners.map((owner) => (
            <tr key={owner.id} className={owner.to_on ? "muted" : ""}>
              <td>{owner.name}</td>
              <td>
                {[owner.mail_line, owner.mail_city, owner.mail_state].filter(Boolean).join(", ")}
              </td>
              <td>
                <Day on={owner.from_on} />
              </td>
              <td>
                <Day on={owner.to_on} />
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
    </Section>
  );
}

function Connections({ page }: { page: Schema<"ParcelPage"> }): ReactElement {
  return (
    <Section title="Connections">
      <div className="row wrap entitled">
        {page.entitlements.map((one) => (
          <span key={one.service} className="muted small">
            {words(one.service)}: {one.installed} of {one.authorized} installed,{" "}
            <Usage value={one.installed_edu} /> of <Usage value={one.authorized_edu} /> EDU
          </span>
        ))}
      </div>
      <Table>
        <thead>
          <tr>
            <th>Service</th>
            <th>Size</th>
            <th className="num">EDU</th>
            <th>State</th>
            <th>Authorized</th>
            <th>Installed</th>
            <th>Document</th>
          </tr>
        </thead>
        <tbody>
          {page.connections.length === 0 ? (
            <tr>
              <td className="muted" colSpan={7}>
                Nothing authorized or installed
              </td>
            </tr>
          ) : null}
          {page.connections.map((connection) => (
            <tr key={connection.id}>
              <td>{words(connection.service)}</td>
              <td>{connection.size}</td>
              <td className="num">
                <Usage value={connection.edu} />
              </td>
              <td>
                <Pill state={connection.status} />
              </td>
              <td>
                <Day on={connection.authorized_on} />
              </td>
              <td>
                <Day on={connection.installed_on} />
              </td>
              <td>{connection.document || "–"}</td>
            </tr>
          ))}
        </tbody>
      </Table>
    </Section>
  );
}
