import { withDays } from "./dates";

/** A field's value, whatever it is, as a person reads it. */
export function said(value: unknown): string {
  if (value === undefined || value === null || value === "") return "–";
  if (Array.isArray(value)) return value.map(said).sort().join(", ");
  if (typeof value !== "object") return withDays(String(value));
  return Object.entries(value)
    .map(([name, held]) => `${name}: ${said(held)}`)
    .join(", ");
}
