/** Named ways of looking at a list: a view is an address, one's own or the office's. */

import { useRouterState } from "@tanstack/react-router";
import { Bookmark } from "lucide-react";
import { lazy, type ReactElement, Suspense, useState } from "react";
import { Button as AriaButton } from "react-aria-components";
import { api } from "@/api/client";
import { Menu, MenuItem } from "../menu";

// Forms are no part of what a list costs to open.
const KeepView = lazy(() => import("./keep-view"));
const FRESH_MS = 60_000;
const KEEP = "keep";

export function Views({ list }: { list: string }): ReactElement {
  const { pathname, searchStr } = useRouterState({ select: (state) => state.location });
  const [isKeeping, setKeeping] = useState(false);
  const query = { params: { query: { list } } };
  const { data = [] } = api.useQuery("get", "/api/v1/saved-views", query, { staleTime: FRESH_MS });
  return (
    <>
      <Menu
        label="Views"
        onAction={(key) => key === KEEP && setKeeping(true)}
        trigger={
          <AriaButton className="btn quiet small">
            <Bookmark aria-hidden /> Views
          </AriaButton>
        }
      >
        {data.map((view) => (
          <MenuItem key={view.id} id={view.id} text={view.name} href={`${pathname}?${view.search}`}>
            <span className="grow">{view.name}</span>
            {view.shared ? <span className="muted small">{view.owner_name}</span> : null}
          </MenuItem>
        ))}
        <MenuItem id={KEEP} text="Keep this view">
          Keep this view, or remove one…
        </MenuItem>
      </Menu>
      {isKeeping ? (
        <Suspense fallback={null}>
          <KeepView
            list={list}
            search={lasting(searchStr)}
            views={data}
            onClose={() => setKeeping(false)}
          />
        </Suspense>
      ) : null}
    </>
  );
}

/** The search without what opens a dialog: a view shows a list, it starts no act. */
function lasting(search: string): string {
  const kept = new URLSearchParams(search);
  kept.delete("open");
  return kept.toString();
}
