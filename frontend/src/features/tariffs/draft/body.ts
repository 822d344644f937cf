/** A version's body as the form edits it: plain JSON in the language of tariff files. */

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
export type Body = { [key: string]: Json };
export type Path = readonly (string | number)[];

/** The value at a path, undefined where there is none. */
export function valueAt(body: Json | undefined, path: Path): Json | undefined {
  let here: Json | undefined = body;
  for (const step of path) {
    if (here === null || typeof here !== "object") return undefined;
    here = (here as { [key: string]: Json })[String(step)];
  }
  return here;
}

/** The body with another value at a path; undefined takes the place away. Nothing is changed in place. */
export function withValue(body: Json | undefined, path: Path, value: Json | undefined): Json {
  const [step, ...rest] = path;
  if (step === undefined) return value ?? null;
  if (Array.isArray(body)) {
    const index = Number(step);
    if (rest.length === 0 && value === undefined) return body.filter((_, at) => at !== index);
    const copy = [...body];
    copy[index] = withValue(body[index], rest, value);
    return copy;
  }
  const copy: { [key: string]: Json } = { ...(isNode(body) ? body : {}) };
  if (rest.length === 0 && value === undefined) delete copy[String(step)];
  else copy[String(step)] = withValue(copy[String(step)], rest, value);
  return copy;
}

export function isNode(value: Json | undefined): value is { [key: string]: Json } {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

export function listAt(body: Json | undefined, path: Path): Json[] {
  const found = valueAt(body, path);
  return Array.isArray(found) ? found : [];
}

export function textAt(body: Json | undefined, path: Path): string {
  const found = valueAt(body, path);
  return typeof found === "string" || typeof found === "number" ? String(found) : "";
}

/** A list with one of its items a place up or down. */
export function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const copy = [...list];
  const [item] = copy.splice(from, 1);
  if (item !== undefined) copy.splice(to, 0, item);
  return copy;
}

/** The pointer that the server gives a mistake at a path. */
export function pointerOf(path: Path): string {
  return `/${path.join("/")}`;
}

/** A table of amounts is a list of pairs, as the database keeps no order of keys. */
export function pairsOf(table: Json | undefined): [string, Json][] {
  if (Array.isArray(table)) {
    return table.filter(Array.isArray).map(([key, value]) => [String(key), value ?? ""]);
  }
  return isNode(table) ? Object.entries(table) : [];
}
