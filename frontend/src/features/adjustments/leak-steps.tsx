import type { ReactElement } from "react";
import type { Schema } from "@/api/client";
import { Banner, ProblemBanner } from "@/components/banner";
import { Section } from "@/components/page";
import { withDays } from "@/lib/dates";

interface LeakStepsProps {
  credit: Schema<"LeakOut"> | null | undefined;
  error: unknown;
}

/** The arithmetic line by line, as it will stand on the request, and why policy says no. */
export function LeakSteps({ credit, error }: LeakStepsProps): ReactElement {
  return (
    <Section title="How it is worked out">
      <div className="stack" aria-live="polite">
        <ProblemBanner error={error} />
        {credit?.refusals.map((text) => (
          <Banner key={text} tone="warn" title="Policy credits nothing">
            <p>{withDays(text)}</p>
          </Banner>
        ))}
        {credit ? (
          <ol className="arithmetic">
            {credit.steps.map((step, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: lines of one calculation, in order
              <li key={index} data-inner={step.startsWith(" ") || undefined}>
                {withDays(step.trim())}
              </li>
            ))}
          </ol>
        ) : (
          <p className="muted">Choose at least one bill with the use of an ordinary period.</p>
        )}
      </div>
    </Section>
  );
}
