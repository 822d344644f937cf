import type { ReactElement, ReactNode } from "react";
import { Day } from "./figures";

export interface Happening {
  id: string;
  on: string;
  icon: ReactNode;
  what: ReactNode;
  amount?: ReactNode;
}

/** What happened, newest first, in one column with its amounts at the right. */
export function Timeline({
  items,
  label,
}: {
  items: readonly Happening[];
  label: string;
}): ReactElement {
  return (
    <ol className="timeline" aria-label={label}>
      {items.map((item) => (
        <li key={item.id}>
          <span className="when">
            <Day on={item.on} />
          </span>
          <span className="dot" aria-hidden="true">
            {item.icon}
          </span>
          <span className="what">{item.what}</span>
          <span className="num">{item.amount}</span>
        </li>
      ))}
    </ol>
  );
}
