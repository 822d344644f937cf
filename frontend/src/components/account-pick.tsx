/** An account by any scrap of it. */

import { keepPreviousData } from "@tanstack/react-query";
import { type ReactElement, useEffect, useState } from "react";
import { api, type Schema } from "@/api/client";
import { FindPick } from "./find-pick";

export type PickedAccount = Pick<
  Schema<"AccountRow">,
  "id" | "number" | "customer_name" | "service_address"
>;

interface AccountPickProps {
  value: PickedAccount | null;
  onChange: (account: PickedAccount) => void;
  error?: string | undefined;
}

export function AccountPick({ value, onChange, error }: AccountPickProps): ReactElement {
  const [q, setWords] = useState("");
  const { data } = api.useQuery(
    "get",
    "/api/v1/accounts",
    { params: { query: { limit: 12, ...(q ? { q } : {}) } } },
    { placeholderData: keepPreviousData },
  );
  const items = data?.items ?? [];
  const shown = (account: PickedAccount) => ({
    id: account.id,
    text: `${account.number} · ${account.customer_name}`,
    note: account.service_address,
  });
  return (
    <FindPick
      label="Account"
      ask="Find the account"
      scraps="Number, name or address"
      chosen={value && shown(value)}
      items={items.map(shown)}
      onWords={setWords}
      onChange={(id) => {
        const found = items.find((account) => account.id === id);
        if (found) onChange(found);
      }}
      error={error}
    />
  );
}

/** The account of the address, until another one is chosen. */
export function usePickedAccount(id: string | undefined) {
  const [chosen, setChosen] = useState<PickedAccount | null>(null);
  const { data } = api.useQuery(
    "get",
    "/api/v1/accounts/{account_id}",
    { params: { path: { account_id: id ?? "" } } },
    { enabled: id !== undefined },
  );
  useEffect(() => {
    if (!data) return;
    const { account, customer, agreements } = data;
    setChosen({
      id: account.id,
      number: account.number,
      customer_name: customer.name,
      service_address: agreements[0]?.situs_line ?? "",
    });
  }, [data]);
  return [chosen, setChosen] as const;
}
