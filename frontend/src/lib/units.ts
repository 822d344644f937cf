/** Quantities: decimal strings from the API, printed without ever becoming a binary fraction. */

export const UNIT_NAMES: Record<string, string> = {
  CF: "cubic feet",
  HCF: "hundred cubic feet",
  GAL: "gallons",
  KGAL: "thousand gallons",
  M3: "cubic meters",
  LITER: "liters",
  AF: "acre-feet",
};

const whole = new Intl.NumberFormat("en-US");

/** `"12345.600"` → `12,345.6`; keeps every digit that says something. */
export function formatQuantity(value: string | number): string {
  const [, sign = "", integer = "0", fraction = ""] =
    /^(-?)(\d+)(?:\.(\d+))?$/.exec(String(value)) ?? [];
  const digits = fraction.replace(/0+$/, "");
  const body = whole.format(BigInt(integer)) + (digits ? `.${digits}` : "");
  return sign && /[1-9]/.test(body) ? `−${body}` : body;
}

/** A count of things: `12,480`. */
export function formatCount(count: number): string {
  return whole.format(count);
}

/** `1 bill`, `12,480 bills`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** A change in percent with its sign, or a dash when there was nothing before. */
export function formatChange(now: number, before: number): string {
  if (before === 0) return "–";
  const percent = Math.round(((now - before) / Math.abs(before)) * 100);
  return `${percent > 0 ? "+" : percent < 0 ? "−" : ""}${Math.abs(percent)} %`;
}

/** Which of two decimal strings is greater, exactly: negative, zero or positive. */
export function compareDecimals(a: string, b: string): number {
  const places = Math.max(placesOf(a), placesOf(b));
  const left = scaled(a, places);
  const right = scaled(b, places);
  return left < right ? -1 : left > right ? 1 : 0;
}

/** The sum of two decimal strings, exactly. */
export function addDecimals(a: string, b: string): string {
  const places = Math.max(placesOf(a), placesOf(b));
  const sum = scaled(a, places) + scaled(b, places);
  const digits = String(sum < 0n ? -sum : sum).padStart(places + 1, "0");
  const whole = digits.slice(0, digits.length - places);
  const part = places > 0 ? `.${digits.slice(-places)}` : "";
  return `${sum < 0n ? "-" : ""}${whole}${part}`;
}

function placesOf(value: string): number {
  return value.split(".")[1]?.length ?? 0;
}

function scaled(value: string, places: number): bigint {
  const [whole = "", part = ""] = value.replace("-", "").split(".");
  const digits = BigInt(`${whole}${part.padEnd(places, "0")}` || "0");
  return value.startsWith("-") ? -digits : digits;
}

/** The sum of decimal strings, exactly; no value at all is "0". */
export function sumDecimals(values: readonly string[]): string {
  const places = Math.max(0, ...values.map(placesOf));
  const sum = values.reduce((total, value) => total + scaled(value, places), 0n);
  const digits = String(sum < 0n ? -sum : sum).padStart(places + 1, "0");
  const whole = digits.slice(0, digits.length - places);
  const part = digits.slice(digits.length - places).replace(/0+$/, "");
  return `${sum < 0n ? "-" : ""}${whole}${part ? `.${part}` : ""}`;
}
