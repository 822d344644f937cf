import { getRouteApi, Link } from "@tanstack/react-router";
import { Printer, Undo2 } from "lucide-react";
import { type ReactElement, useState } from "react";
import { z } from "zod";
import { api, client, type Schema } from "@/api/client";
import { useForget, useMay } from "@/api/session";
import { Banner } from "@/components/banner";
import { Button } from "@/components/button";
import { Dialog, Effect } from "@/components/dialog";
import { Day, Fact, Facts, Moment, Money } from "@/components/figures";
import { DialogForm, SelectField, TextField, useAppForm } from "@/components/form";
import { PageHead, Section } from "@/components/page";
import { Pill } from "@/components/pill";
import { ShownPage } from "@/components/shown";
import { Table } from "@/components/table";
import { toast } from "@/components/toast";
import { formatCents } from "@/lib/cents";
import { formatDay } from "@/lib/dates";
import { uuid7 } from "@/lib/ids";
import { words } from "@/lib/words";
import { ReceiptFoot, ReceiptHead } from "./receipt";

type PaymentOut = Schema<"PaymentOut">;
const route = getRouteApi("/app/payments/$paymentId");
const REASONS = ["nsf", "stopped", "closed_account", "keyed_wrong", "other"] as const;
const NAMES: Record<string, string> = {
  nsf: "Not sufficient funds",
  stopped: "Payment stopped",
  closed_account: "Bank account closed",
  keyed_wrong: "Keyed wrong",
  other: "Other",
};
const reversal = z.object({
  reason: z.enum(REASONS),
  note: z.string().max(300),
}) satisfies z.ZodType<Omit<Schema<"ReversalIn">, "id">>;

/** One payment: what it paid, and taking it back. */
export function Payment(): ReactElement {
  const { paymentId } = route.useParams();
  const query = api.useQuery("get", "/api/v1/payments/{payment_id}", {
    params: { path: { payment_id: paymentId } },
  });
  return (
    <div className="page">
      <ShownPage query={query}>{(payment) => <PaymentSheet payment={payment} />}</ShownPage>
    </div>
  );
}

function PaymentSheet({ payment }: { payment: PaymentOut }): ReactElement {
  const [isReversing, setReversing] = useState(false);
  const mayTake = useMay("payments:take");
  return (
    <>
      <ReceiptHead payment={payment} />
      <PageHead
        title={`Payment of ${formatCents(payment.cents)}`}
        crumbs={<Link to="/payments">Payments</Link>}
        state={
          payment.reversed_at ? <Pill state="returned" tone="danger" /> : <Pill state="posted" />
        }
      >
        <Link className="btn" to="/accounts/$accountId" params={{ accountId: payment.account_id }}>
          The account
        </Link>
        {payment.reversed_at ? null : (
          <Button onPress={() => window.print()}>
            <Printer aria-hidden /> Print a receipt
          </Button>
        )}
        {mayTake && !payment.reversed_at ? (
          <Button variant="danger" onPress={() => setReversing(true)}>
            <Undo2 aria-hidden /> Take it back
          </Button>
        ) : null}
      </PageHead>
      {payment.reversed_at ? (
        <Banner tone="warn" title={`Taken back: ${NAMES[payment.reversal_reason ?? ""] ?? ""}`}>
          <p>
            <Moment at={payment.reversed_at} />
          </p>
        </Banner>
      ) : null}
      <Facts>
        <Fact label="Received on">
          <Day on={payment.received_on} />
        </Fact>
        <Fact label="Tender">{words(payment.tender)}</Fact>
        <Fact label="Reference">{payment.reference || "–"}</Fact>
        <Fact label="Taken by">{payment.received_by_name}</Fact>
        <Fact label="Posted">
          <Moment at={payment.posted_at} />
        </Fact>
        <Fact label="Note">{payment.note || "–"}</Fact>
      </Facts>
      <Section title="What it paid">
        <Table>
          <thead>
            <tr>
              <th>Charge</th>
              <th>Due</th>
              <th className="num">Paid</th>
            </tr>
          </thead>
          <tbody>
            {payment.paid.map((paid) => (
              <tr key={paid.item_id}>
                <td>{words(paid.charge_group ?? "charge")}</td>
                <td>
                  <Day on={paid.due_on} />
                </td>
                <td className="num">
                  <Money cents={paid.cents} />
                </td>
              </tr>
            ))}
            {payment.unapplied_cents > 0 ? (
              <tr>
                <td colSpan={2}>Kept as a credit</td>
                <td className="num">
                  <Money cents={payment.unapplied_cents} />
                </td>
              </tr>
            ) : null}
          </tbody>
        </Table>
      </Section>
      <ReceiptFoot payment={payment} />
      {isReversing ? <Reverse payment={payment} onClose={() => setReversing(false)} /> : null}
    </>
  );
}

/** Each charge that opens again, with its own due day, and the credit that goes. */
function reopened(payment: PaymentOut) {
  const lines = payment.paid.map((paid) => ({
    label: `${words(paid.charge_group ?? "charge")}, due ${formatDay(paid.due_on)}, opens again`,
    value: <Money cents={paid.cents} flush />,
  }));
  if (payment.unapplied_cents === 0) return lines;
  const credit = <Money cents={payment.unapplied_cents} flush />;
  return [...lines, { label: "Credit taken away", value: credit }];
}

function Reverse({ payment, onClose }: { payment: PaymentOut; onClose: () => void }): ReactElement {
  const [id] = useState(uuid7);
  const forget = useForget();
  const { form, problem, submit, isBusy } = useAppForm({
    schema: reversal,
    defaults: { reason: "nsf", note: "" },
    onSubmit: async (values) => {
      await client.POST("/api/v1/payments/{payment_id}/reverse", {
        params: { path: { payment_id: payment.id } },
        body: { id, ...values },
      });
      await forget(
        "/api/v1/payments",
        "/api/v1/payments/{payment_id}",
        "/api/v1/accounts/{account_id}/ledger",
        "/api/v1/accounts/{account_id}/open-items",
      );
      toast("The payment is taken back");
      onClose();
    },
  });
  return (
    <Dialog title="Take the payment back" isOpen onClose={onClose}>
      <DialogForm
        label="Take the payment back"
        problem={problem}
        onSubmit={submit}
        footer={
          <>
            <Button onPress={onClose}>Cancel</Button>
            <Button type="submit" variant="danger" isBusy={isBusy}>
              Take back {formatCents(payment.cents)}
            </Button>
          </>
        }
      >
        <Effect
          lines={[
            ...reopened(payment),
            {
              label: "The account owes again",
              value: <Money cents={payment.cents} flush />,
              total: true,
            },
          ]}
        />
        <SelectField
          control={form.control}
          name="reason"
          label="Why"
          options={REASONS.map((reason) => [reason, NAMES[reason] ?? reason])}
        />
        <TextField control={form.control} name="note" label="Note" multiline />
      </DialogForm>
    </Dialog>
  );
}
