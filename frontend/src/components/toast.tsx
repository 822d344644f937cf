import { CircleAlert, CircleCheck, X } from "lucide-react";
import { type ReactElement, useSyncExternalStore } from "react";
import { asProblem } from "@/api/problem";
import { IconButton } from "./button";

interface Note {
  id: number;
  tone: "ok" | "danger";
  text: string;
  detail?: string;
}

const SHOWN_MS = 6000;
let notes: readonly Note[] = [];
let next = 1;
const listeners = new Set<() => void>();

function put(change: readonly Note[]): void {
  notes = change;
  for (const listener of listeners) listener();
}

function dismiss(id: number): void {
  put(notes.filter((note) => note.id !== id));
}

/** Says that something is done. It leaves by itself. */
export function toast(text: string): void {
  const id = next++;
  put([...notes, { id, tone: "ok", text }].slice(-4) as Note[]);
  setTimeout(() => dismiss(id), SHOWN_MS);
}

/** Says that something failed. It stays until it is read. */
export function toastProblem(error: unknown): void {
  const { title, detail } = asProblem(error);
  put([...notes, { id: next++, tone: "danger", text: title, detail }].slice(-4) as Note[]);
}

/** The one live region of the house for results. */
export function Toasts(): ReactElement {
  const shown = useSyncExternalStore(
    (changed) => {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
    () => notes,
  );
  return (
    <section className="toasts" aria-label="Notifications" aria-live="polite">
      {shown.map((note) => (
        <div key={note.id} className={`toast ${note.tone}`}>
          {note.tone === "ok" ? <CircleCheck aria-hidden /> : <CircleAlert aria-hidden />}
          <div className="grow">
            {note.text}
            {note.detail ? <div className="muted small">{note.detail}</div> : null}
          </div>
          <IconButton label="Dismiss" onPress={() => dismiss(note.id)}>
            <X aria-hidden />
          </IconButton>
        </div>
      ))}
    </section>
  );
}
