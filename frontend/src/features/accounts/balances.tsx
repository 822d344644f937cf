import { getRouteApi } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { api } from "@/api/client";
import type { RowOf } from "@/api/lists";
import { columnsOf, DataGrid } from "@/components/data-grid";
import { Empty } from "@/components/empty";
import { FilterPick } from "@/components/form/pick";
import { AccountFilters } from "./account-filters";
import { OWING, OWING_TEXT } from "./kinds";

type Balance = RowOf<"/api/v1/account-balances">;
const route = getRouteApi("/app/accounts");
const hrefOf = (account: Balance) => `/accounts/${account.id}`;
const col = columnsOf<Balance>();
const COLUMNS = [
  col.link("number", "Account", hrefOf, { width: 122 }),
  col.text("customer_name", "Customer", { width: 140, grows: true }),
  col.text("service_address", "Service address", { width: 140, grows: true }),
  col.word("account_class", "Class", { width: 110, hidden: true }),
  col.state("status", "State", { width: 92 }),
  col.text("flags", "Flags", { width: 110, grows: true }),
  col.money("balance_cents", "Balance", { width: 96 }),
  col.money("current_cents", "Current", { width: 96 }),
  col.money("over_30_cents", "Over 30 days", { width: 104 }),
  col.money("over_60_cents", "Over 60 days", { width: 104 }),
  col.money("over_90_cents", "Over 90 days", { width: 104 }),
];
const FLAGGED = "flagged";

/** Accounts by what they owe and how long, and by the flags they carry today. */
export function Balances(): ReactElement {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const kinds = api.useQuery("get", "/api/v1/flag-kinds");
  const change = (patch: Partial<typeof search>) =>
    void navigate({ search: (before) => ({ ...before, ...patch }), replace: true });
  const { flag } = search;
  return (
    <DataGrid
      name="account-balances"
      label="Accounts by balance"
      noun={["account", "accounts"]}
      path="/api/v1/account-balances"
      columns={COLUMNS}
      filters={{
        account_class: search.class,
        status: search.status,
        owing: search.owing,
        flag: flag === FLAGGED ? undefined : flag,
        flagged: flag === FLAGGED ? true : undefined,
      }}
      q={search.q}
      sort={search.sort}
      onSearch={change}
      onClear={() =>
        change({
          q: undefined,
          class: undefined,
          status: undefined,
          owing: undefined,
          flag: undefined,
        })
      }
      isFaded={(account) => account.status === "closed"}
      hrefOf={hrefOf}
      controls={
        <>
          <FilterPick
            label="Balance age"
            value={search.owing}
            options={OWING.map((one) => [one, OWING_TEXT[one]])}
            onChange={(value) => change({ owing: value as typeof search.owing })}
          />
          <FilterPick
            label="Flag"
            value={flag}
            options={[
              [FLAGGED, "Flagged"],
              ...(kinds.data ?? []).map(({ code, name }) => [code, name] as const),
            ]}
            onChange={(value) => change({ flag: value || undefined })}
          />
          <AccountFilters search={search} onChange={change} />
        </>
      }
      empty={
        <Empty title="No accounts yet">
          An account stands here from the day it is opened, with what it owes by age.
        </Empty>
      }
    />
  );
}
