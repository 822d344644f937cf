import { Link } from "@tanstack/react-router";
import { type ReactElement, useState } from "react";
import { api, type Schema } from "@/api/client";
import { asProblem } from "@/api/problem";
import { Banner } from "@/components/banner";
import { Choice } from "@/components/button";
import { Section } from "@/components/page";
import { Shown } from "@/components/shown";
import { missing, type Part, Waterfall } from "@/components/waterfall";
import { formatCents } from "@/lib/cents";
import { formatQuantity } from "@/lib/units";

type Comparison = Schema<"BillComparison">;
type Against = "previous" | "last_year";

interface WhyHighProps {
  billId: string;
  cents: number;
  language: "en" | "es";
}

/** Why the bill differs from the last one or from a year ago, in parts that sum exactly. */
export function WhyHigh({ billId, cents, language }: WhyHighProps): ReactElement {
  const [against, setAgainst] = useState<Against>("previous");
  const query = api.useQuery("get", "/api/v1/bills/{bill_id}/comparison", {
    params: { path: { bill_id: billId }, query: { with: against, language } },
  });
  const none = query.error !== null && asProblem(query.error).status === 404;
  return (
    <Section
      title={against === "previous" ? "Against the last bill" : "Against a year ago"}
      actions={
        <Choice
          label="Compare with"
          value={against}
          options={[
            ["previous", "Last bill"],
            ["last_year", "Last year"],
          ]}
          onChange={setAgainst}
        />
      }
    >
      {none ? (
        <p className="muted small">There is no earlier bill to compare with.</p>
      ) : (
        <Shown query={query}>{(found) => <Found found={found} cents={cents} />}</Shown>
      )}
    </Section>
  );
}

function Found({ found, cents }: { found: Comparison; cents: number }): ReactElement {
  const chart = {
    before: { label: "Bill before", cents: cents - found.difference_cents },
    parts: partsOf(found),
    after: { label: "This bill", cents },
  };
  return (
    <div className="stack effect-side">
      <p>
        <strong>
          {found.difference_cents === 0
            ? "The same amount"
            : `${formatCents(Math.abs(found.difference_cents))} ${found.difference_cents > 0 ? "more" : "less"}`}
        </strong>{" "}
        than{" "}
        <Link to="/bills/$billId" params={{ billId: found.other_bill_id }}>
          {found.other_number}
        </Link>
      </p>
      {missing(chart) === 0 ? null : (
        <Banner tone="danger" title="The parts do not sum to the difference; do not use them" />
      )}
      <Waterfall {...chart} />
      <ul className="policy">
        {found.explanation.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      <p className="help">
        {found.days} days now, {found.other_days} then · {formatQuantity(found.quantity)} now,{" "}
        {formatQuantity(found.other_quantity)} then
      </p>
    </div>
  );
}

function partsOf(found: Comparison): Part[] {
  return [
    { label: "Days", cents: found.days_cents },
    { label: "Use", cents: found.use_cents },
    { label: "Price", cents: found.price_cents },
    { label: "Other", cents: found.other_cents },
  ];
}
