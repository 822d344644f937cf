import { getRouteApi, Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { api } from "@/api/client";
import { PageHead } from "@/components/page";
import { Pill } from "@/components/pill";
import { Shown } from "@/components/shown";
import { words } from "@/lib/words";
import type { AccountPage } from "./kinds";
import { Overview } from "./overview";

const route = getRouteApi("/app/accounts/$accountId");

/** Everything about one account on one page. */
export function Account(): ReactElement {
  const { accountId } = route.useParams();
  const query = api.useQuery("get", "/api/v1/accounts/{account_id}", {
    params: { path: { account_id: accountId } },
  });
  return (
    <div className="page">
      <Shown query={query} lines={10}>
        {(page) => <AccountSheet page={page} />}
      </Shown>
    </div>
  );
}

function AccountSheet({ page }: { page: AccountPage }): ReactElement {
  const { account, customer } = page;
  const served =
    page.agreements.find((agreement) => agreement.to_on === null) ?? page.agreements[0];
  return (
    <>
      <PageHead
        title={customer.name}
        crumbs={
          <>
            <Link to="/accounts">Accounts</Link> · {account.number}
          </>
        }
        state={<Pill state={account.status} />}
        subtitle={[
          words(account.account_class),
          [served?.situs_line, served?.situs_city].filter(Boolean).join(", "),
        ]
          .filter(Boolean)
          .join(" · ")}
      />
      <Overview page={page} />
    </>
  );
}
