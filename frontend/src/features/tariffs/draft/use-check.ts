/** The draft as the server reads it while it is typed: mistakes, reading, examples, file text. */

import { useEffect, useRef, useState } from "react";
import { client, type Schema } from "@/api/client";
import type { Body } from "./body";

const PAUSE_MS = 250;
export type Checked = Schema<"DraftChecked">;
export type Typed = { body: Body } | { yaml: string };

interface Check {
  checked: Checked | null;
  isBusy: boolean;
  error: unknown;
}

/** Asks after a pause in typing; an answer to what is no longer typed is dropped. */
export function useCheck(versionId: string, typed: Typed, hear: (checked: Checked) => void): Check {
  const [state, setState] = useState<Check>({ checked: null, isBusy: true, error: null });
  const asked = useRef(0);
  const heard = useRef(hear);
  heard.current = hear;
  useEffect(() => {
    asked.current += 1;
    const mine = asked.current;
    setState((before) => ({ ...before, isBusy: true }));
    const timer = setTimeout(async () => {
      try {
        const { data } = await client.POST("/api/v1/tariff-versions/{version_id}/check", {
          params: { path: { version_id: versionId } },
          body: typed,
        });
        if (mine !== asked.current || !data) return;
        setState({ checked: data, isBusy: false, error: null });
        heard.current(data);
      } catch (error) {
        if (mine === asked.current) setState((before) => ({ ...before, isBusy: false, error }));
      }
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [versionId, typed]);
  return state;
}
