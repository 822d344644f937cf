import type { ReactElement } from "react";
import type { Schema } from "@/api/client";
import { Table } from "@/components/table";
import { cx, words } from "@/lib/words";

/** The schedule as its resolution prints it: one small table for each charge. */
export function Schedule({ version }: { version: Schema<"VersionOut"> }): ReactElement {
  return (
    <article className="schedule">
      {version.sections.map((section) => (
        <section key={section.key} aria-label={section.title_en}>
          <h2>{section.title_en}</h2>
          {section.condition ? <p className="muted">{section.condition}</p> : null}
          <ScheduleTable columns={section.columns} rows={section.rows} />
          {section.notes.map((note) => (
            <p key={note} className="help">
              {note}
            </p>
          ))}
        </section>
      ))}
      <section aria-label="How it is applied">
        <h2>How it is applied</h2>
        <ul className="policy">
          {version.policy.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
        <p className="help">
          Source: {version.source || "–"} · drafted by {version.drafted_by_name}
          {version.approved_by_name ? `, approved by ${version.approved_by_name}` : ""} ·{" "}
          {words(version.state)}
        </p>
      </section>
    </article>
  );
}

interface ScheduleTableProps {
  columns: readonly string[];
  rows: readonly (readonly string[])[];
}

/** Columns of nothing but numbers stand to the right; dollars have their cents. */
function ScheduleTable({ columns, rows }: ScheduleTableProps): ReactElement {
  const kinds = columns.map((name, index) => {
    const isNumber = rows.every((row) => NUMBER.test(row[index] ?? ""));
    return { name, isNumber, isDollars: name.includes("$") };
  });
  return (
    <Table>
      <thead>
        <tr>
          {kinds.map(({ name, isNumber }) => (
            <th key={name} className={cx(isNumber && "num")}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.join(" ")}>
            {kinds.map(({ name, isNumber, isDollars }, index) => (
              <td key={name} className={cx(isNumber && "num")}>
                {isDollars ? withCents(row[index] ?? "") : row[index]}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

const NUMBER = /^-?[\d,]*(\.\d+)?$/;

/** `20` → `20.00`, `2.6` → `2.60`; finer prices keep their digits. */
function withCents(text: string): string {
  const [whole = "", rest = ""] = text.split(".");
  return NUMBER.test(text) && whole !== "" ? `${whole}.${rest.padEnd(2, "0")}` : text;
}
