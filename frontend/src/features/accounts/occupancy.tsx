/** Who took service at the account's service points before and after: one strip for each point. */

import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { useZone } from "@/components/figures";
import { formatDay, formatPeriod, todayIn } from "@/lib/dates";
import { cx } from "@/lib/words";
import type { AccountPage } from "./kinds";
import { type Stay, spanOf, staysOf } from "./stays";

export function OccupancyStrips({ page }: { page: AccountPage }): ReactElement {
  return (
    <>
      {page.service_points.map(({ service_point: point }) => (
        <Strip
          key={point.id}
          code={point.code}
          stays={staysOf(page.occupancy, point.id)}
          accountId={page.account.id}
        />
      ))}
    </>
  );
}

interface StripProps {
  code: string;
  stays: Stay[];
  accountId: string;
}

function Strip({ code, stays, accountId }: StripProps): ReactElement | null {
  const today = todayIn(useZone());
  const first = stays[0]?.from_on;
  if (first === undefined) return null;
  return (
    <div className="occupancy">
      <div className="row small muted">
        <span className="grow">{code}</span>
        <span>since {formatDay(first)}</span>
      </div>
      <div className="strip" aria-hidden="true">
        {stays.map((stay) => {
          const { left, width } = spanOf(stay, first, today);
          return (
            <i
              key={`${stay.account_id} ${stay.from_on}`}
              className={cx(stay.account_id === accountId && "own")}
              style={{ left: `${left}%`, width: `${width}%` }}
            />
          );
        })}
      </div>
      <ol className="stays">
        {[...stays].reverse().map((stay) => (
          <li key={`${stay.account_id} ${stay.from_on}`}>
            {stay.account_id === accountId ? (
              <strong>{stay.customer_name}</strong>
            ) : (
              <Link to="/accounts/$accountId" params={{ accountId: stay.account_id }}>
                {stay.customer_name}
              </Link>
            )}
            <span className="muted nowrap">{formatPeriod(stay.from_on, stay.to_on)}</span>
          </li>
        ))}
      </ol>
    </div>
  );
}
