/** What approving each kind of request would do, from the room that would do it. */

import type { ReactElement } from "react";
import { api } from "@/api/client";
import { Effect } from "@/components/dialog";
import { Day, Money, Usage } from "@/components/figures";
import { Shown } from "@/components/shown";
import { Spark } from "@/components/spark";
import { formatDay } from "@/lib/dates";
import { formatCount } from "@/lib/units";
import { words } from "@/lib/words";

export function AdjustmentEffect({ id }: { id: string }): ReactElement {
  const query = api.useQuery("get", "/api/v1/adjustments/{adjustment_id}/effect", {
    params: { path: { adjustment_id: id } },
  });
  return (
    <Shown query={query}>
      {(effect) => (
        <>
          <Effect
            lines={[
              { label: "Balance now", value: <Money cents={effect.balance_before_cents} flush /> },
              ...effect.effects.map((item) => ({
                label: `${words(item.charge_group ?? "charge")}, due ${formatDay(item.due_on)}`,
                value: <Money cents={item.left_cents - item.open_cents} flush />,
              })),
              {
                label: "Balance after",
                value: <Money cents={effect.balance_after_cents} flush />,
                total: true,
              },
            ]}
          />
          <p className="help">
            Books: debit {effect.debit}, credit {effect.credit}. The limit for one person is{" "}
            <Money cents={effect.limit_cents} flush />.
          </p>
        </>
      )}
    </Shown>
  );
}

export function RunEffect({ id }: { id: string }): ReactElement {
  const params = { path: { run_id: id } };
  const query = api.useQuery("get", "/api/v1/bill-runs/{run_id}", { params });
  const proof = api.useQuery("get", "/api/v1/bill-runs/{run_id}/completeness", { params });
  const before = api.useQuery("get", "/api/v1/bill-runs/{run_id}/comparison", { params });
  return (
    <Shown query={query}>
      {(run) => (
        <Effect
          lines={[
            { label: "Bills", value: formatCount(run.billed) },
            { label: "Excused accounts", value: count(proof.data?.excused) },
            { label: "Accounts not accounted for", value: count(proof.data?.unaccounted) },
            { label: "Bills of", value: <Day on={run.bill_on} /> },
            ...(before.data?.run_name
              ? [
                  {
                    label: before.data.run_name,
                    value: <Money cents={sum(before.data.by_class)} flush />,
                  },
                ]
              : []),
            {
              label: "Accounts receivable would grow by",
              value: <Money cents={run.current_cents} flush />,
              total: true,
            },
          ]}
        />
      )}
    </Shown>
  );
}

function count(value: number | undefined): string {
  return value === undefined ? "–" : formatCount(value);
}

function sum(totals: readonly { other_cents: number }[]): number {
  return totals.reduce((cents, total) => cents + total.other_cents, 0);
}

export function ReadEffect({ id }: { id: string }): ReactElement {
  const query = api.useQuery("get", "/api/v1/read-reviews/{review_id}/evidence", {
    params: { path: { review_id: id } },
  });
  return (
    <Shown query={query}>
      {(found) => {
        const last = found.periods.at(-1);
        return (
          <>
            <Spark
              values={found.periods.map(({ used }) => Number(used))}
              label="Use of the last thirteen periods"
            />
            <Effect
              lines={[
                {
                  label: "Same season, a day",
                  value: <Usage value={found.same_season_daily} unit={found.unit} />,
                },
                {
                  label: "Neighbors, a day",
                  value: <Usage value={found.neighbors_median_daily} unit={found.unit} />,
                },
                {
                  label: "Would be billed",
                  value: <Usage value={last?.used} unit={found.unit} />,
                  total: true,
                },
              ]}
            />
          </>
        );
      }}
    </Shown>
  );
}

export function TariffEffect({ id }: { id: string }): ReactElement {
  const query = api.useQuery("get", "/api/v1/tariff-versions/{version_id}", {
    params: { path: { version_id: id } },
  });
  return (
    <Shown query={query}>
      {(version) => (
        <Effect
          lines={[
            { label: "Rate", value: version.code },
            { label: "Resolution", value: version.resolution },
            { label: "Drafted by", value: version.drafted_by_name },
            { label: "Prices bills from", value: <Day on={version.effective_on} />, total: true },
          ]}
        />
      )}
    </Shown>
  );
}

export function PolicyEffect({ id, policy }: { id: string; policy: string }): ReactElement {
  const query = api.useQuery("get", "/api/v1/policies/{key}", {
    params: { path: { key: policy } },
  });
  return (
    <Shown query={query}>
      {(found) => {
        const asked = found.history.find((value) => value.id === id);
        return (
          <>
            <p>{found.title}</p>
            <Effect
              lines={[
                { label: "In force", value: shown(found.value) },
                { label: "Decided by", value: asked?.decided_by ?? "–" },
                { label: "Applies from", value: <Day on={asked?.from_on} /> },
                { label: "Would become", value: shown(asked?.value), total: true },
              ]}
            />
          </>
        );
      }}
    </Shown>
  );
}

function shown(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value ?? null);
}
