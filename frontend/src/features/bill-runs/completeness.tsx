import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { api, type Schema } from "@/api/client";
import { Banner } from "@/components/banner";
import { Figure, Figures } from "@/components/figures";
import { Shown } from "@/components/shown";
import { Table } from "@/components/table";
import { withDays } from "@/lib/dates";
import { formatCount, plural } from "@/lib/units";
import { words } from "@/lib/words";

/** The proof that nobody is forgotten: expected = billed + excused. */
export function Completeness({ runId }: { runId: string }): ReactElement {
  const query = api.useQuery("get", "/api/v1/bill-runs/{run_id}/completeness", {
    params: { path: { run_id: runId } },
  });
  return (
    <div className="tab-page stack">
      <Shown query={query}>{(proof) => <Proof proof={proof} />}</Shown>
    </div>
  );
}

function Proof({ proof }: { proof: Schema<"CompletenessOut"> }): ReactElement {
  return (
    <>
      {proof.complete ? (
        <Banner tone="ok" title="Complete: every expected account is billed or excused" />
      ) : (
        <Banner
          tone="warn"
          title={`${plural(proof.unaccounted, "account")} neither billed nor excused`}
        >
          <p>The run can be approved when this is none.</p>
        </Banner>
      )}
      <Figures>
        <Figure label="Expected">{formatCount(proof.expected)}</Figure>
        <Figure label="= Billed">{formatCount(proof.billed)}</Figure>
        <Figure label="+ Excused">{formatCount(proof.excused)}</Figure>
        <Figure label="+ Missing">{formatCount(proof.unaccounted)}</Figure>
        <Figure label="Billed, not expected any more">{formatCount(proof.unexpected)}</Figure>
      </Figures>
      {proof.missing.length > 0 ? (
        <Table>
          <thead>
            <tr>
              <th>Account</th>
              <th>Customer</th>
              <th>What</th>
              <th>Why</th>
            </tr>
          </thead>
          <tbody>
            {proof.missing.map((one) => (
              <tr key={one.account_id}>
                <td>
                  <Link to="/accounts/$accountId" params={{ accountId: one.account_id }}>
                    {one.account_number}
                  </Link>
                </td>
                <td>{one.customer_name}</td>
                <td>{words(one.code)}</td>
                <td>{withDays(one.reason)}</td>
              </tr>
            ))}
          </tbody>
        </Table>
      ) : null}
    </>
  );
}
