import { getRouteApi, Link } from "@tanstack/react-router";
import { type ReactElement, type ReactNode, useState } from "react";
import { api, client } from "@/api/client";
import { useForget, useMay, useSession } from "@/api/session";
import { ProblemBanner } from "@/components/banner";
import { Button } from "@/components/button";
import { PageHead } from "@/components/page";
import { Shown } from "@/components/shown";
import { toast } from "@/components/toast";
import { todayIn } from "@/lib/dates";
import { useScreenKeys } from "@/lib/shortcuts";
import { formatCount, plural } from "@/lib/units";
import { REVIEW_PATHS } from "./acts";
import { useDraft } from "./draft";
import {
  BLANK,
  entriesOf,
  judge,
  type Line,
  nextOf,
  SENT_AT_ONCE,
  type Typed,
  tallyOf,
} from "./hand-entry";
import { PAD_KEYS, Pad } from "./pad";
import { Stops } from "./stops";

const route = getRouteApi("/app/walks/$walkId");

/** Hand entry of a walk, in the order of the reader's sheet. */
export function WalkEntry(): ReactElement {
  const { walkId } = route.useParams();
  const { user, timezone } = useSession();
  const { on = todayIn(timezone) } = route.useSearch();
  const navigate = route.useNavigate();
  const walk = api.useQuery("get", "/api/v1/walks/{walk_id}", {
    params: { path: { walk_id: walkId } },
  });
  const lines = api.useQuery("get", "/api/v1/walks/{walk_id}/entries", {
    params: { path: { walk_id: walkId }, query: { read_on: on } },
  });
  return (
    <div className="page full">
      <PageHead
        title={walk.data ? `Walk ${walk.data.code}` : "Walk"}
        crumbs={<Link to="/walks">Hand entry</Link>}
        subtitle={[walk.data?.name, walk.data?.reader].filter(Boolean).join(" · ")}
      >
        <label className="row">
          Read on
          <input
            type="date"
            className="input"
            value={on}
            max={todayIn(timezone)}
            onChange={(event) => {
              if (event.target.value)
                void navigate({ search: { on: event.target.value }, replace: true });
            }}
          />
        </label>
      </PageHead>
      <Shown query={lines} lines={10}>
        {(found) =>
          found.length === 0 ? (
            <p className="muted">No meter stands on this walk on this day.</p>
          ) : (
            <Sheet
              key={`${walkId} ${on}`}
              lines={found}
              walk={{ id: walkId, code: walk.data?.code, on }}
              store={`walk ${user.id} ${walkId} ${on}`}
            />
          )
        }
      </Shown>
    </div>
  );
}

interface SheetProps {
  lines: Line[];
  walk: { id: string; code: string | undefined; on: string };
  store: string;
}

function Sheet({ lines, walk, store }: SheetProps): ReactElement {
  const { draft, isReady, restored, put, clear } = useDraft(store);
  const [at, setAt] = useState(0);
  const [isHeld, setHeld] = useState(false);
  const [said, setSaid] = useState("");
  const line = lines[Math.min(at, lines.length - 1)] as Line;
  const typed = draft[line.register_id] ?? BLANK;
  const verdict = judge(line, typed);
  const tally = tallyOf(lines, draft);

  useScreenKeys("Hand entry", PAD_KEYS);

  const go = (index: number) => {
    const to = Math.max(0, Math.min(index, lines.length - 1));
    setHeld(false);
    setAt(to);
    setSaid(to === at ? "The end of the walk" : announced(lines[to] as Line));
  };
  const accept = () => {
    if (verdict.kind === "misfit") return setSaid(verdict.why);
    if (verdict.kind === "doubt") put(line.register_id, { ...typed, checked: true });
    go(nextOf(lines, draft, at));
  };
  const enter = () => {
    if (verdict.kind === "doubt" && !typed.checked && !isHeld) {
      setHeld(true);
      return setSaid(`${verdict.why}. Enter again or plus accepts it`);
    }
    accept();
  };
  const type = (next: Typed) => {
    setHeld(false);
    put(line.register_id, next);
  };
  if (!isReady) return <div className="still" aria-busy="true" />;
  return (
    <>
      <Send walk={walk} lines={lines} tally={tally} draft={draft} onSent={clear}>
        {restored > 0 ? (
          <p className="muted small">
            {plural(restored, "line")} typed before came back; they are kept in this browser and not
            sent yet.
          </p>
        ) : null}
      </Send>
      <div className="split">
        <Stops lines={lines} draft={draft} at={at} onPoint={go} />
        <Pad
          line={line}
          place={`Line ${formatCount(at + 1)} of ${formatCount(lines.length)}`}
          typed={typed}
          verdict={verdict}
          onType={type}
          onEnter={enter}
          onAccept={accept}
          onMove={(step) => go(at + step)}
        />
      </div>
      <p className="sr-only" aria-live="assertive">
        {said}
      </p>
    </>
  );
}

