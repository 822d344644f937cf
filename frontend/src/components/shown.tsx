import type { ReactElement, ReactNode } from "react";
import { ProblemBanner } from "./banner";
import { Button } from "./button";

/** As much of a query as a screen needs. */
export interface Asked<Data> {
  data: Data | undefined;
  error: unknown;
  refetch: () => unknown;
}

/** What a query brought; its refusal with a way to try again; before both, still lines. */
export function Shown<Data>({
  query,
  lines = 4,
  children,
}: {
  query: Asked<Data>;
  lines?: number;
  children: (data: Data) => ReactNode;
}): ReactElement {
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (query.error) {
    return (
      <ProblemBanner
        error={query.error}
        action={
          <Button small onPress={() => void query.refetch()}>
            Try again
          </Button>
        }
      />
    );
  }
  return (
    <div className="still" aria-busy="true">
      {Array.from({ length: lines }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: identical lines that never move
        <span key={line} className="skeleton" />
      ))}
    </div>
  );
}
