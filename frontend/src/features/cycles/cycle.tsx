import { getRouteApi, Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { api } from "@/api/client";
import type { RowOf } from "@/api/lists";
import { columnsOf, DataGrid } from "@/components/data-grid";
import { Empty } from "@/components/empty";
import { PageHead } from "@/components/page";
import { ShownPage } from "@/components/shown";
import { LinkTabs } from "@/components/tabs";
import { formatDay } from "@/lib/dates";
import { plural } from "@/lib/units";
import { words } from "@/lib/words";
import { Calendar } from "./calendar";

type Member = RowOf<"/api/v1/cycles/{cycle_id}/accounts">;
const route = getRouteApi("/app/cycles/$cycleId");
const hrefOf = (member: Member) => `/accounts/${member.id}`;
const col = columnsOf<Member>();
const COLUMNS = [
  col.link("number", "Account", hrefOf, { width: 140 }),
  col.text("customer_name", "Customer", { width: 200, grows: true }),
  col.text("service_address", "Service address", { width: 220, grows: true }),
  col.word("account_class", "Class", { width: 130 }),
  col.day("from_on", "In it from"),
  col.day("to_on", "Leaves on"),
];

/** One cycle: its calendar of the year and the accounts that bill with it. */
export function Cycle(): ReactElement {
  const { cycleId } = route.useParams();
  const { tab = "calendar" } = route.useSearch();
  const query = api.useQuery("get", "/api/v1/cycles/{cycle_id}", {
    params: { path: { cycle_id: cycleId } },
  });
  return (
    <div className="page full">
      <ShownPage query={query}>
        {(cycle) => (
          <>
            <PageHead
              title={`Cycle ${cycle.code}: ${cycle.name}`}
              crumbs={<Link to="/cycles">Cycles</Link>}
              subtitle={[
                words(cycle.frequency),
                plural(cycle.accounts, "account"),
                cycle.calendar_to
                  ? `calendar until ${formatDay(cycle.calendar_to)}`
                  : "no calendar yet",
              ].join(" · ")}
            />
            <LinkTabs
              label="Parts of the cycle"
              current={tab}
              param="tab"
              isFresh
              tabs={[
                { id: "calendar", text: "Calendar" },
                { id: "accounts", text: "Accounts", count: cycle.accounts },
              ]}
            />
            {tab === "accounts" ? <Members cycleId={cycleId} /> : <Calendar cycle={cycle} />}
          </>
        )}
      </ShownPage>
    </div>
  );
}

function Members({ cycleId }: { cycleId: string }): ReactElement {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <div className="tab-body">
      <DataGrid
        name="cycle-accounts"
        label="Accounts of the cycle"
        noun={["account", "accounts"]}
        path="/api/v1/cycles/{cycle_id}/accounts"
        pathParams={{ cycle_id: cycleId }}
        columns={COLUMNS}
        q={search.q}
        sort={search.sort}
        onSearch={(patch) =>
          void navigate({ search: (before) => ({ ...before, ...patch }), replace: true })
        }
        hrefOf={hrefOf}
        empty={<Empty title="No account bills with this cycle" />}
      />
    </div>
  );
}
