import { keepPreviousData } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { FileText, Printer } from "lucide-react";
import type { ReactElement } from "react";
import { api, type Schema } from "@/api/client";
import { Choice } from "@/components/button";
import { Figure, Figures, Money } from "@/components/figures";
import { PageHead, Section } from "@/components/page";
import { Pill } from "@/components/pill";
import { ShownPage } from "@/components/shown";
import { formatDay, formatPeriod } from "@/lib/dates";
import { words } from "@/lib/words";
import { Segment } from "./segment";
import { WhyHigh } from "./why-high";

type Bill = Schema<"BillOut">;
const route = getRouteApi("/app/bills/$billId");

/** A bill that explains itself: every line opens, and the difference to the last one sums. */
export function BillPage(): ReactElement {
  const { billId } = route.useParams();
  const { lang = "en" } = route.useSearch();
  const query = api.useQuery(
    "get",
    "/api/v1/bills/{bill_id}",
    { params: { path: { bill_id: billId }, query: { language: lang } } },
    { placeholderData: keepPreviousData },
  );
  return (
    <div className="page">
      <ShownPage query={query} lines={10}>
        {(bill) => <BillSheet bill={bill} />}
      </ShownPage>
    </div>
  );
}

function BillSheet({ bill }: { bill: Bill }): ReactElement {
  const { lang = "en" } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <>
      <PageHead
        title={`Bill ${bill.number}`}
        crumbs={
          <>
            <Link to="/accounts/$accountId" params={{ accountId: bill.account_id }}>
              {bill.customer_name}, {bill.account_number}
            </Link>
            {" · "}
            <Link to="/bill-runs/$runId" params={{ runId: bill.run_id }}>
              {bill.run_name}
            </Link>
          </>
        }
        state={<Pill state={bill.state} />}
        subtitle={`${words(bill.kind)} · ${formatPeriod(bill.period_from, bill.period_to)} · billed ${formatDay(bill.bill_on)}, due ${formatDay(bill.due_on)}`}
      >
        {bill.state === "posted" ? <Statement billId={bill.id} language={lang} /> : null}
        <Choice
          label="Language of the explanations"
          value={lang}
          options={[
            ["en", "English"],
            ["es", "Español"],
          ]}
          onChange={(next) => void navigate({ search: { lang: next }, replace: true })}
        />
      </PageHead>
      <Totals bill={bill} />
      <div className="columns">
        <div>
          {bill.segments.map((segment) => (
            <Segment key={segment.agreement_id} segment={segment} />
          ))}
        </div>
        <aside>
          <WhyHigh billId={bill.id} cents={bill.current_cents} language={lang} />
          <Policies policies={bill.policies} />
        </aside>
      </div>
    </>
  );
}

/** The bill as the customer has it. */
function Statement({ billId, language }: { billId: string; language: string }): ReactElement {
  const address = `/api/v1/bills/${billId}/statement`;
  return (
    <>
      <a
        className="btn"
        href={`${address}.html?language=${language}`}
        target="_blank"
        rel="noreferrer"
      >
        <FileText aria-hidden /> Web page
      </a>
      <a
        className="btn"
        href={`${address}.pdf?language=${language}`}
        target="_blank"
        rel="noreferrer"
      >
        <Printer aria-hidden /> PDF
      </a>
    </>
  );
}

function Totals({ bill }: { bill: Bill }): ReactElement {
  const rest = [
    ["Balance before", bill.previous_cents],
    ["Payments", bill.payments_cents],
    ["Adjustments", bill.adjustments_cents],
    ["This bill", bill.current_cents],
  ] as const;
  return (
    <Figures>
      <Figure label={bill.total_due_cents === null ? "Charges" : "Total due"} lead>
        <Money cents={bill.total_due_cents ?? bill.current_cents} />
      </Figure>
      {bill.total_due_cents === null
        ? null
        : rest.map(([label, cents]) =>
            cents === null ? null : (
              <Figure key={label} label={label}>
                <Money cents={cents} />
              </Figure>
            ),
          )}
    </Figures>
  );
}

function Policies({ policies }: { policies: Schema<"PolicyCited">[] }): ReactElement | null {
  if (policies.length === 0) return null;
  return (
    <Section title="Policies it follows">
      <ul className="policy">
        {policies.map((policy) => (
          <li key={policy.key}>
            {policy.title}: {policy.value}
            <div className="help">{policy.citation}</div>
          </li>
        ))}
      </ul>
    </Section>
  );
}
