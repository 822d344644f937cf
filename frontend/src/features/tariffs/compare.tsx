/** Two versions side by side: every number with its difference in dollars and percent. */

import { useNavigate } from "@tanstack/react-router";
import { type ReactElement, useState } from "react";
import { api, type Schema } from "@/api/client";
import { Choice } from "@/components/button";
import { Empty } from "@/components/empty";
import { Pick } from "@/components/form";
import { Pill } from "@/components/pill";
import { Shown } from "@/components/shown";
import { Table } from "@/components/table";
import { formatDay } from "@/lib/dates";

interface CompareProps {
  version: Schema<"VersionOut">;
  versions: readonly Schema<"VersionRow">[];
  otherId: string | undefined;
}

export function Compare({ version, versions, otherId }: CompareProps): ReactElement {
  const navigate = useNavigate();
  const others = versions.filter(({ id }) => id !== version.id);
  // The list is newest first: the one before this version is the next that took effect earlier.
  const before = others.find(({ effective_on }) => effective_on < version.effective_on);
  const other = others.find(({ id }) => id === otherId) ?? before ?? others[0];
  if (!other) {
    return (
      <Empty title="Nothing to compare with">
        This tariff has one version. Start a draft from it, and its changes are listed here.
      </Empty>
    );
  }
  return (
    <>
      <div className="row compare-head">
        <Pick
          label="Compare with"
          value={other.id}
          options={others.map((one) => [
            one.id,
            `${formatDay(one.effective_on)} · ${one.resolution} (${one.state})`,
          ])}
          onChange={(id) =>
            void navigate({ to: ".", search: (s: object) => ({ ...s, other: id }), replace: true })
          }
        />
      </div>
      <Changes version={version} otherId={other.id} />
    </>
  );
}

function Changes({ version, otherId }: { version: Schema<"VersionOut">; otherId: string }) {
  const [shown, setShown] = useState<"changed" | "all">("changed");
  const query = api.useQuery("get", "/api/v1/tariff-versions/{version_id}/changes", {
    params: { path: { version_id: version.id }, query: { other_id: otherId } },
  });
  return (
    <Shown query={query} lines={8}>
      {({ before, after, items }) => {
        const changed = items.filter(({ kind }) => kind !== "same");
        const listed = shown === "all" ? items : changed;
        return (
          <section aria-label="Changes" className="changes">
            <div className="row">
              <p className="grow" role="status">
                {changed.length} of {items.length} lines of the schedule differ.
              </p>
              <Choice
                label="Show"
                value={shown}
                options={[
                  ["changed", "Changes"],
                  ["all", "Everything"],
                ]}
                onChange={setShown}
              />
            </div>
            {listed.length === 0 ? (
              <Empty title="No difference">Both versions say the same.</Empty>
            ) : (
              <ChangesTable items={listed} before={before} after={after} />
            )}
          </section>
        );
      }}
    </Shown>
  );
}

type Change = Schema<"ChangeOut">;

interface ChangesTableProps {
  items: readonly Change[];
  before: Schema<"VersionRow">;
  after: Schema<"VersionRow">;
}

function ChangesTable({ items, before, after }: ChangesTableProps): ReactElement {
  return (
    <Table>
      <thead>
        <tr>
          <th>Charge</th>
          <th>Place</th>
          <th>Unit</th>
          <th className="num">{formatDay(before.effective_on)}</th>
          <th className="num">{formatDay(after.effective_on)}</th>
          <th className="num">Difference</th>
          <th className="num">%</th>
          <th>Change</th>
        </tr>
      </thead>
      <tbody>
        {items.map((item, index) => (
          <tr key={`${item.component} ${item.place}`}>
            <td>{items[index - 1]?.component === item.component ? "" : item.title_en}</td>
            <td>{item.place}</td>
            <td className="muted">{item.unit}</td>
            <td className="num">{said(item.before, item.unit)}</td>
            <td className="num">{said(item.after, item.unit)}</td>
            <td className="num">{signed(item.difference, item.unit)}</td>
            <td className="num">{item.percent === null ? "" : signed(item.percent, "%")}</td>
            <td>
              <Pill state={item.kind} tone={item.kind === "same" ? "plain" : "accent"} />
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

/** Dollars have their cents, finer prices keep their digits. */
function said(text: string | null, unit: string): string {
  if (text === null) return "–";
  if (unit !== "$" || !/^-?\d+(\.\d+)?$/.test(text)) return text;
  const [whole = "", rest = ""] = text.split(".");
  return `${whole}.${rest.padEnd(2, "0")}`;
}

function signed(text: string | null, unit: string): string {
  if (text === null) return "";
  const shown = said(text, unit);
  return text.startsWith("-") || Number(text) === 0 ? shown.replace("-", "−") : `+${shown}`;
}
