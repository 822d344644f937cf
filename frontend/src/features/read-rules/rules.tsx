import { getRouteApi, Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { api } from "@/api/client";
import { useZone } from "@/components/figures";
import { PageHead } from "@/components/page";
import { Shown } from "@/components/shown";
import { LinkTabs } from "@/components/tabs";
import { todayIn } from "@/lib/dates";
import { formatQuantity } from "@/lib/units";
import { cx, words } from "@/lib/words";
import { classesOf, className, SEASONS, type Season, seasonOf, type Threshold } from "./kinds";

const route = getRouteApi("/app/read-rules");

/** Every threshold of the rules by class, in one season; what the district set stands out. */
export function ReadRules(): ReactElement {
  const zone = useZone();
  const season = route.useSearch().season ?? seasonOf(todayIn(zone));
  const query = api.useQuery("get", "/api/v1/read-rules");
  return (
    <div className="page">
      <PageHead
        title="Read rules"
        subtitle="From which use on a read is put on the edit list. What the district set stands bold; the rest is the default."
      />
      <LinkTabs
        label="Season"
        current={season}
        param="season"
        tabs={SEASONS.map(([id, text]) => ({ id, text }))}
      />
      <Shown query={query} lines={12}>
        {(thresholds) => <Table thresholds={thresholds} season={season} />}
      </Shown>
    </div>
  );
}

interface TableProps {
  thresholds: readonly Threshold[];
  season: Season;
}

function Table({ thresholds, season }: TableProps): ReactElement {
  const classes = thresholds[0] ? classesOf(thresholds[0]) : [];
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by key
    <section className="table-scroll" tabIndex={0} aria-label="Thresholds by class">
      <table className="table thresholds">
        <thead>
          <tr>
            <th>Threshold</th>
            <th>Unit</th>
            <th className="num">Default</th>
            {classes.map((one) => (
              <th key={one ?? ""} className="num">
                {className(one)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {thresholds.map((threshold) => (
            <tr key={threshold.name}>
              <td>
                <Link to="/read-rules/$name" params={{ name: threshold.name }}>
                  {threshold.title}
                </Link>
                <div className="muted small">{threshold.rules.map(words).join(", ")}</div>
              </td>
              <td>{threshold.unit}</td>
              <td className="num muted">{formatQuantity(threshold.default)}</td>
              <Values threshold={threshold} season={season} span={classes.length} />
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface ValuesProps {
  threshold: Threshold;
  season: Season;
  span: number;
}

function Values({ threshold, season, span }: ValuesProps): ReactElement {
  const values = threshold.values.filter((one) => one.season === season);
  const [first] = values;
  if (!threshold.by_class && first) {
    return (
      <td className="num" colSpan={span}>
        <Value value={first.value} isSet={first.is_set} />{" "}
        <span className="muted small">for every class</span>
      </td>
    );
  }
  return (
    <>
      {values.map((one) => (
        <td key={one.account_class ?? ""} className="num">
          <Value value={one.value} isSet={one.is_set} />
        </td>
      ))}
    </>
  );
}

/** A number in force: bold where the district set it, with the word for those who cannot see it. */
export function Value({ value, isSet }: { value: string; isSet: boolean }): ReactElement {
  return (
    <span className={cx("tabular", isSet ? "set" : "muted")}>
      {formatQuantity(value)}
      {isSet ? <span className="sr-only"> (set)</span> : null}
    </span>
  );
}
