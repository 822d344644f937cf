/** One thing among very many: typed by any scrap, found by the server, chosen by arrows. */

import { ChevronsUpDown, Search } from "lucide-react";
import { type ReactElement, useEffect, useState } from "react";
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
} from "react-aria-components";
import { usePaused } from "@/lib/paused";

const PAUSE_MS = 120;

export interface Findable {
  id: string;
  text: string;
  /** What tells it from its like, greyed. */
  note?: string | null | undefined;
}

interface FindPickProps {
  label: string;
  /** What stands in the field before one is chosen: "Find the account". */
  ask: string;
  /** What may be typed: "Number, name or address". */
  scraps: string;
  chosen: Findable | null;
  items: readonly Findable[];
  /** Hears what was typed, once it rests. */
  onWords: (words: string) => void;
  onChange: (id: string) => void;
  error?: string | undefined;
}

export function FindPick(props: FindPickProps): ReactElement {
  const { chosen, onWords, error } = props;
  const [typed, setTyped] = useState("");
  const words = usePaused(typed.trim(), PAUSE_MS);
  useEffect(() => onWords(words), [words, onWords]);
  return (
    <Select
      className="field wide"
      value={chosen?.id ?? null}
      onChange={(id) => props.onChange(String(id))}
      isInvalid={error !== undefined}
      validationBehavior="aria"
    >
      <Label>{props.label}</Label>
      <Button className="select-button">
        <SelectValue className={chosen ? "truncate chosen" : "truncate"}>
          {() => chosen?.text ?? props.ask}
        </SelectValue>
        <ChevronsUpDown aria-hidden />
      </Button>
      <FieldError className="field-error">{error}</FieldError>
      <Popover className="popover" offset={4}>
        <Autocomplete inputValue={typed} onInputChange={setTyped}>
          <SearchField className="grid-filter pad" aria-label={props.scraps} autoFocus>
            <Search aria-hidden />
            <Input className="input" placeholder={props.scraps} maxLength={200} />
          </SearchField>
          <ListBox
            className="listbox"
            items={props.items}
            aria-label={props.label}
            renderEmptyState={() => <p className="muted pad">Nothing found.</p>}
          >
            {(item) => (
              <ListBoxItem className="menu-item" id={item.id} textValue={item.text}>
                <span className="grow truncate">
                  {item.text} {item.note ? <span className="muted">{item.note}</span> : null}
                </span>
              </ListBoxItem>
            )}
          </ListBox>
        </Autocomplete>
      </Popover>
    </Select>
  );
}
