/** Fields of the draft form: each knows its place in the body and shows the mistakes found there. */

import { createContext, type ReactElement, useContext } from "react";
import { TextField as AriaTextField, FieldError, Input, Label } from "react-aria-components";
import type { Schema } from "@/api/client";
import { type Option, Pick } from "@/components/form";
import { type Body, type Json, type Path, pointerOf, textAt, valueAt } from "./body";

export interface Draft {
  body: Body;
  mistakes: readonly Schema<"MistakeOut">[];
  groups: readonly Schema<"ChargeGroupOut">[];
  set: (path: Path, value: Json | undefined) => void;
}

const DraftContext = createContext<Draft | null>(null);
export const DraftProvider = DraftContext.Provider;

export function useDraft(): Draft {
  const draft = useContext(DraftContext);
  if (!draft) throw new Error("useDraft is only for the draft form");
  return draft;
}

/** What is wrong at a place or below it. */
export function mistakeAt(mistakes: Draft["mistakes"], path: Path): string | undefined {
  const pointer = pointerOf(path);
  return mistakes.find((one) => one.pointer === pointer || one.pointer.startsWith(`${pointer}/`))
    ?.reason;
}

interface PlaceProps {
  path: Path;
  label: string;
  isNumber?: boolean;
  hideLabel?: boolean;
}

/** Text or a number, kept as text so that it stays exact; empty takes the place away. */
export function PlaceField({ path, label, isNumber, hideLabel }: PlaceProps): ReactElement {
  const { body, mistakes, set } = useDraft();
  const mistake = mistakeAt(mistakes, path);
  return (
    <AriaTextField
      className="field"
      value={textAt(body, path)}
      onChange={(text) => set(path, text === "" ? undefined : text)}
      isInvalid={mistake !== undefined}
      validationBehavior="aria"
      {...(hideLabel ? { "aria-label": label } : {})}
    >
      {hideLabel ? null : <Label>{label}</Label>}
      <Input
        className={isNumber ? "input amount" : "input"}
        inputMode={isNumber ? "decimal" : "text"}
      />
      <FieldError className="field-error">{mistake}</FieldError>
    </AriaTextField>
  );
}

interface PlacePickProps extends PlaceProps {
  options: readonly Option[];
  /** What stands when the body says nothing. */
  initial?: string;
}

export function PlacePick(props: PlacePickProps): ReactElement {
  const { body, mistakes, set } = useDraft();
  const mistake = mistakeAt(mistakes, props.path);
  return (
    <Pick
      label={props.label}
      value={textAt(body, props.path) || (props.initial ?? null)}
      options={props.options}
      onChange={(id) => set(props.path, id)}
      isInvalid={mistake !== undefined}
      error={mistake}
    />
  );
}

/** What the form has no fields for stands as it is; the file text can change it. */
export function Untouched({ path, label }: { path: Path; label: string }): ReactElement | null {
  const { body } = useDraft();
  const value = valueAt(body, path);
  if (value === undefined || value === null) return null;
  return (
    <p className="help untouched">
      {label}: <code>{JSON.stringify(value)}</code> is a formula; change it in the file text.
    </p>
  );
}
