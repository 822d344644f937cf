/** Search parameters of list pages: what an address says wrongly is left out, never an error. */

import { z } from "zod";

// zod otherwise probes `new Function`, which the Content-Security-Policy forbids and reports.
z.config({ jitless: true });

export const optionalText = z.string().max(200).optional().catch(undefined);

/** One of these words, or nothing. */
export function optionalOf<const Values extends readonly [string, ...string[]]>(values: Values) {
  return z.enum(values).optional().catch(undefined);
}

/** What every list has in its address. */
export const listSearch = z.object({ q: optionalText, sort: optionalText });
