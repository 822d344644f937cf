/** What is typed of a form, kept in this browser until it is sent: it survives a crash. */

import { del, get, set } from "idb-keyval";
import { type ReactElement, useEffect, useRef, useState } from "react";
import type { FieldValues, UseFormReturn } from "react-hook-form";
import { usePerson } from "@/api/session";
import { Banner } from "../banner";
import { Button } from "../button";
import { Moment } from "../figures";

const PAUSE_MS = 300;

interface Kept<Values> {
  at: string;
  values: Values;
}

export interface FormDraft {
  /** When what came back was typed; null when nothing came back. */
  restoredAt: string | null;
  /** The form was sent: nothing of it is kept any more. */
  sent: () => void;
  /** Forgets it and empties the form. */
  startAfresh: () => void;
}

/**
 * Keeps a form's values under this person and name, 300 ms after the last key, and puts them back
 * when the form opens again. Without a name nothing is kept (passwords).
 */
export function useFormDraft<Values extends FieldValues, Read>(
  form: UseFormReturn<Values, unknown, Read>,
  name: string | undefined,
): FormDraft {
  const person = usePerson();
  const key = name && person ? `form:${person}:${name}` : null;
  const [restoredAt, setRestoredAt] = useState<string | null>(null);
  const isSent = useRef(false);

  useEffect(() => {
    if (key === null) return;
    let isHere = true;
    const open = (kept: Kept<Values> | undefined) => {
      if (!isHere || !kept || form.formState.isDirty) return;
      form.reset(kept.values, { keepDefaultValues: true });
      setRestoredAt(kept.at);
    };
    // A browser that keeps nothing (private windows) still lets the form be typed and sent.
    get<Kept<Values>>(key).then(open, () => {});
    return () => {
      isHere = false;
    };
  }, [key, form]);

  useEffect(() => {
    if (key === null) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const unsubscribe = form.subscribe({
      formState: { values: true, isDirty: true },
      callback: ({ values, isDirty }) => {
        clearTimeout(timer);
        if (!isDirty || isSent.current) return;
        const kept = { at: new Date().toISOString(), values };
        timer = setTimeout(() => void set(key, kept).catch(() => {}), PAUSE_MS);
      },
    });
    return () => {
      clearTimeout(timer);
      unsubscribe();
    };
  }, [key, form]);

  const forget = () => {
    setRestoredAt(null);
    if (key !== null) void del(key).catch(() => {});
  };
  const sent = () => {
    isSent.current = true;
    forget();
  };
  const startAfresh = () => {
    form.reset();
    forget();
  };
  return { restoredAt, sent, startAfresh };
}

/** Says that a form holds what was typed earlier, and lets it go. */
export function DraftNote({ draft }: { draft: FormDraft }): ReactElement | null {
  if (draft.restoredAt === null) return null;
  const title = (
    <>
      What you typed on <Moment at={draft.restoredAt} /> is back
    </>
  );
  return (
    <Banner tone="info" title={title}>
      <Button small variant="quiet" onPress={draft.startAfresh}>
        Start afresh
      </Button>
    </Banner>
  );
}
