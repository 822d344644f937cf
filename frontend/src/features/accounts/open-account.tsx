/** A new customer, their account and its first service, in one form. */

import { useRouter } from "@tanstack/react-router";
import { type ReactElement, useRef, useState } from "react";
import { z } from "zod";
import { client } from "@/api/client";
import { useForget } from "@/api/session";
import { Button } from "@/components/button";
import { Dialog } from "@/components/dialog";
import { useZone } from "@/components/figures";
import { DayField, DialogForm, SelectField, TextField, useAppForm } from "@/components/form";
import { toast } from "@/components/toast";
import { todayIn } from "@/lib/dates";
import { uuid7 } from "@/lib/ids";
import { words } from "@/lib/words";
import { ACCOUNT_CLASSES } from "./kinds";
import { agreementOf, ServiceFields, service } from "./service-fields";

const schema = service.extend({
  name: z.string().trim().min(1, "Type the customer's name").max(200),
  kind: z.enum(["person", "organization"]),
  phone: z.string().trim().max(40),
  email: z.union([z.literal(""), z.email("Type an e-mail address")]),
  language: z.enum(["en", "es"]),
  account_class: z.enum(ACCOUNT_CLASSES),
  mail_line: z.string().trim().min(1, "Statements are mailed there").max(200),
  mail_city: z.string().trim().min(1, "Type the city").max(200),
  mail_state: z.string().trim().min(1, "Type the state").max(200),
  mail_zip: z.string().trim().min(1, "Type the ZIP code").max(200),
});
type Values = z.infer<typeof schema>;

export function OpenAccount({ onClose }: { onClose: () => void }): ReactElement {
  // Made when the form opens: what was made before a refusal is not made twice.
  const [ids] = useState(() => ({ customer: uuid7(), account: uuid7(), agreement: uuid7() }));
  const [made, setMade] = useState(0);
  const reached = useRef(0);
  const router = useRouter();
  const forget = useForget();
  const today = todayIn(useZone());
  const step = async (number: number, act: () => Promise<unknown>) => {
    if (reached.current >= number) return;
    await act();
    reached.current = number;
    setMade(number);
  };
  const { form, problem, submit, isBusy, draft } = useAppForm({
    schema,
    draft: "open-account",
    defaults: {
      name: "",
      kind: "person",
      phone: "",
      email: "",
      language: "en",
      account_class: "residential",
      mail_line: "",
      mail_city: "",
      mail_state: "CA",
      mail_zip: "",
      service_point_id: "",
      service: "water",
      rate_code: "",
      from_on: today,
    },
    fields: { opened_on: "from_on" },
    onSubmit: async (values) => {
      await step(1, () => client.POST("/api/v1/customers", { body: customerOf(ids, values) }));
      await step(2, () => client.POST("/api/v1/accounts", { body: accountOf(ids, values) }));
      await step(3, () =>
        client.POST("/api/v1/accounts/{account_id}/agreements", {
          params: { path: { account_id: ids.account } },
          body: agreementOf(ids.agreement, values),
        }),
      );
      await forget("/api/v1/accounts", "/api/v1/customers");
      toast(`The account of ${values.name} is open`);
      router.history.push(`/accounts/${ids.account}`);
    },
  });
  const { control } = form;
  const isMade = made >= 1;
  return (
    <Dialog title="Open an account" isOpen wide onClose={onClose}>
      <DialogForm
        label="Open an account"
        problem={problem}
        draft={draft}
        onSubmit={submit}
        footer={
          <>
            <Button onPress={onClose}>{made > 0 ? "Close" : "Cancel"}</Button>
            <Button type="submit" variant="primary" isBusy={isBusy}>
              Open the account
            </Button>
          </>
        }
      >
        {made > 0 ? (
          <p className="help">
            {made === 1 ? "The customer is made." : "The customer and the account are made."}{" "}
            Correct the rest and go on.
          </p>
        ) : null}
        <div className="form-grid">
          <TextField control={control} name="name" label="Customer" autoFocus isDisabled={isMade} />
          <SelectField
            control={control}
            name="kind"
            label="Kind"
            options={[
              ["person", "Person"],
              ["organization", "Organization"],
            ]}
            isDisabled={isMade}
          />
          <TextField control={control} name="phone" label="Phone" type="tel" isDisabled={isMade} />
          <TextField
            control={control}
            name="email"
            label="E-mail"
            type="email"
            isDisabled={isMade}
          />
          <SelectField
            control={control}
            name="account_class"
            label="Class"
            options={ACCOUNT_CLASSES.map((one) => [one, words(one)])}
            isDisabled={made >= 2}
          />
          <SelectField
            control={control}
            name="language"
            label="Language"
            options={[
              ["en", "English"],
              ["es", "Spanish"],
            ]}
            isDisabled={isMade}
          />
          <TextField
            control={control}
            name="mail_line"
            label="Mailing address"
            help="Where statements go"
            isDisabled={made >= 2}
          />
          <TextField control={control} name="mail_city" label="City" isDisabled={made >= 2} />
          <TextField control={control} name="mail_state" label="State" isDisabled={made >= 2} />
          <TextField control={control} name="mail_zip" label="ZIP" isDisabled={made >= 2} />
          <ServiceFields form={form} />
          <DayField
            control={control}
            name="from_on"
            label="From"
            help="The first day that is theirs"
          />
        </div>
      </DialogForm>
    </Dialog>
  );
}

interface Ids {
  customer: string;
  account: string;
}

function customerOf(ids: Ids, { name, kind, phone, email, language }: Values) {
  return { id: ids.customer, name, kind, phone, email, language };
}

function accountOf(ids: Ids, values: Values) {
  const { account_class, language, from_on: opened_on, name } = values;
  const { mail_line, mail_city, mail_state, mail_zip } = values;
  return {
    id: ids.account,
    customer_id: ids.customer,
    account_class,
    opened_on,
    language,
    delivery: "paper" as const,
    mail_name: name,
    mail_line,
    mail_line2: "",
    mail_city,
    mail_state,
    mail_zip,
    mail_country: "US",
    notes: "",
  };
}
