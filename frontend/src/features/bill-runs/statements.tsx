import { Download, Printer } from "lucide-react";
import type { ReactElement } from "react";
import { api, client, type Schema } from "@/api/client";
import { useForget, useMay } from "@/api/session";
import { Banner } from "@/components/banner";
import { Button } from "@/components/button";
import { Moment, Money } from "@/components/figures";
import { Section } from "@/components/page";
import { Pill } from "@/components/pill";
import { Shown } from "@/components/shown";
import { Table } from "@/components/table";
import { toastProblem } from "@/components/toast";
import { formatCount } from "@/lib/units";
import { RUN_PATHS, type Run } from "./states";

/** The run's statements in one print file, each print with its totals beside the register's. */
export function Statements({ run, isWorking }: { run: Run; isWorking: boolean }): ReactElement {
  const forget = useForget();
  const mayPrepare = useMay("runs:prepare");
  const query = api.useQuery("get", "/api/v1/statement-prints", {
    params: { query: { run_id: run.id, sort: "-printed_at", limit: 50 } },
  });
  const print = () =>
    client
      .POST("/api/v1/bill-runs/{run_id}/statements", { params: { path: { run_id: run.id } } })
      .then(() => forget(...RUN_PATHS))
      .catch(toastProblem);
  if (run.state !== "posted") {
    return (
      <div className="tab-page">
        <Banner tone="info" title="Statements are printed once the run is posted" />
      </div>
    );
  }
  return (
    <div className="tab-page">
      <Section
        title="Prints"
        actions={
          mayPrepare ? (
            <Button variant="primary" isDisabled={isWorking} onPress={() => void print()}>
              <Printer aria-hidden /> Print {formatCount(run.billed)} statements
            </Button>
          ) : null
        }
      >
        <Shown query={query}>
          {({ items }) => (
            <Table>
              <thead>
                <tr>
                  <th>Printed</th>
                  <th className="num">Statements</th>
                  <th className="num">In the register</th>
                  <th className="num">Total due</th>
                  <th className="num">In the register</th>
                  <th>Print and register</th>
                  <th className="num">Pages</th>
                  <th>File</th>
                </tr>
              </thead>
              <tbody>
                {items.length === 0 ? (
                  <tr>
                    <td colSpan={8} className="muted">
                      Not printed yet
                    </td>
                  </tr>
                ) : null}
                {items.map((one) => (
                  <PrintRow key={one.id} print={one} />
                ))}
              </tbody>
            </Table>
          )}
        </Shown>
      </Section>
    </div>
  );
}

/** One print: what left the printer beside what the books say it must be. */
function PrintRow({ print }: { print: Schema<"PrintOut"> }): ReactElement {
  const { register = 0, register_cents = 0 } = print.totals;
  const agrees = print.statements === register && print.total_due_cents === register_cents;
  return (
    <tr>
      <td>
        <Moment at={print.printed_at} />
      </td>
      <td className="num">{formatCount(print.statements)}</td>
      <td className="num muted">{formatCount(register)}</td>
      <td className="num">
        <Money cents={print.total_due_cents} />
      </td>
      <td className="num muted">
        <Money cents={register_cents} />
      </td>
      <td>
        <Pill state={agrees ? "agrees" : "differs"} tone={agrees ? "ok" : "danger"} />
      </td>
      <td className="num">{formatCount(print.pages)}</td>
      <td>
        {print.file_id ? (
          <a href={`/api/v1/files/${print.file_id}`} download>
            <Download aria-hidden /> PDF
          </a>
        ) : (
          "–"
        )}
      </td>
    </tr>
  );
}
