/** Computing the averages of a rate; nothing is set, the proposal opens for its review. */

import { useNavigate } from "@tanstack/react-router";
import { type ReactElement, useState } from "react";
import { z } from "zod";
import { api, client } from "@/api/client";
import { useForget } from "@/api/session";
import { Button } from "@/components/button";
import { Dialog } from "@/components/dialog";
import { DayField, DialogForm, SelectField, useAppForm } from "@/components/form";
import { uuid7 } from "@/lib/ids";

const schema = z.object({
  rate_code: z.string().min(1, "Choose a rate"),
  as_of_on: z.string().min(10, "Type a day"),
  from_on: z.string().min(10, "Type a day"),
});

export function Compute({ onClose }: { onClose: () => void }): ReactElement {
  const forget = useForget();
  const navigate = useNavigate();
  const [id] = useState(uuid7);
  const tariffs = api.useQuery("get", "/api/v1/tariffs", {
    params: { query: { service: "sewer", limit: 200 } },
  });
  const { form, problem, submit, isBusy } = useAppForm({
    schema,
    defaults: { rate_code: "", as_of_on: "", from_on: "" },
    onSubmit: async (values) => {
      await client.POST("/api/v1/winter-proposals", { body: { id, ...values } });
      await forget("/api/v1/winter-proposals");
      onClose();
      await navigate({ to: "/winter-averages/$proposalId", params: { proposalId: id } });
    },
  });
  return (
    <Dialog title="Compute winter averages" isOpen onClose={onClose}>
      <DialogForm
        label="Compute winter averages"
        problem={problem}
        onSubmit={submit}
        footer={
          <>
            <Button onPress={onClose}>Cancel</Button>
            <Button type="submit" variant="primary" isBusy={isBusy}>
              Compute
            </Button>
          </>
        }
      >
        <p>By the rule of the tariff, from posted bills. Nothing is set before it is approved.</p>
        <SelectField
          control={form.control}
          name="rate_code"
          label="Rate"
          options={(tariffs.data?.items ?? []).map(
            (one) => [one.code, `${one.code} · ${one.name_en}`] as const,
          )}
        />
        <DayField control={form.control} name="as_of_on" label="The winter before" />
        <DayField control={form.control} name="from_on" label="For bills of periods from" />
      </DialogForm>
    </Dialog>
  );
}
