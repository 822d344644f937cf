import { type ReactElement, useState } from "react";
import { z } from "zod";
import { client, type Schema } from "@/api/client";
import { fetchWindow, listUrl } from "@/api/lists";
import { asProblem } from "@/api/problem";
import { useForget } from "@/api/session";
import { Button } from "@/components/button";
import { ConflictSheet, differences } from "@/components/conflict";
import { Dialog } from "@/components/dialog";
import { CheckField, ChecksField, DialogForm, TextField, useAppForm } from "@/components/form";
import { toast, toastProblem } from "@/components/toast";
import { name, ROLE_OPTIONS, roles } from "./roles";

type User = Schema<"UserOut">;
const change = z.object({ name, roles, disabled: z.boolean() }) satisfies z.ZodType<
  Omit<Schema<"UserChange">, "password">
>;
type Change = z.infer<typeof change>;
const LABELS = { name: "Name", roles: "Roles", disabled: "Shut out" };

const fieldsOf = (user: User): Change => ({
  name: user.name,
  roles: user.roles,
  disabled: user.disabled_at !== null,
});

export function ChangeUser({ user, onClose }: { user: User; onClose: () => void }): ReactElement {
  const forget = useForget();
  const [conflict, setConflict] = useState<{ now: User; mine: Change } | null>(null);

  async function save(values: Change, version: number): Promise<void> {
    const params = { path: { user_id: user.id }, header: { "if-match": `"${version}"` } };
    await client.PATCH("/api/v1/users/{user_id}", { params, body: values });
    await forget("/api/v1/users");
    toast(`${values.name} is changed`);
    onClose();
  }
  const { form, problem, submit, isBusy } = useAppForm({
    schema: change,
    defaults: fieldsOf(user),
    onSubmit: async (values) => {
      try {
        await save(values, user.version);
      } catch (error) {
        if (asProblem(error).status !== 412) throw error;
        const url = listUrl("/api/v1/users", {}, { q: user.email, limit: 50 });
        const { items } = await fetchWindow<User>(url, new AbortController().signal);
        const now = items.find(({ id }) => id === user.id);
        if (!now) throw error;
        setConflict({ now, mine: values });
      }
    },
  });
  if (conflict) {
    return (
      <ConflictSheet
        differences={differences(LABELS, fieldsOf(user), fieldsOf(conflict.now), conflict.mine)}
        onTheirs={() => void forget("/api/v1/users").then(onClose)}
        onMine={() => void save(conflict.mine, conflict.now.version).catch(toastProblem)}
      />
    );
  }
  const { control } = form;
  return (
    <Dialog title={user.name} isOpen onClose={onClose}>
      <DialogForm
        label={`Change ${user.name}`}
        problem={problem}
        onSubmit={submit}
        footer={
          <>
            <Button onPress={onClose}>Cancel</Button>
            <Button type="submit" variant="primary" isBusy={isBusy}>
              Save
            </Button>
          </>
        }
      >
        <p className="muted">{user.email}</p>
        <TextField control={control} name="name" label="Name" autoFocus />
        <ChecksField control={control} name="roles" label="Roles" options={ROLE_OPTIONS} />
        <CheckField control={control} name="disabled" label="Shut out: may no longer sign in" />
      </DialogForm>
    </Dialog>
  );
}
