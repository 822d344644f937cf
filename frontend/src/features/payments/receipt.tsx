/** What only the paper of a payment says: whose office took it, and for whom. */

import type { ReactElement } from "react";
import { api, type Schema } from "@/api/client";
import { Money } from "@/components/figures";

/** The head of the printed receipt; the page itself is the rest of it. */
export function ReceiptHead({ payment }: { payment: Schema<"PaymentOut"> }): ReactElement | null {
  const name = usePolicy("district.name");
  const phone = usePolicy("district.phone");
  const { data: page } = api.useQuery("get", "/api/v1/accounts/{account_id}", {
    params: { path: { account_id: payment.account_id } },
  });
  if (!page) return null;
  return (
    <div className="print-only receipt">
      <p>
        <strong>{name}</strong> {phone}
      </p>
      <p>
        Receipt for {page.customer.name}, account {page.account.number}
      </p>
    </div>
  );
}

/** The last line of the receipt: what the account owes at the moment of printing. */
export function ReceiptFoot({ payment }: { payment: Schema<"PaymentOut"> }): ReactElement | null {
  const { data } = api.useQuery("get", "/api/v1/accounts/{account_id}/ledger", {
    params: { path: { account_id: payment.account_id }, query: { limit: 1 } },
  });
  if (!data) return null;
  return (
    <p className="print-only receipt">
      Balance of the account now: <Money cents={data.aging.balance_cents} flush />
    </p>
  );
}

function usePolicy(key: string): string {
  const { data } = api.useQuery("get", "/api/v1/policies/{key}", { params: { path: { key } } });
  return typeof data?.value === "string" ? data.value : "";
}
