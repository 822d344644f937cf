import { getRouteApi, Link } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import type { ReactElement } from "react";
import type { RowOf } from "@/api/lists";
import { useMay } from "@/api/session";
import { columnsOf, DataGrid } from "@/components/data-grid";
import { Empty } from "@/components/empty";
import { FilterPick } from "@/components/form/pick";
import { PageHead } from "@/components/page";
import { Pill } from "@/components/pill";

type Payment = RowOf<"/api/v1/payments">;
const route = getRouteApi("/app/payments");
const hrefOf = (payment: Payment) => `/payments/${payment.id}`;
const col = columnsOf<Payment>();
const COLUMNS = [
  col.day("received_on", "Received"),
  col.link("account_number", "Account", hrefOf, { width: 140 }),
  col.money("cents", "Amount", { width: 130 }),
  col.word("tender", "Tender", { width: 90 }),
  col.text("reference", "Reference", { width: 160, grows: true }),
  col.text("received_by_name", "Taken by", { width: 160, grows: true }),
  {
    id: "reversed_at",
    header: "State",
    width: 120,
    text: (payment: Payment) => (payment.reversed_at ? "Returned" : "Posted"),
    cell: (payment: Payment) =>
      payment.reversed_at ? <Pill state="returned" tone="danger" /> : <Pill state="posted" />,
  },
  col.moment("posted_at", "Posted"),
];

/** What came in. */
export function Payments(): ReactElement {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const mayTake = useMay("payments:take");
  const change = (patch: Partial<typeof search>) =>
    void navigate({ search: (before) => ({ ...before, ...patch }), replace: true });
  const take = mayTake ? (
    <Link className="btn primary" to="/payments/new">
      <Plus aria-hidden /> Take a payment
    </Link>
  ) : null;
  return (
    <div className="page full">
      <PageHead title="Payments">{take}</PageHead>
      <DataGrid
        name="payments"
        label="Payments"
        noun={["payment", "payments"]}
        path="/api/v1/payments"
        columns={COLUMNS}
        filters={{ tender: search.tender, account_id: search.account }}
        q={search.q}
        sort={search.sort}
        onSearch={change}
        onClear={() => change({ q: undefined, tender: undefined, account: undefined })}
        isFaded={(payment) => payment.reversed_at !== null}
        hrefOf={hrefOf}
        controls={
          <FilterPick
            label="Tender"
            value={search.tender}
            options={[
              ["cash", "Cash"],
              ["check", "Check"],
              ["card", "Card"],
            ]}
            onChange={(tender) => change({ tender: tender as typeof search.tender })}
          />
        }
        empty={<Empty title="No payment yet" action={take} />}
      />
    </div>
  );
}
