import { Link } from "@tanstack/react-router";
import { Check } from "lucide-react";
import type { ReactElement } from "react";

export interface Step {
  id: string;
  text: string;
  /** A few words under the step: who, when, how many. */
  note?: string;
  /** The search parameters of the place where the step is worked, when it has one. */
  search?: Record<string, string>;
}

/** How far a work of several steps is: done, here, still to come. */
export function Steps({
  label,
  steps,
  current,
}: {
  label: string;
  steps: readonly Step[];
  /** The step that is next; past the last when all is done. */
  current: number;
}): ReactElement {
  return (
    <ol className="steps" aria-label={label}>
      {steps.map((step, index) => (
        <li
          key={step.id}
          data-state={index < current ? "done" : index === current ? "here" : "later"}
          aria-current={index === current ? "step" : undefined}
        >
          <span className="step-mark" aria-hidden="true">
            {index < current ? <Check /> : index + 1}
          </span>
          <span className="step-text">
            {step.search ? (
              <Link to="." search={step.search}>
                {step.text}
              </Link>
            ) : (
              step.text
            )}
            <span className="sr-only">{index < current ? ", done" : ""}</span>
            {step.note ? <span className="step-note">{step.note}</span> : null}
          </span>
        </li>
      ))}
    </ol>
  );
}
