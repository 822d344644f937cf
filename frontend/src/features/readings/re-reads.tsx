/** The re-read list as a sheet for the field: by walk, with room for what the register shows. */

import { Link } from "@tanstack/react-router";
import { Fragment, type ReactElement } from "react";
import { api, type Schema } from "@/api/client";
import { Button } from "@/components/button";
import { Empty } from "@/components/empty";
import { Day, Usage } from "@/components/figures";
import { PageHead } from "@/components/page";
import { Shown } from "@/components/shown";
import { Table } from "@/components/table";
import { withDays } from "@/lib/dates";
import { plural } from "@/lib/units";

type Review = Schema<"ReviewShown">;
const MOST = 500;

export function ReReads(): ReactElement {
  const query = api.useQuery("get", "/api/v1/read-reviews", {
    params: { query: { state: "reread", sort: "walk,sequence,read_on", limit: MOST } },
  });
  const total = query.data?.total ?? 0;
  return (
    <div className="page">
      <PageHead
        title="Re-read list"
        crumbs={<Link to="/edit-list">Edit list</Link>}
        subtitle={query.data ? `${plural(total, "register")} to read again` : " "}
      >
        <Button isDisabled={total === 0} onPress={() => window.print()}>
          Print
        </Button>
      </PageHead>
      <Shown query={query} lines={8}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title="Nothing is to be read again">
              On the edit list, r sends an exception for a re-read.
            </Empty>
          ) : (
            <>
              {total > items.length ? (
                <p className="muted">
                  The first {items.length} of {total}; the edit list exports all of them.
                </p>
              ) : null}
              <Sheet items={items} />
            </>
          )
        }
      </Shown>
    </div>
  );
}

function Sheet({ items }: { items: readonly Review[] }): ReactElement {
  const walks = [...new Set(items.map(({ walk }) => walk))];
  return (
    <Table className="sheet">
      <thead>
        <tr>
          <th className="num">Stop</th>
          <th>Address</th>
          <th>Meter</th>
          <th>Read on</th>
          <th className="num">Read</th>
          <th>Why</th>
          <th>Shows now</th>
          <th>Note</th>
        </tr>
      </thead>
      <tbody>
        {walks.map((walk) => (
          <Fragment key={walk ?? ""}>
            <tr>
              <th colSpan={8} scope="rowgroup">
                {walk ? `Walk ${walk}` : "On no walk"}
              </th>
            </tr>
            {items
              .filter((one) => one.walk === walk)
              .map((one) => (
                <tr key={one.id}>
                  <td className="num">{one.sequence ?? "–"}</td>
                  <td>{one.service_address ?? one.service_point_code ?? "–"}</td>
                  <td>{one.meter_serial ?? "–"}</td>
                  <td>
                    <Day on={one.read_on} />
                  </td>
                  <td className="num">
                    <Usage value={one.value} />
                  </td>
                  <td>{withDays(one.reason)}</td>
                  <td className="blank" />
                  <td className="blank" />
                </tr>
              ))}
          </Fragment>
        ))}
      </tbody>
    </Table>
  );
}
