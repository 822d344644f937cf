/** Where a person was in a list, so that Back returns to the same row. */

export interface Place {
  row: number;
  column: number;
  id: string | null;
}

const START: Place = { row: 0, column: 0, id: null };

export function placeIn(list: string): Place {
  try {
    const kept = sessionStorage.getItem(`curbstop.place.${list}`);
    return kept ? { ...START, ...(JSON.parse(kept) as Partial<Place>) } : START;
  } catch {
    return START;
  }
}

export function keepPlace(list: string, place: Place): void {
  try {
    sessionStorage.setItem(`curbstop.place.${list}`, JSON.stringify(place));
  } catch {
    // Without a store, Back returns to the top.
  }
}

/** The columns a person chose for a list, or null for the list's own. */
export function chosenColumns(list: string): string[] | null {
  try {
    const kept = localStorage.getItem(`curbstop.columns.${list}`);
    return kept ? (JSON.parse(kept) as string[]) : null;
  } catch {
    return null;
  }
}

export function keepColumns(list: string, ids: readonly string[]): void {
  try {
    localStorage.setItem(`curbstop.columns.${list}`, JSON.stringify(ids));
  } catch {
    // The choice then lasts as long as the page.
  }
}
