import type { ReactElement } from "react";
import type { Schema } from "@/api/client";
import { Banner } from "@/components/banner";
import { plural } from "@/lib/units";
import type { Trial } from "./trial";

const FAULTS_SHOWN = 12;

/** Mistakes in the layout's text, each with its line and its place in the YAML. */
export function LayoutFaults({ faults }: { faults: Trial["layout_faults"] }): ReactElement | null {
  if (faults.length === 0) return null;
  return (
    <Banner
      tone="danger"
      title={`The layout cannot be used yet: ${plural(faults.length, "mistake")}`}
    >
      <ul>
        {faults.slice(0, FAULTS_SHOWN).map((fault) => (
          <li key={`${fault.line} ${fault.column} ${fault.reason}`}>
            Line {fault.line}, <span className="mono">{fault.column}</span>: {fault.reason}
          </li>
        ))}
      </ul>
    </Banner>
  );
}

/** The verdict on the sample, then each of its first lines beside what was understood of it. */
export function Understood({ trial }: { trial: Trial }): ReactElement {
  const faults = trial.file_faults;
  const last = trial.lines.at(-1)?.line ?? 0;
  const elsewhere = faults.filter(({ line }) => line > last || trial.lines.length === 0);
  return (
    <>
      <div aria-live="polite">
        {faults.length > 0 ? (
          <Banner
            tone="danger"
            title={`The file would be refused whole: ${plural(faults.length, "fault")}`}
          >
            {elsewhere.length > 0 ? <Faults faults={elsewhere.slice(0, FAULTS_SHOWN)} /> : null}
          </Banner>
        ) : (
          <Banner
            tone="ok"
            title={`${plural(trial.reads, "read")} understood; nothing is stored`}
          />
        )}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by key */}
      <section className="table-scroll tried" tabIndex={0} aria-label="Lines of the sample">
        <table className="table">
          <thead>
            <tr>
              <th className="num">Line</th>
              <th>As it came</th>
              <th>Understood</th>
            </tr>
          </thead>
          <tbody>
            {trial.lines.map((line) => (
              <Line key={line.line} line={line} />
            ))}
          </tbody>
        </table>
      </section>
      {last > 0 ? <p className="help">The first {plural(last, "line")} of the file.</p> : null}
    </>
  );
}

function Line({ line }: { line: Schema<"TrialLine"> }): ReactElement {
  return (
    <tr data-wrong={line.faults.length > 0 || undefined}>
      <td className="num">{line.line}</td>
      <td>
        <code className="raw-text">{line.raw}</code>
      </td>
      <td>
        {line.faults.length > 0 ? (
          <Faults faults={line.faults} bare />
        ) : line.understood ? (
          Object.entries(line.understood).map(([name, value]) => (
            <span key={name} className="said">
              <span className="muted">{name}</span> <span className="tabular">{value}</span>
            </span>
          ))
        ) : (
          <span className="muted">No read of its own</span>
        )}
      </td>
    </tr>
  );
}

function Faults({ faults, bare }: { faults: Trial["file_faults"]; bare?: boolean }): ReactElement {
  return (
    <ul className="faults">
      {faults.map((fault) => (
        <li key={`${fault.line} ${fault.column} ${fault.reason}`}>
          {bare ? null : `Line ${fault.line}, `}
          <span className="mono">{fault.column}</span>: {fault.reason}
        </li>
      ))}
    </ul>
  );
}
