import { Link } from "@tanstack/react-router";
import type { ReactElement, ReactNode } from "react";
import { asProblem } from "@/api/problem";
import { ProblemBanner } from "./banner";
import { Button } from "./button";
import { PageHead } from "./page";

/** As much of a query as a screen needs. */
export interface Asked<Data> {
  data: Data | undefined;
  error: unknown;
  refetch: () => unknown;
}

interface ShownProps<Data> {
  query: Asked<Data>;
  lines?: number;
  children: (data: Data) => ReactNode;
}

/** What a query brought; its refusal with a way to try again; before both, still lines. */
export function Shown<Data>({ query, lines = 4, children }: ShownProps<Data>): ReactElement {
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

/** What a whole page is about. Refused, the page still has its title and the ways on. */
export function ShownPage<Data>({ query, lines = 8, children }: ShownProps<Data>): ReactElement {
  if (query.data === undefined && query.error) {
    if (asProblem(query.error).status === 404) return <Nowhere />;
    return (
      <div className="nowhere">
        <PageHead title="This page could not be shown" />
        <Shown query={query}>{children}</Shown>
      </div>
    );
  }
  return (
    <Shown query={query} lines={lines}>
      {children}
    </Shown>
  );
}

/** An address without a page, or of something that does not exist. */
export function Nowhere(): ReactElement {
  return (
    <div className="nowhere">
      <PageHead title="Nothing is at this address" />
      <p>
        It may not be whole, or what it names was never made. Search for an account, a meter or a
        page at the top, or go <Link to="/">home</Link>.
      </p>
    </div>
  );
}
