/** An account by any scrap of it: typed, found by the server, chosen by arrows. */

import { keepPreviousData } from "@tanstack/react-query";
import { ChevronsUpDown, Search } from "lucide-react";
import { type ReactElement, useEffect, useState } from "react";
import {
  Autocomplete,
  Button,
  FieldError,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  SearchField,
  Select,
  SelectValue,
} from "react-aria-components";
import { api, type Schema } from "@/api/client";
import { usePaused } from "@/lib/paused";

const PAUSE_MS = 120;

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
  const [words, setWords] = useState("");
  const q = usePaused(words.trim(), PAUSE_MS);
  const { data } = api.useQuery(
    "get",
    "/api/v1/accounts",
    { params: { query: { limit: 12, ...(q ? { q } : {}) } } },
    { placeholderData: keepPreviousData },
  );
  const items = data?.items ?? [];
  return (
    <Select
      className="field wide"
      value={value?.id ?? null}
      onChange={(id) => {
        const found = items.find((account) => account.id === id);
        if (found) onChange(found);
      }}
      isInvalid={error !== undefined}
      validationBehavior="aria"
    >
      <Label>Account</Label>
      <Button className="select-button">
        <SelectValue className={value ? "truncate chosen" : "truncate"}>
          {() => (value ? `${value.number} · ${value.customer_name}` : "Find the account")}
        </SelectValue>
        <ChevronsUpDown aria-hidden />
      </Button>
      <FieldError className="field-error">{error}</FieldError>
      <Popover className="popover" offset={4}>
        <Autocomplete inputValue={words} onInputChange={setWords}>
          <SearchField className="grid-filter pad" aria-label="Number, name or address" autoFocus>
            <Search aria-hidden />
            <Input className="input" placeholder="Number, name or address" maxLength={200} />
          </SearchField>
          <ListBox className="listbox" items={items} aria-label="Accounts">
            {(account) => (
              <ListBoxItem
                className="menu-item"
                id={account.id}
                textValue={`${account.number} ${account.customer_name}`}
              >
                <span className="grow truncate">
                  {account.number} · {account.customer_name}{" "}
                  <span className="muted">{account.service_address}</span>
                </span>
              </ListBoxItem>
            )}
          </ListBox>
        </Autocomplete>
      </Popover>
    </Select>
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
