/** How to reach the customer and where statements go; edited in place. */

import { Pencil } from "lucide-react";
import type { ReactElement } from "react";
import { useMay } from "@/api/session";
import { Button } from "@/components/button";
import { Fact } from "@/components/figures";
import { formatDay } from "@/lib/dates";
import { ContactForm } from "./contact-form";
import { type AccountPage, DELIVERIES, LANGUAGES } from "./kinds";

interface ContactProps {
  page: AccountPage;
  isEditing: boolean;
  onEdit: () => void;
  onClose: () => void;
}

export function Contact({ page, isEditing, onEdit, onClose }: ContactProps): ReactElement {
  const { account, customer } = page;
  const mayWrite = useMay("accounts:write");
  if (isEditing && mayWrite) return <ContactForm page={page} onClose={onClose} />;
  const delivery = DELIVERIES.find(([id]) => id === account.delivery)?.[1];
  return (
    <section className="contact" aria-label="Contact">
      <dl>
        <Fact label="Phone">
          {customer.phone ? <a href={`tel:${customer.phone}`}>{customer.phone_raw}</a> : "–"}
        </Fact>
        <Fact label="E-mail">{customer.email || "–"}</Fact>
        <Fact label="Mail">{mailOf(account)}</Fact>
        <Fact label="Statements">
          {delivery}, {LANGUAGES[account.language]}
        </Fact>
        <Fact label={account.closed_on ? "Closed" : "Customer since"}>
          {formatDay(account.closed_on ?? account.opened_on)}
        </Fact>
      </dl>
      {mayWrite ? (
        <Button small onPress={onEdit}>
          <Pencil aria-hidden /> Edit
        </Button>
      ) : null}
    </section>
  );
}

function mailOf(account: AccountPage["account"]): string {
  const town = [account.mail_city, account.mail_state, account.mail_zip].filter(Boolean).join(" ");
  return (
    [account.mail_name, account.mail_line, account.mail_line2, town].filter(Boolean).join(", ") ||
    "–"
  );
}
