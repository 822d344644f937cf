import { parseDate } from "@internationalized/date";
import type { ReactElement } from "react";
import { DateField, DateInput, DateSegment, Label } from "react-aria-components";
import { api } from "@/api/client";
import { FilterPick } from "@/components/form/pick";

export interface Narrowed {
  actor?: string | undefined;
  action?: string | undefined;
  since?: string | undefined;
  until?: string | undefined;
}

/** The instant at which a civil day begins in the district; of `until`, the day after it. */
export function momentOf(civil: string | undefined, zone: string, days = 0): string | undefined {
  return civil && parseDate(civil).add({ days }).toDate(zone).toISOString();
}

interface FiltersProps {
  search: Narrowed;
  onChange: (patch: Narrowed) => void;
}

/** Person, kind of act, first and last day. */
export function Filters({ search, onChange }: FiltersProps): ReactElement {
  const { data: choices } = api.useQuery("get", "/api/v1/audit-events/choices");
  return (
    <>
      <FilterPick
        label="Person"
        value={search.actor}
        options={(choices?.people ?? []).map(({ id, name }) => [id, name])}
        onChange={(actor) => onChange({ actor })}
      />
      <FilterPick
        label="Act"
        value={search.action}
        options={(choices?.actions ?? []).map((action) => [action, action])}
        onChange={(action) => onChange({ action })}
      />
      <DayFilter label="From" value={search.since} onChange={(since) => onChange({ since })} />
      <DayFilter label="To" value={search.until} onChange={(until) => onChange({ until })} />
    </>
  );
}

interface DayFilterProps {
  label: string;
  value: string | undefined;
  onChange: (civil: string | undefined) => void;
}

/** A civil day beside a list's search; emptied, it leaves the address. */
function DayFilter({ label, value, onChange }: DayFilterProps): ReactElement {
  return (
    <DateField
      className="day-filter"
      granularity="day"
      value={value ? parseDate(value) : null}
      onChange={(day) => onChange(day?.toString())}
      shouldForceLeadingZeros
    >
      <Label>{label}</Label>
      <DateInput className="date-input segments">
        {(segment) => <DateSegment className="segment" segment={segment} />}
      </DateInput>
    </DateField>
  );
}
