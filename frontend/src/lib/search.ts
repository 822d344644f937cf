/**
 * Search parameters of pages: what an address says wrongly is left out, never an error.
 *
 * Without the schema library: addresses are read before the first screen, forms come after it.
 */

const TEXT_MAX = 200;
const CIVIL = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

/** Takes a parameter as the address has it, or leaves it out. */
type Reader<Value> = (value: unknown) => Value | undefined;
type Search<Readers> = {
  [Name in keyof Readers]?: Readers[Name] extends Reader<infer Value> ? Value | undefined : never;
};

export const optionalText: Reader<string> = (value) =>
  typeof value === "string" && value.length <= TEXT_MAX ? value : undefined;

export const optionalFlag: Reader<boolean> = (value) =>
  typeof value === "boolean" ? value : undefined;

export const optionalDay: Reader<string> = (value) =>
  typeof value === "string" && CIVIL.test(value) ? value : undefined;

export const optionalYear: Reader<number> = (value) =>
  Number.isInteger(value) && Number(value) >= 1990 && Number(value) <= 2100
    ? Number(value)
    : undefined;

/** One of these words, or nothing. */
export function optionalOf<const Word extends string>(words: readonly Word[]): Reader<Word> {
  return (value) => words.find((word) => word === value);
}

/**
 * Reads the search parameters of a page. What cannot be read is said to be undefined: a parameter
 * only left out would come through from the address as it stands.
 */
export function searchOf<Readers extends Record<string, Reader<unknown>>>(readers: Readers) {
  return (search: Record<string, unknown>): Search<Readers> => {
    const asked = Object.entries(readers).filter(([name]) => name in search);
    return Object.fromEntries(
      asked.map(([name, reader]) => [name, reader(search[name])]),
    ) as Search<Readers>;
  };
}

const LIST = { q: optionalText, sort: optionalText };

/** What every list has in its address. */
export const listSearch = searchOf(LIST);

/** The same, with the filters of this list. */
export function listSearchWith<Readers extends Record<string, Reader<unknown>>>(filters: Readers) {
  return searchOf<typeof LIST & Readers>({ ...LIST, ...filters });
}
