import type { ReactElement } from "react";
import type { Schema } from "@/api/client";
import { words } from "@/lib/words";

/** The schedule as its resolution prints it: one small table for each charge. */
export function Schedule({ version }: { version: Schema<"VersionOut"> }): ReactElement {
  return (
    <article className="schedule">
      {version.sections.map((section) => (
        <section key={section.key} aria-label={section.title_en}>
          <h2>{section.title_en}</h2>
          {section.condition ? <p className="muted">{section.condition}</p> : null}
          <div className="table-scroll">
            <table className="table">
              <thead>
                <tr>
                  {section.columns.map((column) => (
                    <th key={column}>{column}</th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {section.rows.map((row) => (
                  <tr key={row.join(" ")}>
                    {row.map((cell, index) => (
                      // biome-ignore lint/suspicious/noArrayIndexKey: cells of one row never move
                      <td key={index}>{cell}</td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
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
