import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { formatCount } from "@/lib/units";

interface LinkTabsProps {
  label: string;
  current: string;
  tabs: readonly { id: string; text: string; count?: number | undefined }[];
  /** The search parameter that names the tab: a tab is a place with an address. */
  param: string;
  /** Filters and sorting of one tab mean nothing on another: leave them behind. */
  isFresh?: boolean;
}

/** Tabs that are links, so that each is a deep link and Back works. */
export function LinkTabs({ label, current, tabs, param, isFresh }: LinkTabsProps): ReactElement {
  return (
    <nav className="tabs-list" aria-label={label}>
      {tabs.map((tab) => (
        <Link
          key={tab.id}
          className="tab"
          to="."
          search={(before: Record<string, unknown>) => ({
            ...(isFresh ? {} : before),
            [param]: tab.id || undefined,
          })}
          // "All" has no parameter: it is not the place when another tab names one.
          activeOptions={{ explicitUndefined: true }}
          aria-current={tab.id === current ? "true" : undefined}
        >
          {tab.text}
          {tab.count === undefined ? null : <span className="count">{formatCount(tab.count)}</span>}
        </Link>
      ))}
    </nav>
  );
}
