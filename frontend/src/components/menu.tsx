import { Check } from "lucide-react";
import type { ReactElement, ReactNode } from "react";
import {
  Menu as AriaMenu,
  MenuItem as AriaMenuItem,
  Header,
  MenuSection,
  MenuTrigger,
  Popover,
  type Selection,
} from "react-aria-components";

interface MenuProps {
  trigger: ReactNode;
  label: string;
  onAction?: (key: string) => void;
  children: ReactNode;
}

export function Menu({ trigger, label, onAction, children }: MenuProps): ReactElement {
  return (
    <MenuTrigger>
      {trigger}
      <Popover className="popover" placement="bottom end" offset={4}>
        <AriaMenu className="menu" aria-label={label} onAction={(key) => onAction?.(String(key))}>
          {children}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}

interface MenuItemProps {
  id: string;
  href?: string;
  isDisabled?: boolean;
  text: string;
  children: ReactNode;
}

export function MenuItem({ id, text, children, ...rest }: MenuItemProps): ReactElement {
  return (
    <AriaMenuItem className="menu-item" id={id} textValue={text} {...rest}>
      {children}
    </AriaMenuItem>
  );
}

interface MenuChoiceProps {
  title: string;
  mode: "single" | "multiple";
  selected: Iterable<string>;
  options: readonly (readonly [string, string])[];
  onChange: (selected: Set<string>) => void;
}

/** A group of options inside a menu, with ticks. */
export function MenuChoice(props: MenuChoiceProps): ReactElement {
  return (
    <MenuSection
      selectionMode={props.mode}
      selectedKeys={props.selected}
      disallowEmptySelection={props.mode === "single"}
      onSelectionChange={(keys: Selection) => {
        const all = props.options.map(([id]) => id);
        props.onChange(new Set(keys === "all" ? all : [...keys].map(String)));
      }}
    >
      <Header className="menu-head">{props.title}</Header>
      {props.options.map(([id, text]) => (
        <AriaMenuItem key={id} className="menu-item" id={id} textValue={text}>
          <Check className="tick" aria-hidden />
          <span className="grow">{text}</span>
        </AriaMenuItem>
      ))}
    </MenuSection>
  );
}
