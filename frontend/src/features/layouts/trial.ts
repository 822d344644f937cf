/** A layout's text is tried on a sample before either is saved. */

import { keepPreviousData, type UseQueryResult, useQuery } from "@tanstack/react-query";
import { type Schema, unsafeHeaders } from "@/api/client";
import { problemOf } from "@/api/problem";
import { usePaused } from "@/lib/paused";

export type Trial = Schema<"LayoutTrial">;

const PAUSE_MS = 300;

export interface Sample {
  /** Tells one choice of a file from the next, though both have the same name. */
  id: string;
  file: File;
}

async function tryLayout(
  layout: string,
  settings: Record<string, string>,
  sample: Sample | null,
  signal: AbortSignal,
): Promise<Trial> {
  const body = new FormData();
  body.set("layout", layout);
  for (const [name, value] of Object.entries(settings)) body.append("setting", `${name}=${value}`);
  if (sample) body.set("file", sample.file);
  const headers = unsafeHeaders();
  const response = await fetch("/api/v1/read-layouts/trials", {
    method: "POST",
    headers,
    body,
    signal,
  });
  if (!response.ok) throw await problemOf(response);
  return (await response.json()) as Trial;
}

/** What the text makes of the sample, asked anew once typing rests. */
export function useTrial(
  layout: string,
  settings: Record<string, string>,
  sample: Sample | null,
): UseQueryResult<Trial> {
  const text = usePaused(layout, PAUSE_MS);
  return useQuery({
    queryKey: ["layout-trial", text, settings, sample?.id ?? null],
    queryFn: ({ signal }) => tryLayout(text, settings, sample, signal),
    placeholderData: keepPreviousData,
    enabled: text.trim() !== "",
    retry: false,
    gcTime: 0,
  });
}
