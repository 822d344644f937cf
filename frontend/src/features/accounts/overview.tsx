import { Link } from "@tanstack/react-router";
import { type ReactElement, useState } from "react";
import type { Schema } from "@/api/client";
import { useMay } from "@/api/session";
import { Button } from "@/components/button";
import { Day, Fact, Facts } from "@/components/figures";
import { Section } from "@/components/page";
import { formatQuantity } from "@/lib/units";
import { words } from "@/lib/words";
import { EndAgreement } from "./end-agreement";
import type { AccountPage } from "./kinds";

const LANGUAGES: Record<string, string> = { en: "English", es: "Spanish" };

/** Services with their meters, who to reach and how, and who lived here before. */
export function Overview({ page }: { page: AccountPage }): ReactElement {
  const { account, customer } = page;
  return (
    <>
      <Section title="Services">
        <Services page={page} />
      </Section>
      <div className="columns">
        <Section title="Occupancy">
          <Occupancy occupants={page.occupancy} accountId={account.id} />
        </Section>
        <Section title="Contact">
          <Facts>
            <Fact label="Phone">{customer.phone_raw || "–"}</Fact>
            <Fact label="E-mail">{customer.email || "–"}</Fact>
            <Fact label="Mail">{mailOf(account)}</Fact>
            <Fact label="Statements">
              {words(account.delivery)}, {LANGUAGES[account.language]}
            </Fact>
            <Fact label="Opened">
              <Day on={account.opened_on} />
            </Fact>
            <Fact label="Closed">
              <Day on={account.closed_on} />
            </Fact>
          </Facts>
          {account.notes ? <p className="notes">{account.notes}</p> : null}
        </Section>
      </div>
    </>
  );
}

function mailOf(account: AccountPage["account"]): string {
  const town = [account.mail_city, account.mail_state, account.mail_zip].filter(Boolean).join(" ");
  return (
    [account.mail_name, account.mail_line, account.mail_line2, town].filter(Boolean).join(", ") ||
    "–"
  );
}

function Services({ page }: { page: AccountPage }): ReactElement {
  const mayWrite = useMay("accounts:write");
  const [ending, setEnding] = useState<Schema<"AgreementRow"> | null>(null);
  const metersAt = new Map(
    page.service_points.map(({ service_point, meters }) => [service_point.id, meters]),
  );
  return (
    <div className="table-scroll">
      <table className="table">
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
                    <Button small onPress={() => setEnding(agreement)}>
                      End
                    </Button>
                  ) : null}
                </td>
              ) : null}
            </tr>
          ))}
        </tbody>
      </table>
      {ending ? <EndAgreement agreement={ending} onClose={() => setEnding(null)} /> : null}
    </div>
  );
}

function attributesOf(agreement: Schema<"AgreementRow">): string {
  const now = agreement.attributes.filter((attribute) => attribute.to_on === null);
  return now.map(({ name, value }) => `${words(name)} ${value}`).join(", ") || "–";
}

function Meters({ meters = [] }: { meters?: Schema<"InstalledOut">[] | undefined }): ReactElement {
  if (meters.length === 0) return <span className="muted">–</span>;
  return (
    <>
      {meters.map((meter, index) => (
        <span key={meter.installation_id}>
          {index > 0 ? ", " : null}
          <Link to="/meters/$meterId" params={{ meterId: meter.meter_id }}>
            {meter.serial}
          </Link>{" "}
          <span className="muted">{meter.size} in</span>
        </span>
      ))}
    </>
  );
}

interface OccupancyProps {
  occupants: Schema<"OccupantOut">[];
  accountId: string;
}

function Occupancy({ occupants, accountId }: OccupancyProps): ReactElement {
  return (
    <table className="table">
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
    </table>
  );
}
