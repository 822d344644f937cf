import { Check } from "lucide-react";
import type { ReactElement } from "react";
import { Checkbox, CheckboxGroup, FieldError, Label } from "react-aria-components";
import { type FieldValues, useController } from "react-hook-form";
import { cx } from "@/lib/words";
import type { FieldProps } from "./fields";
import type { Option } from "./pick";

interface ChecksFieldProps<Values extends FieldValues> extends FieldProps<Values> {
  options: readonly Option[];
}

/** Several of a few, all of them visible. */
export function ChecksField<Values extends FieldValues>(
  props: ChecksFieldProps<Values>,
): ReactElement {
  const { control, name, label, options, wide } = props;
  const { field, fieldState } = useController({ control, name });
  return (
    <CheckboxGroup
      className={cx("field", wide && "wide")}
      value={field.value ?? []}
      onChange={field.onChange}
      onBlur={field.onBlur}
      isInvalid={fieldState.invalid}
      validationBehavior="aria"
    >
      <Label>{label}</Label>
      <div className="checks">
        {options.map(([id, text]) => (
          <Tick key={id} value={id} text={text} />
        ))}
      </div>
      <FieldError className="field-error">{fieldState.error?.message}</FieldError>
    </CheckboxGroup>
  );
}

/** One box with its word, inside a group. */
function Tick({ value, text }: { value: string; text: string }): ReactElement {
  return (
    <Checkbox className="check" value={value}>
      {({ isSelected }) => (
        <>
          <span className="box">{isSelected ? <Check aria-hidden /> : null}</span>
          {text}
        </>
      )}
    </Checkbox>
  );
}

interface CheckFieldProps<Values extends FieldValues> extends Omit<FieldProps<Values>, "help"> {}

/** Yes or no. */
export function CheckField<Values extends FieldValues>(
  props: CheckFieldProps<Values>,
): ReactElement {
  const { control, name, label, wide, isDisabled } = props;
  const { field } = useController({ control, name });
  return (
    <Checkbox
      className={cx("check", wide && "wide")}
      isSelected={Boolean(field.value)}
      onChange={field.onChange}
      onBlur={field.onBlur}
      isDisabled={isDisabled ?? false}
    >
      {({ isSelected }) => (
        <>
          <span className="box">{isSelected ? <Check aria-hidden /> : null}</span>
          {label}
        </>
      )}
    </Checkbox>
  );
}
