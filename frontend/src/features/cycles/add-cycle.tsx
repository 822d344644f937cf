import { useRouter } from "@tanstack/react-router";
import { type ReactElement, useState } from "react";
import { z } from "zod";
import { client } from "@/api/client";
import { useForget } from "@/api/session";
import { Button } from "@/components/button";
import { Dialog } from "@/components/dialog";
import { DialogForm, SelectField, TextField, useAppForm } from "@/components/form";
import { uuid7 } from "@/lib/ids";

const request = z.object({
  code: z.string().trim().min(1, "Give it a code, such as C5").max(20),
  name: z.string().trim().min(1, "Give it a name").max(120),
  frequency: z.enum(["monthly", "bimonthly", "quarterly"]),
});

/** Sets up a cycle; its calendar and accounts follow on its page. */
export default function AddCycle({ onClose }: { onClose: () => void }): ReactElement {
  const [id] = useState(uuid7);
  const router = useRouter();
  const forget = useForget();
  const { form, problem, submit, isBusy } = useAppForm({
    schema: request,
    defaults: { code: "", name: "", frequency: "monthly" },
    onSubmit: async (values) => {
      await client.POST("/api/v1/cycles", { body: { id, ...values } });
      await forget("/api/v1/cycles");
      onClose();
      router.history.push(`/cycles/${id}`);
    },
  });
  return (
    <Dialog title="Add a cycle" isOpen onClose={onClose}>
      <DialogForm
        label="Add a cycle"
        problem={problem}
        onSubmit={submit}
        footer={
          <>
            <Button onPress={onClose}>Cancel</Button>
            <Button type="submit" variant="primary" isBusy={isBusy}>
              Add the cycle
            </Button>
          </>
        }
      >
        <TextField control={form.control} name="code" label="Code" autoFocus />
        <TextField control={form.control} name="name" label="Name" />
        <SelectField
          control={form.control}
          name="frequency"
          label="Bills"
          options={[
            ["monthly", "Every month"],
            ["bimonthly", "Every two months"],
            ["quarterly", "Every three months"],
          ]}
        />
      </DialogForm>
    </Dialog>
  );
}
