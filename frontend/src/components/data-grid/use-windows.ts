/** Rows from the server in windows of 200, fetched as they come into view. */

import { useQueries } from "@tanstack/react-query";
import { useRef } from "react";
import { fetchWindow, type ListPath, type ListWindow, listUrl, type Params } from "@/api/lists";

export const WINDOW_ROWS = 200;

export interface Windows<Row> {
  total: number;
  rowAt: (index: number) => Row | undefined;
  /** Nothing has ever arrived: the skeleton stands. */
  isFirstLoad: boolean;
  /** Older rows are shown while the new ones are on their way. */
  isStale: boolean;
  error: unknown;
  retry: () => void;
}

interface Asked {
  path: ListPath;
  pathParams: Params;
  query: Params;
  /** First and last row in view. */
  first: number;
  last: number;
}

export function useWindows<Row>({ path, pathParams, query, first, last }: Asked): Windows<Row> {
  const base = listUrl(path, pathParams, query);
  const needed = windowsOf(first, last);
  const results = useQueries({
    queries: needed.map((index) => {
      const page = { limit: WINDOW_ROWS, offset: index * WINDOW_ROWS };
      return {
        queryKey: ["get", path, "window", base, index],
        queryFn: ({ signal }: { signal: AbortSignal }) =>
          fetchWindow<Row>(listUrl(path, pathParams, { ...query, ...page }), signal),
        staleTime: 15_000,
      };
    }),
  });

  const shown = useRef<{ base: string; windows: Map<number, ListWindow<Row>> } | null>(null);
  const arrived = new Map<number, ListWindow<Row>>();
  results.forEach((result, place) => {
    const index = needed[place];
    if (result.data && index !== undefined) arrived.set(index, result.data);
  });
  const isStale = arrived.size === 0 && shown.current !== null && shown.current.base !== base;
  if (arrived.size > 0) {
    const before = shown.current?.base === base ? shown.current.windows : new Map();
    shown.current = { base, windows: new Map([...before, ...arrived]) };
  }
  const windows = arrived.size > 0 ? arrived : (shown.current?.windows ?? arrived);
  const total = [...windows.values()].at(-1)?.total ?? 0;
  return {
    total,
    isStale,
    isFirstLoad: windows.size === 0,
    rowAt: (index) => windows.get(Math.floor(index / WINDOW_ROWS))?.items[index % WINDOW_ROWS],
    error: results.find((result) => result.error)?.error ?? null,
    retry: () => {
      for (const result of results) if (result.error) void result.refetch();
    },
  };
}

/** The windows that hold these rows; always at least the first one asked for. */
export function windowsOf(first: number, last: number): number[] {
  const from = Math.floor(Math.max(0, first) / WINDOW_ROWS);
  const to = Math.floor(Math.max(first, last, 0) / WINDOW_ROWS);
  return Array.from({ length: to - from + 1 }, (_, step) => from + step);
}
