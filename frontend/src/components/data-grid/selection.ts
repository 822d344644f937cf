/** What is selected: some rows by id, or all that match the filter but a few. */

export interface Selection {
  all: boolean;
  /** The selected rows, or with `all` the rows left out. */
  ids: ReadonlySet<string>;
}

export const NOTHING: Selection = { all: false, ids: new Set() };
export const ALL: Selection = { all: true, ids: new Set() };

export function isSelected(selection: Selection, id: string): boolean {
  return selection.all !== selection.ids.has(id);
}

export function toggled(selection: Selection, id: string): Selection {
  const ids = new Set(selection.ids);
  if (!ids.delete(id)) ids.add(id);
  return { ...selection, ids };
}

/** Every row of a range selected, for Shift with an arrow or a click. */
export function withRange(selection: Selection, range: readonly string[]): Selection {
  const ids = new Set(selection.ids);
  for (const id of range) {
    if (selection.all) ids.delete(id);
    else ids.add(id);
  }
  return { ...selection, ids };
}

/** Without the ids that are on the list no more; the same object when none has left. */
export function pruned(selection: Selection, there: ReadonlySet<string>): Selection {
  const ids = [...selection.ids].filter((id) => there.has(id));
  return ids.length === selection.ids.size ? selection : { ...selection, ids: new Set(ids) };
}

export function countOf(selection: Selection, total: number): number {
  return selection.all ? Math.max(0, total - selection.ids.size) : selection.ids.size;
}
