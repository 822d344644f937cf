/** Short tables that need no grid. */

import {
  createContext,
  type ReactElement,
  type ReactNode,
  useContext,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { cx } from "@/lib/words";

const Part = createContext("Table");
/** Names the part of the page that a table stands in. */
export const PartProvider = Part.Provider;

interface TableProps {
  className?: string;
  /** The screen reader hears when its figures change. */
  isLive?: boolean;
  children: ReactNode;
}

/** A ruled table. Where the page is narrower it scrolls by itself, and then the arrow keys reach it. */
export function Table({ className, isLive, children }: TableProps): ReactElement {
  const part = useContext(Part);
  const scroller = useRef<HTMLDivElement>(null);
  const isWide = useIsWider(scroller);
  return (
    <div
      ref={scroller}
      className="table-scroll"
      {...(isWide ? { role: "group", tabIndex: 0, "aria-label": `${part}, scrolls sideways` } : {})}
    >
      <table className={cx("table", className)} aria-live={isLive ? "polite" : undefined}>
        {children}
      </table>
    </div>
  );
}

/** Whether what stands in the element is wider than the element. */
function useIsWider(element: { current: HTMLElement | null }): boolean {
  const [isWider, setIsWider] = useState(false);
  useLayoutEffect(() => {
    const held = element.current;
    if (!held) return;
    const look = () => setIsWider(held.scrollWidth > held.clientWidth);
    const watch = new ResizeObserver(look);
    watch.observe(held);
    for (const child of held.children) watch.observe(child);
    return () => watch.disconnect();
  }, [element]);
  return isWider;
}
