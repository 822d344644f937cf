/** Everything that happened on the account, newest first. */

import { getRouteApi } from "@tanstack/react-router";
import { Search } from "lucide-react";
import { type ReactElement, type ReactNode, useDeferredValue } from "react";
import { Input, SearchField } from "react-aria-components";
import { api } from "@/api/client";
import { useMay } from "@/api/session";
import { Button, Choice } from "@/components/button";
import { Day, Money, Usage, useZone } from "@/components/figures";
import { Pill } from "@/components/pill";
import { Shown } from "@/components/shown";
import { formatMoment, formatTime } from "@/lib/dates";
import { KINDS_SHOWN, TIMELINE_PATH, type TimelineRow, type TimelineShow } from "./kinds";
import { RowLink } from "./row-link";

const route = getRouteApi("/app/accounts/$accountId");
const ROWS = 40;

interface TimelineProps {
  accountId: string;
  /** What is written above the rows: the note that is being typed. */
  children?: ReactNode;
  onCorrect: (note: TimelineRow) => void;
}

export function Timeline({ accountId, children, onCorrect }: TimelineProps): ReactElement {
  const { show, q } = route.useSearch();
  const navigate = route.useNavigate();
  const words = useDeferredValue(q);
  const query = api.useInfiniteQuery(
    "get",
    TIMELINE_PATH,
    {
      params: {
        path: { account_id: accountId },
        query: { limit: ROWS, ...(show ? { kind: KINDS_SHOWN[show] } : {}), q: words ?? "" },
      },
    },
    {
      initialPageParam: null as string | null,
      getNextPageParam: (page) => page.next_cursor,
      placeholderData: (before) => before,
    },
  );
  const change = (patch: { show?: TimelineShow | undefined; q?: string | undefined }) =>
    void navigate({ search: (before) => ({ ...before, ...patch }), replace: true });
  return (
    <section className="section timeline" aria-label="Timeline">
      <div className="section-head">
        <h2 className="sr-only">Timeline</h2>
        <Choice
          label="Show"
          value={show ?? "all"}
          options={[
            ["all", "All"],
            ["contact", "Contact"],
            ["money", "Money"],
            ["reads", "Reads"],
            ["service", "Service"],
          ]}
          onChange={(value) => change({ show: value === "all" ? undefined : value })}
        />
        <SearchField
          className="search-small"
          aria-label="Search the timeline"
          value={q ?? ""}
          onChange={(value) => change({ q: value || undefined })}
        >
          <Search aria-hidden />
          <Input className="input" placeholder="Search the timeline" />
        </SearchField>
      </div>
      {children}
      <Shown query={query} lines={8}>
        {({ pages }) => (
          <Rows
            rows={pages.flatMap(({ items }) => items)}
            isAsked={Boolean(show || q)}
            onCorrect={onCorrect}
          />
        )}
      </Shown>
      {query.hasNextPage ? (
        <Button small isBusy={query.isFetchingNextPage} onPress={() => void query.fetchNextPage()}>
          Show older
        </Button>
      ) : null}
    </section>
  );
}

/** Who did it and at what hour, where that is known. */
function Who({ row }: { row: TimelineRow }): ReactElement | null {
  const zone = useZone();
  if (!row.by_name) return null;
  return (
    <span className="muted small nowrap" title={formatMoment(row.at, zone)}>
      {row.by_name}
      {row.has_time ? `, ${formatTime(row.at, zone)}` : null}
    </span>
  );
}

interface RowsProps {
  rows: TimelineRow[];
  isAsked: boolean;
  onCorrect: (note: TimelineRow) => void;
}

function Rows({ rows, isAsked, onCorrect }: RowsProps): ReactElement {
  const mayNote = useMay("notes:write");
  if (rows.length === 0) {
    return (
      <p className="muted small timeline-none">
        {isAsked
          ? "Nothing on this account matches."
          : "Nothing has happened on this account yet. N writes a note."}
      </p>
    );
  }
  return (
    <ol className="timeline-rows">
      {rows.map((row) => (
        <li key={`${row.kind} ${row.id} ${row.at}`} data-kind={row.kind}>
          <span className="when muted">
            <Day on={row.on} />
          </span>
          <span className="what">
            <RowLink row={row} />
            {row.state ? <Pill state={row.state} /> : null}
            {row.detail ? <span className="detail">{row.detail}</span> : null}
            <Who row={row} />
          </span>
          <span className="how-much">
            {mayNote && row.kind === "note" && row.state !== "corrected" ? (
              <Button small variant="quiet" onPress={() => onCorrect(row)}>
                Correct
              </Button>
            ) : null}
            {row.cents === null ? null : <Money cents={row.cents} flush />}
            {row.quantity === null ? null : <Usage value={row.quantity} unit={row.unit} />}
          </span>
        </li>
      ))}
    </ol>
  );
}
