/** Money, days, moments and quantities as they are printed everywhere. */

import { createContext, type ReactElement, type ReactNode, useContext } from "react";
import { formatCents } from "@/lib/cents";
import { formatDay, formatMoment } from "@/lib/dates";
import { formatQuantity, UNIT_NAMES } from "@/lib/units";
import { cx } from "@/lib/words";

const Zone = createContext("America/Los_Angeles");
export const ZoneProvider = Zone.Provider;

/** The district's time zone. */
export function useZone(): string {
  return useContext(Zone);
}

/** Cents. A credit stands in parentheses, and only then in colour. */
export function Money({ cents, flush }: { cents: number; flush?: boolean }): ReactElement {
  const tone = cents < 0 ? "credit" : cents === 0 ? "zero" : "";
  return <span className={cx("money", tone, flush && "flush")}>{formatCents(cents)}</span>;
}

/** A civil day, or a dash. */
export function Day({ on }: { on: string | null | undefined }): ReactElement {
  if (!on) return <span className="muted">–</span>;
  return (
    <time className="tabular nowrap" dateTime={on}>
      {formatDay(on)}
    </time>
  );
}

/** An instant in the district's time; UTC on hover. */
export function Moment({ at }: { at: string | null | undefined }): ReactElement {
  const zone = useZone();
  if (!at) return <span className="muted">–</span>;
  return (
    <time className="tabular nowrap" dateTime={at} title={`${new Date(at).toISOString()} (UTC)`}>
      {formatMoment(at, zone)}
    </time>
  );
}

/** A quantity with its unit; the unit's full name on hover. */
export function Usage({
  value,
  unit,
}: {
  value: string | number | null | undefined;
  unit?: string | null;
}): ReactElement {
  if (value === null || value === undefined) return <span className="muted">–</span>;
  return (
    <span className="tabular nowrap">
      {formatQuantity(value)}
      {unit ? (
        <>
          {" "}
          <abbr className="muted unit" title={UNIT_NAMES[unit]}>
            {unit}
          </abbr>
        </>
      ) : null}
    </span>
  );
}

/** The key figures of a page in one ruled strip. */
export function Figures({ children }: { children: ReactNode }): ReactElement {
  return <dl className="figures">{children}</dl>;
}

interface FigureProps {
  label: ReactNode;
  lead?: boolean;
  children: ReactNode;
}

export function Figure({ label, lead, children }: FigureProps): ReactElement {
  return (
    <div className={cx(lead && "lead")}>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** A labelled fact of a detail page. */
export function Fact({ label, children }: { label: string; children: ReactNode }): ReactElement {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

export function Facts({ children }: { children: ReactNode }): ReactElement {
  return <dl className="kv">{children}</dl>;
}
