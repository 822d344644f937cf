/** What stands beside the timeline: use, services with their meters, who lived here. */

import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import type { Schema } from "@/api/client";
import { useMay } from "@/api/session";
import { Section } from "@/components/page";
import { Shown } from "@/components/shown";
import { words } from "@/lib/words";
import type { AccountPage } from "./kinds";
import { Meters } from "./meters";
import { OccupancyStrips } from "./occupancy";
import { Use, useOwnReads } from "./reads";

export function Standing({ page }: { page: AccountPage }): ReactElement {
  const mayRead = useMay("readings:read");
  const point = page.service_points.find(({ meters }) => meters.length > 0);
  return (
    <div className="standing">
      {mayRead && point ? <PointUse page={page} point={point.service_point} /> : null}
      <Section title="Services">
        <Services page={page} />
      </Section>
      <Section title="Occupancy">
        <OccupancyStrips page={page} />
      </Section>
      {page.account.notes ? (
        <Section title="Standing note">
          <p className="notes">{page.account.notes}</p>
        </Section>
      ) : null}
    </div>
  );
}

interface PointUseProps {
  page: AccountPage;
  point: Schema<"ServicePointOut">;
}

function PointUse({ page, point }: PointUseProps): ReactElement {
  const query = useOwnReads(page, point.id);
  return (
    <section className="section" aria-label={`Use at ${point.code}`}>
      <Shown query={query} lines={6}>
        {(reads) => <Use reads={reads} />}
      </Shown>
    </section>
  );
}

function Services({ page }: { page: AccountPage }): ReactElement {
  const standing = page.agreements.filter(({ to_on }) => to_on === null);
  const shown = standing.length > 0 ? standing : page.agreements.slice(0, 2);
  const metersAt = new Map(
    page.service_points.map(({ service_point, meters }) => [service_point.id, meters]),
  );
  if (shown.length === 0) {
    return <p className="muted small">No service yet. Other acts, Add a service.</p>;
  }
  return (
    <ul className="services-brief">
      {shown.map((agreement) => (
        <li key={agreement.id} className={agreement.to_on ? "muted" : ""}>
          <span>
            {words(agreement.service)} <span className="muted">{agreement.rate_code}</span>
          </span>
          <span className="grow">
            {agreement.service === "sewer" ? null : (
              <Meters meters={metersAt.get(agreement.service_point_id)} />
            )}
          </span>
          <Link
            to="/service-points/$servicePointId"
            params={{ servicePointId: agreement.service_point_id }}
          >
            {agreement.service_point_code}
          </Link>
        </li>
      ))}
    </ul>
  );
}
