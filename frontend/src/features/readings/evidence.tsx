import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { api, type Schema } from "@/api/client";
import { useMay } from "@/api/session";
import { Button } from "@/components/button";
import { Fact, Facts, Usage } from "@/components/figures";
import { Shown } from "@/components/shown";
import { Spark } from "@/components/spark";
import { Table } from "@/components/table";
import { formatDay, withDays } from "@/lib/dates";
import { formatQuantity } from "@/lib/units";
import type { Review } from "./columns";

/** Where it is, by the best name that it has; a line of a stranger's meter has none. */
function headed(review: Review): string {
  const place = review.service_address ?? review.service_point_code ?? review.meter_serial;
  return place ?? "No meter of ours";
}

/** What one looks at before deciding: thirteen periods, the season before, the neighbours. */
export function Evidence({
  review,
  onMatch,
}: {
  review: Review | null;
  /** Null when this person may not decide. */
  onMatch: ((review: Review) => void) | null;
}): ReactElement {
  const query = api.useQuery(
    "get",
    "/api/v1/read-reviews/{review_id}/evidence",
    { params: { path: { review_id: review?.id ?? "" } } },
    { enabled: review !== null, staleTime: 60_000 },
  );
  return (
    <aside className="evidence" aria-label="Evidence">
      {review === null ? (
        <p className="muted">Choose an exception to see its evidence.</p>
      ) : (
        <>
          <h2>{headed(review)}</h2>
          <p className="muted small">{withDays(review.reason)}</p>
          <Shown query={query}>{(found) => <Found found={found} />}</Shown>
          <Facts>
            {review.account_id ? (
              <Fact label="Account">
                <Link to="/accounts/$accountId" params={{ accountId: review.account_id }}>
                  {review.account_number}
                </Link>
              </Fact>
            ) : null}
            {review.service_point_id ? (
              <Fact label="Service point">
                <Link
                  to="/service-points/$servicePointId"
                  params={{ servicePointId: review.service_point_id }}
                >
                  {review.service_point_code}
                </Link>
              </Fact>
            ) : null}
          </Facts>
          {review.raw ? <code className="raw-line">{review.raw}</code> : null}
          {review.rule === "unknown_meter" && review.value !== null && onMatch ? (
            <Button onPress={() => onMatch(review)}>Match to a meter</Button>
          ) : null}
        </>
      )}
    </aside>
  );
}

function Found({ found }: { found: Schema<"ReviewEvidence"> }): ReactElement {
  const maySee = useMay("files:read");
  const daily = found.periods.map(({ used, days }) => Number(used) / Math.max(1, days));
  const label = found.periods
    .map((period) => `${formatDay(period.read_on)} ${formatQuantity(period.used)}`)
    .join(", ");
  return (
    <>
      {found.periods.length > 0 ? (
        <>
          <Spark values={daily} label={`Use by period, oldest first: ${label}`} />
          <Table>
            <thead>
              <tr>
                <th>Read on</th>
                <th className="num">Days</th>
                <th className="num">Used{found.unit ? ` (${found.unit})` : ""}</th>
              </tr>
            </thead>
            <tbody>
              {[...found.periods].reverse().map((period) => (
                <tr key={period.read_on}>
                  <td>
                    {formatDay(period.read_on)}
                    {period.estimated ? <span className="muted"> est.</span> : null}
                  </td>
                  <td className="num">{period.days}</td>
                  <td className="num">{formatQuantity(period.used)}</td>
                </tr>
              ))}
            </tbody>
          </Table>
        </>
      ) : (
        <p className="muted">No earlier read.</p>
      )}
      {found.note ? <p className="notes small">{found.note}</p> : null}
      {found.photo_id && maySee ? (
        <a className="photo" href={`/api/v1/files/${found.photo_id}`} download>
          <img src={`/api/v1/files/${found.photo_id}`} alt="The register, as the reader saw it" />
        </a>
      ) : null}
      <Facts>
        <Fact label="Counts a day, same season">
          <Usage value={found.same_season_daily} />
        </Fact>
        <Fact label="Counts a day, recent">
          <Usage value={found.recent_daily} />
        </Fact>
        <Fact label="Counts a day, neighbors of its class">
          <Usage value={found.neighbors_median_daily} />
        </Fact>
        {found.rollover_used === null ? null : (
          <Fact label="As a rollover">
            <Usage value={found.rollover_used} unit={found.unit} />
          </Fact>
        )}
      </Facts>
    </>
  );
}