function announced(line: Line): string {
  const where = line.service_address ?? line.service_point_code;
  return line.previous_value === null ? where : `${where}, last read ${line.previous_value}`;
}

interface SendProps extends Pick<SheetProps, "walk" | "lines"> {
  tally: ReturnType<typeof tallyOf>;
  draft: ReturnType<typeof useDraft>["draft"];
  onSent: () => Promise<void>;
  children: ReactNode;
}

/** How far the walk is, and its one button. */
function Send({ walk, lines, tally, draft, onSent, children }: SendProps): ReactElement {
  const forget = useForget();
  const mayEnter = useMay("readings:import");
  const [problem, setProblem] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const entries = entriesOf(lines, draft);
  const said = [plural(tally.reads, "read"), plural(tally.skips, "skip")].join(" and ");

  async function send(): Promise<void> {
    setBusy(true);
    setProblem(null);
    const done = { recorded: 0, skipped: 0, exceptions: 0 };
    try {
      // Each part stands by itself and may be repeated: what stands already is left as it is.
      for (let from = 0; from < entries.length; from += SENT_AT_ONCE) {
        const { data } = await client.POST("/api/v1/walks/{walk_id}/entries", {
          params: { path: { walk_id: walk.id } },
          body: { read_on: walk.on, entries: entries.slice(from, from + SENT_AT_ONCE) },
        });
        done.recorded += data?.recorded ?? 0;
        done.skipped += data?.skipped ?? 0;
        done.exceptions += data?.exceptions ?? 0;
      }
      await onSent();
      await forget("/api/v1/walks/{walk_id}/entries", "/api/v1/reads", ...REVIEW_PATHS);
      toast(
        `${plural(done.recorded, "read")} recorded, ${plural(done.skipped, "skip")}, ${plural(done.exceptions, "exception")} to look at`,
      );
    } catch (error) {
      setProblem(error);
    } finally {
      setBusy(false);
    }
  }
  return (
    <div className="pad-bar">
      <div className="row wrap">
        <progress value={tally.done} max={tally.total} aria-label="Lines of the walk done" />
        <span className="tabular">
          {formatCount(tally.done)} of {formatCount(tally.total)}
        </span>
        {tally.doubts > 0 ? <span className="muted">{tally.doubts} flagged</span> : null}
        {tally.misfits > 0 ? (
          <span className="field-error">{tally.misfits} cannot be sent</span>
        ) : null}
        <span className="grow" />
        {walk.code ? (
          <Link className="btn" to="/edit-list" search={{ walk: walk.code }}>
            Its exceptions
          </Link>
        ) : null}
        <Button
          variant="primary"
          isBusy={isBusy}
          isDisabled={!mayEnter || entries.length === 0}
          onPress={() => void send()}
        >
          {entries.length === 0 ? "Nothing to record" : `Record ${said}`}
        </Button>
      </div>
      {children}
      <ProblemBanner error={problem} />
    </div>
  );
}
