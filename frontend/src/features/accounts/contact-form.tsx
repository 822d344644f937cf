/** Contact, mailing, delivery and language, changed where they stand. */

import { type ReactElement, useState } from "react";
import { z } from "zod";
import { client, type Schema } from "@/api/client";
import { asProblem } from "@/api/problem";
import { useForget } from "@/api/session";
import { Button } from "@/components/button";
import { ConflictSheet, differences } from "@/components/conflict";
import { Form, SelectField, TextField, useAppForm } from "@/components/form";
import { toast, toastProblem } from "@/components/toast";
import { type AccountPage, DELIVERIES } from "./kinds";

const line = z.string().trim().max(200);
const schema = z.object({
  phone: z.string().trim().max(40),
  email: z.union([z.literal(""), z.email("Type an e-mail address")]),
  mail_name: line,
  mail_line: line,
  mail_line2: line,
  mail_city: line,
  mail_state: line,
  mail_zip: line,
  delivery: z.enum(["paper", "email", "both"]),
  language: z.enum(["en", "es"]),
});
type Values = z.infer<typeof schema>;

const LABELS: Record<keyof Values, string> = {
  phone: "Phone",
  email: "E-mail",
  mail_name: "Mail to",
  mail_line: "Address",
  mail_line2: "Second line",
  mail_city: "City",
  mail_state: "State",
  mail_zip: "ZIP",
  delivery: "Statements",
  language: "Language",
};

const valuesOf = ({ account, customer }: AccountPage): Values => ({
  phone: customer.phone_raw,
  email: customer.email,
  mail_name: account.mail_name,
  mail_line: account.mail_line,
  mail_line2: account.mail_line2,
  mail_city: account.mail_city,
  mail_state: account.mail_state,
  mail_zip: account.mail_zip,
  delivery: account.delivery,
  language: account.language,
});

/**
 * Writes what differs: the customer first, since delivery by e-mail needs the address. What the
 * customer became is told at once, for a second try after the account's part was refused.
 */
async function save(
  page: AccountPage,
  values: Values,
  onCustomer: (customer: AccountPage["customer"]) => void,
): Promise<void> {
  const was = valuesOf(page);
  const changed = Object.fromEntries(
    Object.entries(values).filter(([name, value]) => was[name as keyof Values] !== value),
  ) as Partial<Values>;
  const { phone, email, ...mailing } = changed;
  const reach: Schema<"CustomerChange"> = {
    ...(phone === undefined ? {} : { phone }),
    ...(email === undefined ? {} : { email }),
  };
  const { customer, account } = page;
  if (Object.keys(reach).length > 0) {
    const { data } = await client.PATCH("/api/v1/customers/{customer_id}", {
      params: { path: { customer_id: customer.id }, header: match(customer.version) },
      body: reach,
    });
    if (data) onCustomer(data);
  }
  if (Object.keys(mailing).length > 0) {
    await client.PATCH("/api/v1/accounts/{account_id}", {
      params: { path: { account_id: account.id }, header: match(account.version) },
      body: mailing,
    });
  }
}

const match = (version: number) => ({ "if-match": `"${version}"` });

interface ContactFormProps {
  page: AccountPage;
  onClose: () => void;
}

export function ContactForm({ page, onClose }: ContactFormProps): ReactElement {
  const forget = useForget();
  // What stood when the form opened: a refetch meanwhile must not hide that someone changed it.
  const [seen, setSeen] = useState(page);
  const [conflict, setConflict] = useState<{ now: AccountPage; mine: Values } | null>(null);
  const path = { account_id: page.account.id };
  const onCustomer = (now: AccountPage["customer"]) => setSeen({ ...seen, customer: now });
  const fresh = () => forget("/api/v1/accounts/{account_id}", "/api/v1/accounts");
  const done = async () => {
    await fresh();
    toast("The contact is changed");
    onClose();
  };
  const { form, problem, submit, isBusy } = useAppForm({
    schema,
    defaults: valuesOf(seen),
    onSubmit: async (values) => {
      try {
        await save(seen, values, onCustomer);
        await done();
      } catch (error) {
        if (asProblem(error).status !== 412) throw error;
        const { data } = await client.GET("/api/v1/accounts/{account_id}", { params: { path } });
        if (!data) throw error;
        setConflict({ now: data, mine: values });
      }
    },
  });
  if (conflict) {
    return (
      <ConflictSheet
        differences={differences(LABELS, valuesOf(seen), valuesOf(conflict.now), conflict.mine)}
        onTheirs={() => void fresh().then(onClose)}
        onMine={() =>
          void save(conflict.now, conflict.mine, onCustomer).then(done).catch(toastProblem)
        }
      />
    );
  }
  const { control } = form;
  return (
    <Form
      label="Contact"
      className="contact-form"
      problem={problem}
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.key === "Escape" && !event.defaultPrevented) onClose();
      }}
    >
      <div className="contact-fields">
        <TextField control={control} name="phone" label={LABELS.phone} type="tel" autoFocus />
        <TextField control={control} name="email" label={LABELS.email} type="email" />
        <SelectField
          control={control}
          name="delivery"
          label={LABELS.delivery}
          options={DELIVERIES}
        />
        <SelectField
          control={control}
          name="language"
          label={LABELS.language}
          options={[
            ["en", "English"],
            ["es", "Spanish"],
          ]}
        />
        <TextField control={control} name="mail_name" label={LABELS.mail_name} />
        <TextField control={control} name="mail_line" label={LABELS.mail_line} />
        <TextField control={control} name="mail_line2" label={LABELS.mail_line2} />
        <TextField control={control} name="mail_city" label={LABELS.mail_city} />
        <TextField control={control} name="mail_state" label={LABELS.mail_state} />
        <TextField control={control} name="mail_zip" label={LABELS.mail_zip} />
      </div>
      <div className="row">
        <Button small onPress={onClose}>
          Cancel
        </Button>
        <Button small type="submit" variant="primary" isBusy={isBusy}>
          Save the contact
        </Button>
      </div>
    </Form>
  );
}
