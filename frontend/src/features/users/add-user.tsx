import { type ReactElement, useState } from "react";
import { z } from "zod";
import { client, type Schema } from "@/api/client";
import { useForget } from "@/api/session";
import { Button } from "@/components/button";
import { Dialog } from "@/components/dialog";
import { ChecksField, DialogForm, TextField, useAppForm } from "@/components/form";
import { toast } from "@/components/toast";
import { uuid7 } from "@/lib/ids";
import { name, password, ROLE_OPTIONS, roles } from "./roles";

const request = z.object({
  name,
  email: z.email("Type an e-mail address"),
  roles,
  password,
}) satisfies z.ZodType<Omit<Schema<"UserRequest">, "id">>;

export function AddUser({ onClose }: { onClose: () => void }): ReactElement {
  // Made when the form opens, so that a double click is one request.
  const [id] = useState(uuid7);
  const forget = useForget();
  const { form, problem, submit, isBusy } = useAppForm({
    schema: request,
    defaults: { name: "", email: "", roles: [], password: "" },
    onSubmit: async (values) => {
      await client.POST("/api/v1/users", { body: { id, ...values } });
      await forget("/api/v1/users");
      toast(`${values.name} may sign in now`);
      onClose();
    },
  });
  const { control } = form;
  return (
    <Dialog title="Add a user" isOpen onClose={onClose}>
      <DialogForm
        label="Add a user"
        problem={problem}
        onSubmit={submit}
        footer={
          <>
            <Button onPress={onClose}>Cancel</Button>
            <Button type="submit" variant="primary" isBusy={isBusy}>
              Add the user
            </Button>
          </>
        }
      >
        <TextField control={control} name="name" label="Name" autoFocus />
        <TextField control={control} name="email" label="E-mail" type="email" />
        <ChecksField control={control} name="roles" label="Roles" options={ROLE_OPTIONS} />
        <TextField
          control={control}
          name="password"
          label="First password"
          type="password"
          autoComplete="new-password"
          help="At least 12 characters; a sentence is easier to type than signs."
        />
      </DialogForm>
    </Dialog>
  );
}
