/** What customers owe, by the accounts and by the books, counted when the page asks. */

import { type ReactElement, useState } from "react";
import { api, type Schema } from "@/api/client";
import { Button } from "@/components/button";
import { Dialog, Effect } from "@/components/dialog";
import { Moment, Money } from "@/components/figures";
import { Section } from "@/components/page";
import { Pill } from "@/components/pill";
import { Shown } from "@/components/shown";
import { formatCount } from "@/lib/units";

const COUNT_AGAIN_MS = 300_000;

export function Receivable(): ReactElement {
  const [isOpen, setOpen] = useState(false);
  const query = api.useQuery(
    "get",
    "/api/v1/home/receivable",
    {},
    { refetchInterval: COUNT_AGAIN_MS },
  );
  const isKnown = query.data !== undefined;
  return (
    <Section
      title="Accounts receivable"
      actions={
        <Button small isDisabled={!isKnown} onPress={() => setOpen(true)}>
          Show the proof
        </Button>
      }
    >
      <Shown query={query} lines={2}>
        {(found) => <Tile found={found} />}
      </Shown>
      {isOpen && query.data ? <Proof found={query.data} onClose={() => setOpen(false)} /> : null}
    </Section>
  );
}

function Tile({ found }: { found: Schema<"ReceivableOut"> }): ReactElement {
  return (
    <>
      <p className="row wrap">
        <strong className="key-figure">
          <Money cents={found.accounts_cents} flush />
        </strong>
        <Pill
          state={found.agrees ? "agrees" : "differs"}
          label={found.agrees ? "Equals the books" : "Differs from the books"}
          tone={found.agrees ? "ok" : "danger"}
        />
      </p>
      <p className="muted small">
        {formatCount(found.owing_accounts)} accounts owe, {formatCount(found.credit_accounts)} are
        in credit. Counted <Moment at={found.counted_at} />
      </p>
    </>
  );
}

function Proof({
  found,
  onClose,
}: {
  found: Schema<"ReceivableOut">;
  onClose: () => void;
}): ReactElement {
  return (
    <Dialog title="Receivable = control account" isOpen onClose={onClose}>
      <div className="dialog-body stack">
        <Effect
          lines={[
            {
              label: "Balances of all accounts",
              value: <Money cents={found.accounts_cents} flush />,
            },
            {
              label: "Open charges less unused credits",
              value: <Money cents={found.items_cents} flush />,
            },
            {
              label: "Control account in the journal",
              value: <Money cents={found.control_cents} flush />,
            },
            {
              label: "Difference",
              value: <Money cents={found.difference_cents} flush />,
              total: true,
            },
          ]}
        />
        <p className="help">
          Unused credits: <Money cents={found.unapplied_cents} flush />. Each figure is summed from
          a table of its own. <code>curbstop verify</code> names the first row that differs.
        </p>
      </div>
    </Dialog>
  );
}
