import type { ReactElement, ReactNode } from "react";
import { formatCount } from "@/lib/units";
import { Button } from "../button";

interface SelectionBarProps {
  selected: number;
  total: number;
  all: boolean;
  noun: readonly [one: string, many: string];
  onAll: () => void;
  onClear: () => void;
  children: ReactNode;
}

/** Appears with a selection; "all that match" sends the filter, not the ids. */
export function SelectionBar(props: SelectionBarProps): ReactElement {
  const { selected, total, noun } = props;
  return (
    <div className="grid-selection">
      <strong aria-live="polite">
        {formatCount(selected)} {selected === 1 ? noun[0] : noun[1]} selected
      </strong>
      {selected < total && !props.all ? (
        <Button small variant="quiet" onPress={props.onAll}>
          Select all {formatCount(total)} that match
        </Button>
      ) : null}
      <span className="row wrap">{props.children}</span>
      <Button small variant="quiet" onPress={props.onClear}>
        Clear
      </Button>
    </div>
  );
}
