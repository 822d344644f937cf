import { parseDate } from "@internationalized/date";
import type { ReactElement } from "react";
import {
  DateField as AriaDateField,
  DateInput,
  DateSegment,
  FieldError,
  Label,
  Text,
} from "react-aria-components";
import { type FieldValues, useController } from "react-hook-form";
import { cx } from "@/lib/words";
import type { FieldProps } from "./fields";

/** A civil day, typed segment by segment: 11222026. Holds `YYYY-MM-DD` or an empty string. */
export function DayField<Values extends FieldValues>(props: FieldProps<Values>): ReactElement {
  const { control, name, label, help, wide, ...rest } = props;
  const { field, fieldState } = useController({ control, name });
  const value = /^\d{4}-\d{2}-\d{2}$/.test(field.value ?? "") ? parseDate(field.value) : null;
  return (
    <AriaDateField
      {...rest}
      className={cx("field", wide && "wide")}
      granularity="day"
      value={value}
      onChange={(day) => field.onChange(day ? day.toString() : "")}
      onBlur={field.onBlur}
      isInvalid={fieldState.invalid}
      validationBehavior="aria"
      shouldForceLeadingZeros
    >
      <Label>{label}</Label>
      <DateInput className="date-input segments">
        {(segment) => <DateSegment className="segment" segment={segment} />}
      </DateInput>
      {help && !fieldState.invalid ? (
        <Text slot="description" className="help">
          {help}
        </Text>
      ) : null}
      <FieldError className="field-error">{fieldState.error?.message}</FieldError>
    </AriaDateField>
  );
}
