/** How this person likes the screen, kept in this browser: theme, density, single-letter keys. */

import { useSyncExternalStore } from "react";

export interface Appearance {
  theme: "system" | "light" | "dark";
  density: "dense" | "default" | "comfortable";
  singleKeys: boolean;
}

const STORE = "curbstop.appearance";
const DEFAULTS: Appearance = { theme: "system", density: "default", singleKeys: true };
const listeners = new Set<() => void>();
let current = load();

function load(): Appearance {
  try {
    return { ...DEFAULTS, ...(JSON.parse(localStorage.getItem(STORE) ?? "{}") as object) };
  } catch {
    return DEFAULTS;
  }
}

/** Changes some of it, keeps it, and shows it at once. */
export function changeAppearance(change: Partial<Appearance>): void {
  current = { ...current, ...change };
  const { dataset } = document.documentElement;
  if (current.theme === "system") delete dataset.theme;
  else dataset.theme = current.theme;
  dataset.density = current.density;
  try {
    localStorage.setItem(STORE, JSON.stringify(current));
  } catch {
    // Not kept then; the screen has changed all the same.
  }
  for (const listener of listeners) listener();
}

export function appearance(): Appearance {
  return current;
}

export function useAppearance(): Appearance {
  return useSyncExternalStore((changed) => {
    listeners.add(changed);
    return () => listeners.delete(changed);
  }, appearance);
}
