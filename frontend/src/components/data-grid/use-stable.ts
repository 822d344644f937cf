import { useCallback, useEffect, useRef } from "react";

/** Tells about the active row when it becomes another one. */
export function useTell<Row>(row: Row | null, tell: ((row: Row | null) => void) | undefined): void {
  useEffect(() => tell?.(row), [row, tell]);
}

/** A callback whose identity never changes, so that rows are drawn again only when they differ. */
export function useStable<Args extends unknown[]>(
  act: (...args: Args) => void,
): (...args: Args) => void {
  const latest = useRef(act);
  latest.current = act;
  return useCallback((...args: Args) => latest.current(...args), []);
}
