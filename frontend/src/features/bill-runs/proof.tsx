import type { ReactElement } from "react";
import { api, type Schema } from "@/api/client";
import { Banner } from "@/components/banner";
import { Money } from "@/components/figures";
import { Section } from "@/components/page";
import { Pill } from "@/components/pill";
import { Shown } from "@/components/shown";
import { Table } from "@/components/table";
import { formatCount } from "@/lib/units";

const NAMES: Record<string, [left: string, right: string]> = {
  accounts: ["Accounts expected", "Billed + excused"],
  postings: ["Bills with charges", "Entries in the journal"],
  statements: ["Bills", "Statements"],
  print: ["Statements, total due", "Last print file"],
};

/** Every figure of the run counted twice, and where its money went in the books. */
export function Proof({ runId }: { runId: string }): ReactElement {
  const query = api.useQuery("get", "/api/v1/bill-runs/{run_id}/proof", {
    params: { path: { run_id: runId } },
  });
  return (
    <div className="tab-page stack">
      <Shown query={query}>
        {(proof) => (
          <>
            <Banner
              tone={proof.agrees ? "ok" : "danger"}
              title={proof.agrees ? "Every figure agrees with its twin" : "Figures differ"}
            />
            <Equations lines={proof.lines} />
            {proof.distribution.length > 0 ? <Distribution lines={proof.distribution} /> : null}
          </>
        )}
      </Shown>
    </div>
  );
}

function Equations({ lines }: { lines: readonly Schema<"ProofLine">[] }): ReactElement {
  return (
    <Section title="Counted twice">
      <Table>
        <thead>
          <tr>
            <th>This</th>
            <th className="num">Count</th>
            <th className="num">Amount</th>
            <th>Equals</th>
            <th className="num">Count</th>
            <th className="num">Amount</th>
            <th>Result</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.key}>
              <td>{NAMES[line.key]?.[0] ?? line.key}</td>
              <td className="num">{formatCount(line.count)}</td>
              <Cents cents={line.cents} />
              <td>{NAMES[line.key]?.[1]}</td>
              <td className="num">{formatCount(line.other_count)}</td>
              <Cents cents={line.other_cents} />
              <td>
                <Pill
                  state={line.agrees ? "agrees" : "differs"}
                  tone={line.agrees ? "ok" : "danger"}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
    </Section>
  );
}

function Cents({ cents }: { cents: number | null }): ReactElement {
  return <td className="num">{cents === null ? "–" : <Money cents={cents} />}</td>;
}

function Distribution({ lines }: { lines: readonly Schema<"GlLine">[] }): ReactElement {
  const sum = (side: "debit_cents" | "credit_cents") =>
    lines.reduce((cents, line) => cents + line[side], 0);
  return (
    <Section title="General-ledger distribution">
      <Table>
        <thead>
          <tr>
            <th>Account of the books</th>
            <th>Name</th>
            <th className="num">Debit</th>
            <th className="num">Credit</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.gl}>
              <td>{line.gl}</td>
              <td>{line.name}</td>
              <Cents cents={line.debit_cents} />
              <Cents cents={line.credit_cents} />
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <td colSpan={2}>Sum</td>
            <Cents cents={sum("debit_cents")} />
            <Cents cents={sum("credit_cents")} />
          </tr>
        </tfoot>
      </Table>
    </Section>
  );
}
