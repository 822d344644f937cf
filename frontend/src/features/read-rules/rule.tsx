import { getRouteApi, Link } from "@tanstack/react-router";
import { type ReactElement, useState } from "react";
import { api, type Schema } from "@/api/client";
import { useMay } from "@/api/session";
import { Button } from "@/components/button";
import { Empty } from "@/components/empty";
import { Day, Fact, Facts, Moment, useZone } from "@/components/figures";
import { PageHead, Section } from "@/components/page";
import { Pill } from "@/components/pill";
import { Shown } from "@/components/shown";
import { todayIn } from "@/lib/dates";
import { words } from "@/lib/words";
import { Change } from "./change";
import { classesOf, className, SEASONS, type Threshold, withUnit } from "./kinds";
import { Value } from "./rules";

const route = getRouteApi("/app/read-rules/$name");

/** One threshold: what it decides, its values in force, and every value that was ever set. */
export function ReadRule(): ReactElement {
  const { name } = route.useParams();
  const query = api.useQuery("get", "/api/v1/read-rules/{name}", { params: { path: { name } } });
  const maySet = useMay("readings:approve");
  const [isChanging, setChanging] = useState(false);
  return (
    <div className="page">
      <Shown query={query} lines={12}>
        {({ threshold, history }) => (
          <>
            <PageHead
              title={threshold.title}
              crumbs={
                <>
                  <Link to="/read-rules">Read rules</Link> ·{" "}
                  <span className="mono">{threshold.name}</span>
                </>
              }
              subtitle={threshold.says}
            >
              {maySet ? (
                <Button variant="primary" onPress={() => setChanging(true)}>
                  Set a value
                </Button>
              ) : null}
            </PageHead>
            <Facts>
              <Fact label="Default">{withUnit(threshold.default, threshold)}</Fact>
              <Fact label="Rules that go by it">{threshold.rules.map(words).join(", ")}</Fact>
              <Fact label="May differ by class and season">
                {threshold.by_class ? "Yes" : "No"}
              </Fact>
            </Facts>
            <InForce threshold={threshold} />
            <History threshold={threshold} history={history} />
            {isChanging ? (
              <Change threshold={threshold} onClose={() => setChanging(false)} />
            ) : null}
          </>
        )}
      </Shown>
    </div>
  );
}

function InForce({ threshold }: { threshold: Threshold }): ReactElement {
  const classes = threshold.by_class ? classesOf(threshold) : [null];
  return (
    <Section title="In force today">
      <div className="table-scroll">
        <table className="table thresholds">
          <thead>
            <tr>
              <th>Class</th>
              {SEASONS.map(([season, text]) => (
                <th key={season} className="num">
                  {text}, {threshold.unit}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {classes.map((one) => (
              <tr key={one ?? ""}>
                <td>{threshold.by_class ? className(one) : "Every class"}</td>
                {threshold.values
                  .filter((value) => value.account_class === one)
                  .map((value) => (
                    <td key={value.season} className="num">
                      <Value value={value.value} isSet={value.is_set} />
                    </td>
                  ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  );
}

interface HistoryProps {
  threshold: Threshold;
  history: readonly Schema<"ThresholdChange">[];
}

function History({ threshold, history }: HistoryProps): ReactElement {
  const today = todayIn(useZone());
  return (
    <Section title="Values set">
      {history.length === 0 ? (
        <Empty title="Nobody has set it yet">The default applies until somebody does.</Empty>
      ) : (
        <div className="table-scroll">
          <table className="table">
            <thead>
              <tr>
                <th>From</th>
                <th className="num">Value, {threshold.unit}</th>
                <th>Class</th>
                <th>Season</th>
                <th>Set by</th>
                <th>When</th>
                <th>Why</th>
              </tr>
            </thead>
            <tbody>
              {history.map((one) => (
                <tr key={one.id}>
                  <td>
                    <Day on={one.from_on} />{" "}
                    {one.from_on > today ? <Pill state="pending" label="Begins later" /> : null}
                  </td>
                  <td className="num">
                    <Value value={one.value} isSet={false} />
                  </td>
                  <td>{one.account_class ? words(one.account_class) : "Every class"}</td>
                  <td>{one.season ? words(one.season) : "All year"}</td>
                  <td>{one.decided_by_name ?? "–"}</td>
                  <td>
                    <Moment at={one.decided_at} />
                  </td>
                  <td>{one.reason}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Section>
  );
}
