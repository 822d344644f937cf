import { type ErrorComponentProps, Link, useRouter } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { ProblemBanner } from "@/components/banner";
import { Button } from "@/components/button";
import { Nowhere } from "@/components/shown";

/** A screen that could not be shown: what happened and the two ways on. */
export function Failed({ error, reset }: ErrorComponentProps): ReactElement {
  const router = useRouter();
  return (
    <div className="page stack">
      <h1>This page could not be shown</h1>
      <ProblemBanner error={error} />
      <div className="row">
        <Button
          variant="primary"
          onPress={() => {
            reset();
            void router.invalidate();
          }}
        >
          Try again
        </Button>
        <Link className="btn" to="/">
          Home
        </Link>
      </div>
    </div>
  );
}

/** Behind the sign-in page and within the frame, so that its search is at hand. */
export function Missing(): ReactElement {
  return (
    <div className="page">
      <Nowhere />
    </div>
  );
}
