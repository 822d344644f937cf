import type { ReactElement } from "react";
import type { Schema } from "@/api/client";
import { Banner } from "@/components/banner";
import { Table } from "@/components/table";
import { formatCount, plural } from "@/lib/units";
import { words } from "@/lib/words";

/** The first lines of a file as its layout understands them. */
export function Sample({ preview }: { preview: Schema<"PreviewOut"> }): ReactElement {
  const names = [...new Set(preview.sample.flatMap((line) => Object.keys(line.fields)))];
  return (
    <section aria-label="What the layout understands" aria-live="polite">
      <p>
        <strong>{plural(preview.reads, "read")}</strong>{" "}
        <span className="muted">understood; nothing is stored yet</span>
      </p>
      {preview.sample.length > 0 ? (
        <Table>
          <thead>
            <tr>
              <th className="num">Line</th>
              {names.map((name) => (
                <th key={name}>{words(name)}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {preview.sample.slice(0, 6).map((line) => (
              <tr key={`${line.line} ${line.raw}`}>
                <td className="num">{formatCount(line.line)}</td>
                {names.map((name) => (
                  <td key={name}>{line.fields[name] ?? ""}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </Table>
      ) : null}
    </section>
  );
}

/** Why a file is refused, line by line. */
export function Faults({ faults }: { faults: Schema<"FileErrorOut">[] }): ReactElement {
  return (
    <section aria-label="Why it is refused" className="stack">
      <Banner tone="danger" title={`Refused whole: ${plural(faults.length, "fault")}`}>
        <p>Mend the file at its source and send it again; nothing of it was taken.</p>
      </Banner>
      <Table>
        <thead>
          <tr>
            <th className="num">Line</th>
            <th>Column</th>
            <th>Why</th>
          </tr>
        </thead>
        <tbody>
          {faults.slice(0, 200).map((fault) => (
            <tr key={`${fault.line} ${fault.column} ${fault.reason}`}>
              <td className="num">{formatCount(fault.line)}</td>
              <td>{fault.column}</td>
              <td>{fault.reason}</td>
            </tr>
          ))}
        </tbody>
      </Table>
    </section>
  );
}
