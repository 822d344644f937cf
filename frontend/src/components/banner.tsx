import { CircleAlert, CircleCheck, Info, TriangleAlert } from "lucide-react";
import type { ReactElement, ReactNode } from "react";
import { asProblem } from "@/api/problem";

const ICONS = { danger: CircleAlert, warn: TriangleAlert, ok: CircleCheck, info: Info };

interface BannerProps {
  tone: keyof typeof ICONS;
  title: ReactNode;
  children?: ReactNode;
}

export function Banner({ tone, title, children }: BannerProps): ReactElement {
  const Icon = ICONS[tone];
  return (
    <div className={`banner ${tone}`} role={tone === "danger" ? "alert" : "note"}>
      <Icon aria-hidden="true" />
      <div className="grow">
        <strong>{title}</strong>
        {children}
      </div>
    </div>
  );
}

/** A refusal in the API's own words: what, why, which fields, and the id to quote to support. */
export function ProblemBanner({
  error,
  action,
}: {
  error: unknown;
  action?: ReactNode;
}): ReactElement | null {
  if (!error) return null;
  const problem = asProblem(error);
  const listed = problem.errors.slice(0, 8);
  return (
    <Banner tone="danger" title={problem.title}>
      {problem.detail && listed.length === 0 ? <p>{problem.detail}</p> : null}
      {listed.length > 0 ? (
        <ul>
          {listed.map((field) => (
            <li key={`${field.pointer} ${field.detail}`}>
              <span className="mono">{field.pointer}</span> {field.detail}
            </li>
          ))}
        </ul>
      ) : null}
      {problem.status >= 500 && problem.requestId ? (
        <p className="small">Quote this id: {problem.requestId}</p>
      ) : null}
      {action}
    </Banner>
  );
}
