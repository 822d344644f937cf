import type { ReactElement } from "react";
import type { Schema } from "@/api/client";
import { Banner, ProblemBanner } from "@/components/banner";
import { Effect } from "@/components/dialog";
import { Day, Money } from "@/components/figures";
import { Section } from "@/components/page";
import { Table } from "@/components/table";
import { words } from "@/lib/words";

interface AdjustmentEffectProps {
  preview: Schema<"AdjustmentPreview"> | undefined;
  amount: number;
  error: unknown;
  /** What is still to be said before there is an effect. */
  ask?: string;
}

/** What the correction would do to the account and the books, and whether one person may post it. */
export function AdjustmentEffect(props: AdjustmentEffectProps): ReactElement {
  const { preview, amount, error, ask } = props;
  return (
    <Section title="What this will do">
      <div className="stack effect-side" aria-live="polite">
        <ProblemBanner error={error} />
        {preview ? (
          <>
            <Effect
              lines={[
                {
                  label: "Balance now",
                  value: <Money cents={preview.balance_before_cents} flush />,
                },
                { label: "Adjustment", value: <Money cents={amount} flush /> },
                {
                  label: "Balance after",
                  value: <Money cents={preview.balance_after_cents} flush />,
                  total: true,
                },
              ]}
            />
            {preview.needs_second_person ? (
              <Banner tone="info" title="A second person posts it">
                <p>
                  Your limit for this type is <Money cents={preview.limit_cents} flush />.
                </p>
              </Banner>
            ) : (
              <Banner tone="ok" title="It posts at once">
                <p>
                  The limit for this type is <Money cents={preview.limit_cents} flush />.
                </p>
              </Banner>
            )}
            <p className="help">
              Books: debit {preview.debit}, credit {preview.credit}.
            </p>
            <Items effects={preview.effects} />
          </>
        ) : (
          <p className="muted">{ask ?? "Choose the account and the type, and type the amount."}</p>
        )}
      </div>
    </Section>
  );
}

function Items({
  effects,
}: {
  effects: Schema<"AdjustmentPreview">["effects"];
}): ReactElement | null {
  if (effects.length === 0) return null;
  return (
    <Table>
      <thead>
        <tr>
          <th>Charge</th>
          <th>Due</th>
          <th className="num">Open</th>
          <th className="num">Left</th>
        </tr>
      </thead>
      <tbody>
        {effects.map((item) => (
          <tr key={item.item_id}>
            <td>{words(item.charge_group ?? "charge")}</td>
            <td>
              <Day on={item.due_on} />
            </td>
            <td className="num">
              <Money cents={item.open_cents} />
            </td>
            <td className="num">
              <Money cents={item.left_cents} />
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
