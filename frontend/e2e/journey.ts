/** Journeys register themselves here; the runner walks them in order. */

import type { Desk } from "./browser.ts";
import type { Office } from "./office.ts";

export interface Journey {
  name: string;
  /** `another` opens a second person's desk, in a browser session of its own. */
  walk: (desk: Desk, office: Office, another: () => Promise<Desk>) => Promise<void>;
}

export const journeys: Journey[] = [];

export function journey(name: string, walk: Journey["walk"]): void {
  journeys.push({ name, walk });
}
