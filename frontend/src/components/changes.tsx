/** Who changed what of one thing, field by field, newest first. */

import type { ReactElement } from "react";
import type { Schema } from "@/api/client";
import { said } from "@/lib/said";
import { words } from "@/lib/words";
import { Moment } from "./figures";
import { Section } from "./page";
import { type Asked, Shown } from "./shown";
import { Table } from "./table";

type Act = Schema<"AuditRow">;

/** The newest changes of one thing; its page asks the API for them. */
export function Changes({ query }: { query: Asked<Schema<"Page_AuditRow_">> }): ReactElement {
  return (
    <Section title="Changes">
      <Shown query={query} lines={2}>
        {({ items, total }) => (
          <>
            <Table>
              <thead>
                <tr>
                  <th>When</th>
                  <th>Who</th>
                  <th>What</th>
                  <th>Before</th>
                  <th>After</th>
                </tr>
              </thead>
              <tbody>
                {items.length === 0 ? (
                  <tr>
                    <td className="muted" colSpan={5}>
                      Unchanged since it was taken over
                    </td>
                  </tr>
                ) : null}
                {items.map((act) => (
                  <ActRows key={act.seq} act={act} />
                ))}
              </tbody>
            </Table>
            {total > items.length ? (
              <p className="muted small">
                The {items.length} newest of {total} are shown.
              </p>
            ) : null}
          </>
        )}
      </Shown>
    </Section>
  );
}

function ActRows({ act }: { act: Act }): ReactElement {
  const fields = changedFields(act);
  return (
    <>
      <tr>
        <td>
          <Moment at={act.at} />
        </td>
        <td>{act.actor_name}</td>
        <td colSpan={3}>
          {words(act.action.split(".").at(-1) ?? act.action)}
          {act.reason ? <span className="muted"> · {act.reason}</span> : null}
        </td>
      </tr>
      {fields.map((name) => (
        <tr key={name}>
          <td colSpan={2} />
          <td className="muted">{words(name)}</td>
          <td className="muted">{said(act.before?.[name])}</td>
          <td>{said(act.after?.[name])}</td>
        </tr>
      ))}
    </>
  );
}

/** The fields that a person would look for; what was recorded anew has no before to compare with. */
function changedFields({ before, after }: Pick<Act, "before" | "after">): string[] {
  if (before === null) return [];
  const names = new Set([...Object.keys(before), ...Object.keys(after ?? {})]);
  return [...names].filter((name) => !name.endsWith("_id"));
}
