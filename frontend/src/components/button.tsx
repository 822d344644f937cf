import type { ReactElement, ReactNode } from "react";
import {
  Button as AriaButton,
  type ButtonProps as AriaButtonProps,
  ToggleButton,
  ToggleButtonGroup,
  Tooltip,
  TooltipTrigger,
} from "react-aria-components";
import { cx } from "@/lib/words";

interface ButtonProps extends Omit<AriaButtonProps, "className" | "children" | "isPending"> {
  variant?: "primary" | "danger" | "quiet";
  small?: boolean;
  /** The act is on its way: a second press does nothing, and the focus stays where it is. */
  isBusy?: boolean;
  children: ReactNode;
}

/** A button says what it does; the one primary button of a view is its next step. */
export function Button({ variant, small, isBusy, children, ...rest }: ButtonProps): ReactElement {
  const press = isBusy ? { onPress: () => {} } : {};
  return (
    <AriaButton
      {...rest}
      {...press}
      className={cx("btn", variant, small && "small")}
      data-busy={isBusy || undefined}
    >
      {children}
    </AriaButton>
  );
}

interface IconButtonProps extends Omit<AriaButtonProps, "className" | "children" | "aria-label"> {
  label: string;
  variant?: "quiet";
  children: ReactNode;
}

/** An icon alone, only in toolbars: its name is its tooltip. */
export function IconButton({
  label,
  variant = "quiet",
  children,
  ...rest
}: IconButtonProps): ReactElement {
  return (
    <TooltipTrigger delay={400}>
      <AriaButton {...rest} aria-label={label} className={cx("btn icon", variant)}>
        {children}
      </AriaButton>
      <Tooltip className="tooltip" offset={6}>
        {label}
      </Tooltip>
    </TooltipTrigger>
  );
}

interface ChoiceProps<Value extends string> {
  label: string;
  value: Value;
  options: readonly (readonly [Value, string])[];
  onChange: (value: Value) => void;
}

/** One of a few, all of them visible. */
export function Choice<Value extends string>({
  label,
  value,
  options,
  onChange,
}: ChoiceProps<Value>): ReactElement {
  return (
    <ToggleButtonGroup
      aria-label={label}
      className="toggles"
      disallowEmptySelection
      selectedKeys={[value]}
      onSelectionChange={(keys) => {
        const chosen = options.find(([id]) => keys.has(id));
        if (chosen) onChange(chosen[0]);
      }}
    >
      {options.map(([id, text]) => (
        <ToggleButton key={id} id={id} className="toggle">
          {text}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
