/** Acts that change the books: the effect is said before the button, the reason is kept. */

import { type ReactElement, type ReactNode, useState } from "react";
import { z } from "zod";
import { Button } from "./button";
import { Dialog, Effect } from "./dialog";
import { DialogForm, TextField, useAppForm } from "./form";

interface ActProps {
  title: string;
  /** The button says the act and its size: "Post 12,480 bills". */
  button: string;
  isDangerous?: boolean;
  effect?: readonly { label: string; value: ReactNode; total?: boolean }[];
  children?: ReactNode;
  /** Asks for a reason of at least this many characters. */
  reason?: { label: string; min: number; max?: number };
  /** The largest acts ask for a number to be typed, so that nobody posts by reflex. */
  typed?: { label: string; value: string };
  onAct: (reason: string) => Promise<unknown>;
  onClose: () => void;
}

export function ActDialog(props: ActProps): ReactElement {
  const { title, button, effect, reason, typed, onAct, onClose } = props;
  const [schema] = useState(() =>
    z.object({
      reason: reason
        ? z
            .string()
            .trim()
            .min(reason.min, `At least ${reason.min} characters: others will read it`)
            .max(reason.max ?? 500)
        : z.string(),
      typed: z
        .string()
        .refine((text) => !typed || text.replaceAll(",", "").trim() === typed.value, {
          message: `Type ${typed?.value ?? ""} to go on`,
        }),
    }),
  );
  const { form, problem, submit, isBusy } = useAppForm({
    schema,
    defaults: { reason: "", typed: "" },
    onSubmit: async (values) => {
      await onAct(values.reason);
      onClose();
    },
  });
  return (
    <Dialog title={title} isOpen onClose={onClose}>
      <DialogForm
        label={title}
        problem={problem}
        onSubmit={submit}
        footer={
          <>
            <Button onPress={onClose}>Cancel</Button>
            <Button
              type="submit"
              variant={props.isDangerous ? "danger" : "primary"}
              isBusy={isBusy}
              autoFocus={!reason && !typed}
            >
              {button}
            </Button>
          </>
        }
      >
        {props.children}
        {effect ? <Effect lines={effect} /> : null}
        {reason ? (
          // One line, so that Enter acts: most of these are typed all day long.
          <TextField control={form.control} name="reason" label={reason.label} autoFocus />
        ) : null}
        {typed ? (
          <TextField control={form.control} name="typed" label={typed.label} inputMode="numeric" />
        ) : null}
      </DialogForm>
    </Dialog>
  );
}
