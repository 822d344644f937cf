/** Every service the account takes or took, and who took it at the same points. */

import { Link } from "@tanstack/react-router";
import { type ReactElement, useState } from "react";
import type { Schema } from "@/api/client";
import { useMay } from "@/api/session";
import { Button } from "@/components/button";
import { Day } from "@/components/figures";
import { Section } from "@/components/page";
import { Table } from "@/components/table";
import { formatQuantity } from "@/lib/units";
import { words } from "@/lib/words";
import { EndAgreement } from "./end-agreement";
import type { AccountPage } from "./kinds";
import { Meters } from "./meters";
import { SetFact } from "./set-fact";

interface ServicesProps {
  page: AccountPage;
  onAdd: () => void;
}

export function Services({ page, onAdd }: ServicesProps): ReactElement {
  const mayWrite = useMay("accounts:write");
  const canAdd = mayWrite && page.account.status === "open";
  return (
    <>
      <Section
        title="Services"
        actions={
          canAdd ? (
            <Button small onPress={onAdd}>
              Add a service
            </Button>
          ) : null
        }
      >
        <ServiceTable page={page} mayWrite={mayWrite} />
      </Section>
      <Section title="Occupancy">
        <Occupancy occupants={page.occupancy} accountId={page.account.id} />
      </Section>
    </>
  );
}

interface ServiceTableProps {
  page: AccountPage;
  mayWrite: boolean;
}

function ServiceTable({ page, mayWrite }: ServiceTableProps): ReactElement {
  const [ending, setEnding] = useState<Schema<"AgreementRow"> | null>(null);
  const [telling, setTelling] = useState<Schema<"AgreementRow"> | null>(null);
  const metersAt = new Map(
    page.service_points.map(({ service_point, meters }) => [service_point.id, meters]),
  );
  return (
    <>
      <Table>
        <thead>
          <tr>
            <th>Service</th>
            <th>Rate</th>
            <th>Service point</th>
            <th>Meter</th>
            <th>Facts of the rate</th>
            <th className="num">Share</th>
            <th>From</th>
            <th>To</th>
            {mayWrite ? (
              <th>
                <span className="sr-only">Act</span>
              </th>
            ) : null}
          </tr>
        </thead>
        <tbody>
          {page.agreements.map((agreement) => (
            <tr key={agreement.id} className={agreement.to_on ? "muted" : ""}>
              <td>{words(agreement.service)}</td>
              <td>{agreement.rate_code}</td>
              <td>
                <Link
                  to="/service-points/$servicePointId"
                  params={{ servicePointId: agreement.service_point_id }}
                >
                  {agreement.service_point_code}
                </Link>
              </td>
              <td>
                <Meters
                  meters={
                    agreement.service === "water" ? metersAt.get(agreement.service_point_id) : []
                  }
                />
              </td>
              <td>{attributesOf(agreement)}</td>
              <td className="num">{formatQuantity(agreement.share_percent)} %</td>
              <td>
                <Day on={agreement.from_on} />
              </td>
              <td>
                <Day on={agreement.to_on} />
              </td>
              {mayWrite ? (
                <td className="num">
                  {agreement.to_on === null ? (
                    <span className="row">
                      <Button small onPress={() => setTelling(agreement)}>
                        Facts
                      </Button>
                      <Button small onPress={() => setEnding(agreement)}>
                        End
                      </Button>
                    </span>
                  ) : null}
                </td>
              ) : null}
            </tr>
          ))}
        </tbody>
      </Table>
      {telling ? <SetFact agreement={telling} onClose={() => setTelling(null)} /> : null}
      {ending ? <EndAgreement agreement={ending} onClose={() => setEnding(null)} /> : null}
    </>
  );
}

function attributesOf(agreement: Schema<"AgreementRow">): string {
  const now = agreement.attributes.filter((attribute) => attribute.to_on === null);
  return now.map(({ name, value }) => `${words(name)} ${value}`).join(", ") || "–";
}

interface OccupancyProps {
  occupants: Schema<"OccupantOut">[];
  accountId: string;
}

function Occupancy({ occupants, accountId }: OccupancyProps): ReactElement {
  return (
    <Table>
      <thead>
        <tr>
          <th>Customer</th>
          <th>Account</th>
          <th>Service</th>
          <th>From</th>
          <th>To</th>
        </tr>
      </thead>
      <tbody>
        {occupants.map((one) => (
          <tr key={one.agreement_id} className={one.to_on ? "muted" : ""}>
            <td>{one.customer_name}</td>
            <td>
              {one.account_id === accountId ? (
                one.account_number
              ) : (
                <Link to="/accounts/$accountId" params={{ accountId: one.account_id }}>
                  {one.account_number}
                </Link>
              )}
            </td>
            <td>{words(one.service)}</td>
            <td>
              <Day on={one.from_on} />
            </td>
            <td>
              <Day on={one.to_on} />
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
