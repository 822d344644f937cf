import { getRouteApi, Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { api, type Schema } from "@/api/client";
import { Day, useZone } from "@/components/figures";
import { PageHead } from "@/components/page";
import { Pill } from "@/components/pill";
import { Shown, ShownPage } from "@/components/shown";
import { LinkTabs } from "@/components/tabs";
import { formatDay, todayIn } from "@/lib/dates";
import { AccountBench } from "./account-bench";
import { Bench } from "./bench";
import { Compare } from "./compare";
import { Rerate } from "./rerate";
import { Schedule } from "./schedule";
import { VersionActs } from "./version-acts";

const route = getRouteApi("/app/tariffs/$tariffId");

/** A tariff read like the resolution it came from, version by version. */
export function Tariff(): ReactElement {
  const { tariffId } = route.useParams();
  const { version } = route.useSearch();
  const today = todayIn(useZone());
  const versions = api.useQuery("get", "/api/v1/tariff-versions", {
    params: { query: { tariff_id: tariffId, sort: "-effective_on", limit: 200 } },
  });
  return (
    <div className="page">
      <ShownPage query={versions}>
        {({ items }) => {
          const shown = items.find(({ id }) => id === version) ?? inForce(items, today) ?? items[0];
          return shown ? (
            <VersionPage versionId={shown.id} versions={items} />
          ) : (
            <PageHead title="No version" />
          );
        }}
      </ShownPage>
    </div>
  );
}

/** The approved version whose day has come last; versions are newest first. */
function inForce(versions: Schema<"VersionRow">[], today: string) {
  return versions.find(({ state, effective_on }) => state === "approved" && effective_on <= today);
}

interface VersionPageProps {
  versionId: string;
  versions: Schema<"VersionRow">[];
}

const TABS = [
  { id: "schedule", text: "Schedule" },
  { id: "changes", text: "Changes" },
  { id: "test", text: "Test" },
] as const;

function VersionPage({ versionId, versions }: VersionPageProps): ReactElement {
  const { tab, other, job } = route.useSearch();
  const query = api.useQuery("get", "/api/v1/tariff-versions/{version_id}", {
    params: { path: { version_id: versionId } },
  });
  return (
    <Shown query={query} lines={8}>
      {(version) => (
        <>
          <PageHead
            title={version.name_en}
            crumbs={
              <>
                <Link to="/tariffs">Tariffs</Link> · {version.code}
              </>
            }
            state={<Pill state={version.superseded ? "superseded" : version.state} />}
            subtitle={`Effective ${formatDay(version.effective_on)}${version.until ? `, until ${formatDay(version.until)}` : ""} · ${version.resolution}`}
          >
            <VersionActs version={version} />
          </PageHead>
          <LinkTabs label="Tariff" current={tab ?? "schedule"} tabs={TABS} param="tab" />
          <div className="tariff-tab">
            {tab === "changes" ? (
              <Compare version={version} versions={versions} otherId={other} />
            ) : tab === "test" ? (
              <div className="columns">
                <Rerate version={version} jobId={job} />
                <aside>
                  <Bench version={version} />
                  <AccountBench version={version} />
                </aside>
              </div>
            ) : (
              <div className="columns">
                <Schedule version={version} />
                <aside className="no-print">
                  <Versions versions={versions} current={versionId} />
                </aside>
              </div>
            )}
          </div>
        </>
      )}
    </Shown>
  );
}

interface VersionsProps {
  versions: Schema<"VersionRow">[];
  current: string;
}

function Versions({ versions, current }: VersionsProps): ReactElement {
  return (
    <section className="section" aria-label="Versions">
      <div className="section-head">
        <h2>Versions</h2>
      </div>
      <ul className="versions">
        {versions.map((version) => (
          <li key={version.id}>
            <Link
              to="."
              search={(before) => ({ tab: before.tab, version: version.id })}
              aria-current={version.id === current ? "true" : undefined}
            >
              <Day on={version.effective_on} />
              <span className="muted grow truncate">{version.resolution}</span>
              <Pill state={version.superseded ? "superseded" : version.state} />
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
