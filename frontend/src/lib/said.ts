/** A field's value, whatever it is, as a person reads it. */
export function said(value: unknown): string {
  if (value === undefined || value === null || value === "") return "–";
  if (Array.isArray(value)) return [...value].map(said).sort().join(", ");
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
