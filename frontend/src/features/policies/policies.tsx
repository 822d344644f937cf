import { getRouteApi, Link } from "@tanstack/react-router";
import { Fragment, type ReactElement } from "react";
import { Input, Label, TextField } from "react-aria-components";
import { api } from "@/api/client";
import { Banner } from "@/components/banner";
import { Empty } from "@/components/empty";
import { Day } from "@/components/figures";
import { PageHead } from "@/components/page";
import { Pill } from "@/components/pill";
import { Shown } from "@/components/shown";
import { Table } from "@/components/table";
import { LinkTabs } from "@/components/tabs";
import { formatValue, GROUP_NAMES, type Policy, pathOf } from "./values";

const route = getRouteApi("/app/policies");

/** What the district decided, and what runs until it does. */
export function Policies(): ReactElement {
  const { q = "", show } = route.useSearch();
  const navigate = route.useNavigate();
  const query = api.useQuery("get", "/api/v1/policies");
  return (
    <div className="page">
      <Shown query={query} lines={12}>
        {({ items, regime, regime_note }) => {
          const waiting = items.filter((policy) => policy.waiting > 0);
          const shown = (show === "waiting" ? waiting : items).filter((policy) => holds(policy, q));
          return (
            <>
              <PageHead title="Policies" subtitle={`Law of the district: ${regime}`} />
              {regime_note ? <Banner tone="info" title={regime_note} /> : null}
              <LinkTabs
                label="Policies shown"
                current={show ?? ""}
                param="show"
                tabs={[
                  { id: "", text: "All", count: items.length },
                  { id: "waiting", text: "Wait for a second person", count: waiting.length },
                ]}
              />
              <TextField
                className="field find"
                value={q}
                onChange={(words) =>
                  void navigate({
                    search: (before) => ({ ...before, q: words || undefined }),
                    replace: true,
                  })
                }
              >
                <Label>Find a policy</Label>
                <Input className="input" placeholder="Name, key or law" />
              </TextField>
              {shown.length > 0 ? (
                <PolicyTable policies={shown} />
              ) : (
                <Empty title={q ? "No policy holds these words" : "Nothing waits"}>
                  {q ? "Search by name, key or section of law." : "Every decision has its answer."}
                </Empty>
              )}
            </>
          );
        }}
      </Shown>
    </div>
  );
}

function holds(policy: Policy, words: string): boolean {
  const said = [policy.title, policy.key, policy.law, policy.source].join(" ").toLowerCase();
  return said.includes(words.trim().toLowerCase());
}

function PolicyTable({ policies }: { policies: readonly Policy[] }): ReactElement {
  const groups = [...new Set(policies.map(({ group }) => group))];
  return (
    <Table>
      <thead>
        <tr>
          <th>Policy</th>
          <th>Value today</th>
          <th>Since</th>
          <th>Law or source</th>
          <th>Law allows</th>
          <th>Set by</th>
        </tr>
      </thead>
      <tbody>
        {groups.map((group) => (
          <Fragment key={group}>
            <tr>
              <th colSpan={6} scope="rowgroup">
                {GROUP_NAMES[group] ?? group}
              </th>
            </tr>
            {policies
              .filter((policy) => policy.group === group)
              .map((policy) => (
                <Row key={policy.key} policy={policy} />
              ))}
          </Fragment>
        ))}
      </tbody>
    </Table>
  );
}

function Row({ policy }: { policy: Policy }): ReactElement {
  return (
    <tr>
      <td>
        <Link to="/policies/$group/$name" params={pathOf(policy)}>
          {policy.title}
        </Link>
        <div className="muted small mono">{policy.key}</div>
      </td>
      <td>
        {formatValue(policy, policy.value)}
        {policy.is_default ? <span className="muted small"> (default)</span> : null}
      </td>
      <td>
        <Day on={policy.from_on} />
      </td>
      <td className="small">{policy.law || policy.source || "–"}</td>
      <td className="small">{allowed(policy) || "–"}</td>
      <td>
        {policy.waiting > 0 ? (
          <Pill state="pending" label="Waits for a second person" />
        ) : (
          <span className="muted small">{policy.needs_second ? "Two persons" : "One person"}</span>
        )}
        {policy.warning ? <Pill state="overdue" label="Outside the law" /> : null}
      </td>
    </tr>
  );
}

/** The law's bounds in words; nothing where it has none. */
export function allowed(policy: Pick<Policy, "floor" | "ceiling" | "kind" | "unit">): string {
  const { floor, ceiling } = policy;
  return [
    floor === null ? "" : `at least ${formatValue(policy, floor)}`,
    ceiling === null ? "" : `at most ${formatValue(policy, ceiling)}`,
  ]
    .filter(Boolean)
    .join(", ");
}
