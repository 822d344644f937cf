/** A contact note, written beside the page it is about: nothing of the page is covered. */

import { type KeyboardEvent, type ReactElement, useState } from "react";
import { z } from "zod";
import { client, type Schema } from "@/api/client";
import { useForget } from "@/api/session";
import { Button, Choice } from "@/components/button";
import { Form, TextField, useAppForm } from "@/components/form";
import { toast } from "@/components/toast";
import { uuid7 } from "@/lib/ids";
import { NOTE_KINDS, TIMELINE_PATH, type TimelineRow } from "./kinds";

const schema = z.object({
  kind: z.enum(["call", "counter", "letter", "email", "field"]),
  text: z.string().trim().min(1, "Type what was said").max(4000),
}) satisfies z.ZodType<Pick<Schema<"ContactNoteRequest">, "kind" | "text">>;

interface NoteFormProps {
  accountId: string;
  /** The note that this one corrects. */
  corrects: TimelineRow | null;
  onClose: () => void;
}

export function NoteForm({ accountId, corrects, onClose }: NoteFormProps): ReactElement {
  const [id] = useState(uuid7);
  const forget = useForget();
  const { form, problem, draft, submit, isBusy } = useAppForm({
    schema,
    defaults: { kind: "call", text: corrects?.detail ?? "" },
    // The customer will not say it twice.
    ...(corrects ? {} : { draft: `note:${accountId}` }),
    onSubmit: async ({ kind, text }) => {
      await client.POST("/api/v1/accounts/{account_id}/notes", {
        params: { path: { account_id: accountId } },
        body: { id, kind, text, corrects_id: corrects?.id ?? null },
      });
      await forget(TIMELINE_PATH, "/api/v1/contact-notes");
      toast("The note is kept");
      onClose();
    },
  });
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) submit();
    if (event.key === "Escape" && !event.defaultPrevented) onClose();
  };
  return (
    <Form
      label={corrects ? "Correct a note" : "Write a note"}
      className="note-form"
      problem={problem}
      draft={draft}
      onSubmit={submit}
      onKeyDown={onKeyDown}
    >
      <TextField
        control={form.control}
        name="text"
        label={corrects ? "What it should say" : "What was said"}
        multiline
        wide
        autoFocus
      />
      <div className="row wrap">
        <Choice
          label="How you spoke"
          value={form.watch("kind")}
          options={NOTE_KINDS}
          onChange={(kind) => form.setValue("kind", kind, { shouldDirty: true })}
        />
        <span className="grow" />
        <Button small onPress={onClose}>
          Cancel
        </Button>
        <Button small type="submit" variant="primary" isBusy={isBusy}>
          {corrects ? "Add the correction" : "Keep the note"}
        </Button>
      </div>
    </Form>
  );
}
