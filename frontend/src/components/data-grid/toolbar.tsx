import { Columns3, Search } from "lucide-react";
import {
  type ReactElement,
  type ReactNode,
  type RefObject,
  useEffect,
  useRef,
  useState,
} from "react";
import { Button as AriaButton } from "react-aria-components";
import { formatCount } from "@/lib/units";
import { Menu, MenuChoice } from "../menu";
import type { Column } from "./columns";
import { Export } from "./export";
import { Views } from "./views";

interface ToolbarProps<Row> {
  /** The list, as its views and columns are kept. */
  name: string;
  label: string;
  /** What one row is: `account`. */
  noun: readonly [one: string, many: string];
  q: string | undefined;
  onSearch: ((q: string | undefined) => void) | null;
  filters: ReactNode;
  columns: readonly Column<Row>[];
  shown: readonly string[];
  onShown: (ids: string[]) => void;
  total: number | null;
  path: string;
  exportUrl: string;
  filterRef: RefObject<HTMLInputElement | null>;
  onDown: () => void;
}

const PAUSE_MS = 180;

export function Toolbar<Row>(props: ToolbarProps<Row>): ReactElement {
  const { noun, total } = props;
  return (
    <div className="grid-toolbar">
      {props.onSearch ? (
        <Filter
          label={`Filter ${noun[1]}`}
          q={props.q ?? ""}
          inputRef={props.filterRef}
          onSearch={props.onSearch}
          onDown={props.onDown}
        />
      ) : null}
      {props.filters}
      <span className="grid-count" aria-live="polite">
        {total === null ? "" : `${formatCount(total)} ${total === 1 ? noun[0] : noun[1]}`}
      </span>
      <Views list={props.name} />
      <Menu
        label="Columns"
        trigger={
          <AriaButton className="btn quiet small">
            <Columns3 aria-hidden /> Columns
          </AriaButton>
        }
      >
        <MenuChoice
          title="Show"
          mode="multiple"
          selected={props.shown}
          options={props.columns.map((column) => [column.id, column.header] as const)}
          onChange={(ids) => {
            if (ids.size > 0)
              props.onShown(props.columns.map((c) => c.id).filter((id) => ids.has(id)));
          }}
        />
      </Menu>
      <Export path={props.path} url={props.exportUrl} />
    </div>
  );
}

interface FilterProps {
  label: string;
  q: string;
  inputRef: RefObject<HTMLInputElement | null>;
  onSearch: (q: string | undefined) => void;
  onDown: () => void;
}

/** Search within the list; the address follows after a short pause in typing. */
function Filter({ label, q, inputRef, onSearch, onDown }: FilterProps): ReactElement {
  const [text, setText] = useState(q);
  const sent = useRef(q);
  useEffect(() => {
    if (q !== sent.current) {
      sent.current = q;
      setText(q);
    }
  }, [q]);
  useEffect(() => {
    if (text === sent.current) return;
    const timer = setTimeout(() => {
      sent.current = text;
      onSearch(text || undefined);
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, onSearch]);
  return (
    <div className="grid-filter">
      <Search aria-hidden />
      <input
        ref={inputRef}
        className="input"
        type="search"
        aria-label={label}
        placeholder={label}
        value={text}
        maxLength={200}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "ArrowDown" || event.key === "Enter") {
            event.preventDefault();
            onDown();
          }
        }}
      />
    </div>
  );
}
