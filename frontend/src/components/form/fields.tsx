/** Fields for react-hook-form: label above, help or error below. */

import type { ReactElement, ReactNode } from "react";
import {
  TextField as AriaTextField,
  FieldError,
  Input,
  Label,
  Text,
  TextArea,
} from "react-aria-components";
import { type Control, type FieldPath, type FieldValues, useController } from "react-hook-form";
import { cx } from "@/lib/words";

// A field knows what is typed, not what the form's schema makes of it.
// biome-ignore lint/suspicious/noExplicitAny: see above
type FormControl<Values extends FieldValues> = Control<Values, any, any>;

export interface FieldProps<Values extends FieldValues> {
  control: FormControl<Values>;
  name: FieldPath<Values>;
  label: string;
  help?: ReactNode;
  autoFocus?: boolean;
  isDisabled?: boolean;
  wide?: boolean;
}

interface TextFieldProps<Values extends FieldValues> extends FieldProps<Values> {
  type?: "text" | "email" | "password" | "search" | "tel";
  autoComplete?: string;
  multiline?: boolean;
  inputMode?: "text" | "numeric" | "decimal";
  className?: string;
  before?: string;
}

/** Text as it is typed; the schema of the form reads it. */
export function TextField<Values extends FieldValues>(props: TextFieldProps<Values>): ReactElement {
  const { control, name, label, help, multiline, wide, before, className, ...rest } = props;
  const { field, fieldState } = useController({ control, name });
  const shared = { ref: field.ref, className: cx("input", className) };
  const input = multiline ? <TextArea {...shared} rows={3} /> : <Input {...shared} />;
  return (
    <AriaTextField
      {...rest}
      className={cx("field", wide && "wide")}
      value={field.value ?? ""}
      onChange={field.onChange}
      onBlur={field.onBlur}
      isInvalid={fieldState.invalid}
      validationBehavior="aria"
    >
      <Label>{label}</Label>
      {before ? (
        <div className="affix">
          <span className="before" aria-hidden="true">
            {before}
          </span>
          {input}
        </div>
      ) : (
        input
      )}
      {help && !fieldState.invalid ? (
        <Text slot="description" className="help">
          {help}
        </Text>
      ) : null}
      <FieldError className="field-error">{fieldState.error?.message}</FieldError>
    </AriaTextField>
  );
}

/** Dollars, read by `parseDollars` in the form's schema. */
export function AmountField<Values extends FieldValues>(props: FieldProps<Values>): ReactElement {
  return <TextField {...props} inputMode="decimal" className="amount" before="$" />;
}
