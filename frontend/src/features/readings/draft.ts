/** What is typed of a walk, kept in this browser until it is sent: it survives a crash. */

import { del, get, set } from "idb-keyval";
import { useCallback, useEffect, useRef, useState } from "react";
import type { Draft, Typed } from "./hand-entry";

const PAUSE_MS = 300;

interface Kept {
  draft: Draft;
  /** Whether the browser's store has answered; typing waits for it. */
  isReady: boolean;
  /** Lines that came back from the store when the page opened. */
  restored: number;
  put: (registerId: string, typed: Typed) => void;
  clear: () => Promise<void>;
}

/** The draft under a key (person, walk, day), written 300 ms after the last key. */
export function useDraft(key: string): Kept {
  const [draft, setDraft] = useState<Draft>({});
  const [state, setState] = useState({ key: "", restored: 0 });
  const isUnsaved = useRef(false);

  useEffect(() => {
    let isHere = true;
    const open = (found: Draft | undefined) => {
      if (!isHere) return;
      setDraft(found ?? {});
      setState({ key, restored: Object.keys(found ?? {}).length });
    };
    get<Draft>(key).then(open, () => open(undefined));
    return () => {
      isHere = false;
    };
  }, [key]);

  useEffect(() => {
    if (!isUnsaved.current) return;
    const save = () => {
      isUnsaved.current = false;
      // A browser that keeps nothing (private windows) still lets the walk be typed and sent.
      void set(key, draft).catch(() => {});
    };
    const timer = setTimeout(save, PAUSE_MS);
    window.addEventListener("pagehide", save);
    return () => {
      clearTimeout(timer);
      window.removeEventListener("pagehide", save);
    };
  }, [key, draft]);

  const put = useCallback((registerId: string, typed: Typed) => {
    isUnsaved.current = true;
    setDraft((before) => ({ ...before, [registerId]: typed }));
  }, []);
  const clear = useCallback(async () => {
    isUnsaved.current = false;
    setDraft({});
    setState({ key, restored: 0 });
    await del(key).catch(() => {});
  }, [key]);
  return { draft, isReady: state.key === key, restored: state.restored, put, clear };
}
