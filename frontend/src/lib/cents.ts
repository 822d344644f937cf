/** Money as integer cents. Only `formatCents` prints it and only `parseDollars` reads it. */

declare const brand: unique symbol;
export type Cents = number & { readonly [brand]: "cents" };

const accounting = new Intl.NumberFormat("en-US", {
  style: "currency",
  currency: "USD",
  currencySign: "accounting",
});

/** Takes an integer from the API as cents. Throws RangeError on a fraction or an unsafe integer. */
export function cents(value: number): Cents {
  if (!Number.isSafeInteger(value)) throw new RangeError(`${value} is not a whole number of cents`);
  return value as Cents;
}

/** `-123456` → `($1,234.56)`: an exact decimal string, so no cent is lost to a division. */
export function formatCents(value: number): string {
  const digits = String(Math.abs(cents(value))).padStart(3, "0");
  const sign = value < 0 ? "-" : "";
  const exact = `${sign}${digits.slice(0, -2)}.${digits.slice(-2)}` as `${number}`;
  return accounting.format(exact);
}

const typed =
  /^(?<open>\()?\s*(?<sign>-)?\s*\$?\s*(?<whole>\d[\d,]*|)(?:\.(?<part>\d{0,2}))?\s*\)?$/;

/** What a person typed as dollars: `1,234.5`, `$12`, `(12.50)`, `-.5`. Null when it is no amount. */
export function parseDollars(text: string): Cents | null {
  const found = typed.exec(text.trim());
  if (!found?.groups) return null;
  const { open, sign, whole = "", part = "" } = found.groups;
  if (whole === "" && part === "") return null;
  if ((open !== undefined) !== text.trim().endsWith(")")) return null;
  const amount = Number(whole.replaceAll(",", "") + part.padEnd(2, "0"));
  if (!Number.isSafeInteger(amount)) return null;
  return (open || sign ? -amount || 0 : amount) as Cents;
}

/** The sum of some cents, exact. */
export function sumCents(values: Iterable<number>): Cents {
  let sum = 0;
  for (const value of values) sum += value;
  return cents(sum);
}
