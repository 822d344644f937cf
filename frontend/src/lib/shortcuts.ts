/** One registry of keys: it runs the global ones and tells the `?` sheet about all of them. */

import { useEffect, useSyncExternalStore } from "react";
import { appearance } from "./appearance";

export interface KeyHelp {
  keys: string;
  label: string;
}

export interface Shortcut extends KeyHelp {
  act: () => void;
}

interface Group {
  title: string;
  keys: readonly KeyHelp[];
}

const CHORD_MS = 1200;
let groups: readonly Group[] = [];
let shortcuts: readonly Shortcut[] = [];
const listeners = new Set<() => void>();

function changed(): void {
  for (const listener of listeners) listener();
}

/** Lists the keys of a component that handles them itself, such as a grid. */
export function useScreenKeys(title: string, keys: readonly KeyHelp[]): void {
  const text = JSON.stringify(keys);
  useEffect(() => {
    const group = { title, keys: JSON.parse(text) as KeyHelp[] };
    groups = [...groups, group];
    changed();
    return () => {
      groups = groups.filter((other) => other !== group);
      changed();
    };
  }, [title, text]);
}

/**
 * Keys that act anywhere on the page: `ctrl+k`, `?`, `b`, or a chord `g a`.
 *
 * Single letters obey the person's switch and never fire while something is typed or a dialog is
 * open (WCAG 2.1.4).
 */
export function useShortcuts(title: string, keys: readonly Shortcut[]): void {
  useScreenKeys(
    title,
    keys.map(({ keys: combination, label }) => ({ keys: combination, label })),
  );
  useEffect(() => {
    shortcuts = [...keys, ...shortcuts];
    return () => {
      shortcuts = shortcuts.filter((shortcut) => !keys.includes(shortcut));
    };
  }, [keys]);
}

export function useKeyGroups(): readonly Group[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => groups,
  );
}

let pending = { key: "", at: 0 };

/** The one listener of the window. Exported for its test. */
export function onWindowKey(event: KeyboardEvent): void {
  if (event.isComposing || event.altKey) return;
  const combination = combinationOf(event);
  if (event.defaultPrevented) {
    // A grid may use the first key of a chord itself; the second key still completes it.
    pending = { key: combination, at: event.timeStamp };
    return;
  }
  // Function keys are no letters: they never type anything, and so they act everywhere.
  const plain = !/^(ctrl\+|F\d)/.test(combination);
  if (plain && (!appearance().singleKeys || isTyping(event.target) || isDialogOpen())) return;
  const chord = event.timeStamp - pending.at < CHORD_MS ? `${pending.key} ${combination}` : "";
  const found =
    shortcuts.find(({ keys }) => keys === chord) ??
    shortcuts.find(({ keys }) => keys === combination);
  pending = { key: combination, at: event.timeStamp };
  if (!found) return;
  pending = { key: "", at: 0 };
  event.preventDefault();
  found.act();
}

export function listenForShortcuts(): () => void {
  window.addEventListener("keydown", onWindowKey);
  return () => window.removeEventListener("keydown", onWindowKey);
}

function combinationOf(event: KeyboardEvent): string {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  return event.ctrlKey || event.metaKey ? `ctrl+${key}` : key;
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.closest('[role="spinbutton"], [contenteditable="true"]')) return true;
  const field = target.closest("input, textarea, select");
  return field !== null && !["checkbox", "radio"].includes((field as HTMLInputElement).type);
}

/** Whether something is half done here that leaving the page would lose. */
export function isBusyHere(): boolean {
  return isDialogOpen() || isTyping(document.activeElement);
}

function isDialogOpen(): boolean {
  return document.querySelector('[role="dialog"], [role="alertdialog"]') !== null;
}
