import type { ReactElement } from "react";
import { type FieldValues, useController } from "react-hook-form";
import type { FieldProps } from "./fields";
import { type Option, Pick } from "./pick";

interface SelectFieldProps<Values extends FieldValues> extends FieldProps<Values> {
  options: readonly Option[];
}

export function SelectField<Values extends FieldValues>(
  props: SelectFieldProps<Values>,
): ReactElement {
  const { control, name, label, options, isDisabled, wide } = props;
  const { field, fieldState } = useController({ control, name });
  return (
    <Pick
      label={label}
      value={field.value || null}
      options={options}
      onChange={field.onChange}
      onBlur={field.onBlur}
      isInvalid={fieldState.invalid}
      error={fieldState.error?.message}
      isDisabled={isDisabled ?? false}
      wide={wide ?? false}
    />
  );
}
