import { type ReactElement, useState } from "react";
import { z } from "zod";
import { api, client, type Schema } from "@/api/client";
import { useForget } from "@/api/session";
import { Button } from "@/components/button";
import { Dialog } from "@/components/dialog";
import { ChecksField, DialogForm, TextField, useAppForm } from "@/components/form";
import { uuid7 } from "@/lib/ids";
import { SecretSheet, type Shown } from "./secret";

const schema = z.object({
  name: z.string().trim().min(1, "Type the name").max(120),
  scopes: z.array(z.string()).min(1, "Choose what it may do"),
});

/** Another system with only what it needs; its secret comes once. */
export function AddClient({ onClose }: { onClose: () => void }): ReactElement {
  const [id] = useState(uuid7);
  const [shown, setShown] = useState<Shown | null>(null);
  const forget = useForget();
  const roles = api.useQuery("get", "/api/v1/roles");
  const { form, problem, submit, isBusy } = useAppForm({
    schema,
    defaults: { name: "", scopes: [] },
    onSubmit: async ({ name, scopes }) => {
      const body = { id, name, scopes: scopes as Schema<"Perm">[] };
      const { data } = await client.POST("/api/v1/api-clients", { body });
      await forget("/api/v1/api-clients");
      if (data) setShown(data);
    },
  });
  if (shown) return <SecretSheet shown={shown} onClose={onClose} />;
  const options = (roles.data?.permissions ?? []).map((scope) => [scope, scope] as const);
  return (
    <Dialog title="Make an API client" isOpen onClose={onClose} wide>
      <DialogForm
        label="Make an API client"
        problem={problem}
        onSubmit={submit}
        footer={
          <>
            <Button onPress={onClose}>Cancel</Button>
            <Button type="submit" variant="primary" isBusy={isBusy}>
              Make the client
            </Button>
          </>
        }
      >
        <TextField control={form.control} name="name" label="Name of the system" autoFocus />
        <ChecksField control={form.control} name="scopes" label="It may" options={options} />
      </DialogForm>
    </Dialog>
  );
}
