import { Check, ChevronsUpDown, Search } from "lucide-react";
import type { ReactElement } from "react";
import {
  Autocomplete,
  Button,
  FieldError,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  SearchField,
  Select,
  SelectValue,
  useFilter,
} from "react-aria-components";
import { cx } from "@/lib/words";

export type Option = readonly [id: string, text: string];

interface PickProps {
  label: string;
  value: string | null;
  options: readonly Option[];
  onChange: (id: string) => void;
  onBlur?: () => void;
  error?: string | undefined;
  isInvalid?: boolean;
  isDisabled?: boolean;
  placeholder?: string;
  hideLabel?: boolean;
  wide?: boolean;
}

const SEARCH_FROM = 9;

/**
 * One of several. From nine options on, the list has its own search: a Select with an Autocomplete
 * inside, never a ComboBox, whose open list hides the page from screen readers but not from focus.
 */
export function Pick(props: PickProps): ReactElement {
  const { label, options, hideLabel, error } = props;
  const { contains } = useFilter({ sensitivity: "base" });
  const list = (
    <ListBox className="listbox" items={options.map(([id, text]) => ({ id, text }))}>
      {(option) => (
        <ListBoxItem className="menu-item" id={option.id} textValue={option.text}>
          <span className="grow">{option.text}</span>
          <Check className="tick" aria-hidden />
        </ListBoxItem>
      )}
    </ListBox>
  );
  return (
    <Select
      className={cx("field", props.wide && "wide")}
      value={props.value}
      onChange={(key) => props.onChange(String(key))}
      onBlur={props.onBlur ?? (() => {})}
      isInvalid={props.isInvalid ?? false}
      isDisabled={props.isDisabled ?? false}
      placeholder={props.placeholder ?? "Choose"}
      validationBehavior="aria"
      {...(hideLabel ? { "aria-label": label } : {})}
    >
      {hideLabel ? null : <Label>{label}</Label>}
      <Button className="select-button">
        <SelectValue className="truncate" />
        <ChevronsUpDown aria-hidden />
      </Button>
      <FieldError className="field-error">{error}</FieldError>
      <Popover className="popover" offset={4}>
        {options.length < SEARCH_FROM ? (
          list
        ) : (
          <Autocomplete filter={contains}>
            <SearchField className="grid-filter pad" aria-label={`Search ${label}`} autoFocus>
              <Search aria-hidden />
              <Input className="input" />
            </SearchField>
            {list}
          </Autocomplete>
        )}
      </Popover>
    </Select>
  );
}

const ANY = "any";

interface FilterPickProps {
  label: string;
  value: string | undefined;
  options: readonly Option[];
  onChange: (value: string | undefined) => void;
}

/** A filter of a list, beside its search field; "Any" takes it out of the address. */
export function FilterPick({ label, value, options, onChange }: FilterPickProps): ReactElement {
  return (
    <div className="filter-pick">
      <Pick
        label={label}
        hideLabel
        value={value ?? ANY}
        options={[[ANY, `Any ${label.toLowerCase()}`], ...options]}
        onChange={(id) => onChange(id === ANY ? undefined : id)}
      />
    </div>
  );
}
