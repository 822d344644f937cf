import type { ReactElement } from "react";
import type { Schema } from "@/api/client";
import { ProblemBanner } from "@/components/banner";
import { Effect } from "@/components/dialog";
import { Day, Money } from "@/components/figures";
import { Section } from "@/components/page";
import { Table } from "@/components/table";
import { words } from "@/lib/words";

interface PaymentEffectProps {
  preview: Schema<"PaymentPreview"> | undefined;
  error: unknown;
}

/** Which charges the payment settles, and the balance before and after. */
export function PaymentEffect({ preview, error }: PaymentEffectProps): ReactElement {
  return (
    <Section title="What this will do">
      <div className="stack effect-side" aria-live="polite">
        <ProblemBanner error={error} />
        {preview ? (
          <Found preview={preview} />
        ) : (
          <p className="muted">Choose the account and type the amount.</p>
        )}
      </div>
    </Section>
  );
}

function Found({ preview }: { preview: Schema<"PaymentPreview"> }): ReactElement {
  return (
    <>
      <Effect
        lines={[
          { label: "Balance now", value: <Money cents={preview.balance_before_cents} flush /> },
          { label: "Payment", value: <Money cents={-preview.cents} flush /> },
          {
            label: "Balance after",
            value: <Money cents={preview.balance_after_cents} flush />,
            total: true,
          },
        ]}
      />
      <Table>
        <thead>
          <tr>
            <th>Charge</th>
            <th>Due</th>
            <th className="num">Open</th>
            <th className="num">Paid now</th>
            <th className="num">Left</th>
          </tr>
        </thead>
        <tbody>
          {preview.lines.map((line) => (
            <tr key={line.item_id}>
              <td>{words(line.charge_group ?? line.kind)}</td>
              <td>
                <Day on={line.due_on} />
              </td>
              <td className="num">
                <Money cents={line.open_cents} />
              </td>
              <td className="num">
                <Money cents={line.paid_cents} />
              </td>
              <td className="num">
                <Money cents={line.left_cents} />
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
      {preview.unapplied_cents > 0 ? (
        <p className="help">
          <Money cents={preview.unapplied_cents} flush /> stays as a credit of the account.
        </p>
      ) : null}
    </>
  );
}
