import type { ReactElement } from "react";

/** The mark: a curb-stop key over water. */
export function Mark(): ReactElement {
  return (
    <svg className="mark" viewBox="0 0 32 32" aria-hidden="true">
      <g fill="none" stroke="currentColor" strokeWidth="2.4" strokeLinecap="round">
        <path d="M10 6.5h12M16 6.5v8" />
        <path d="M4 20c4 0 4-3 8-3s4 3 8 3 4-3 8-3" />
        <path d="M4 26c4 0 4-3 8-3s4 3 8 3 4-3 8-3" opacity=".5" />
      </g>
    </svg>
  );
}

/** Depth lines of a reservoir, drawn the same at every visit. */
export function DepthLines(): ReactElement {
  const lines = Array.from({ length: 15 }, (_, depth) => contour(depth));
  return (
    <svg viewBox="0 0 900 900" preserveAspectRatio="xMidYMid slice" aria-hidden="true">
      {lines.map((line, depth) => (
        <path
          key={line.slice(0, 24)}
          d={line}
          fill="currentColor"
          fillOpacity={0.028}
          stroke="currentColor"
          strokeOpacity={depth % 5 === 0 ? 0.42 : 0.17}
          strokeWidth={depth % 5 === 0 ? 1.3 : 0.9}
        />
      ))}
    </svg>
  );
}

function contour(depth: number): string {
  const radius = 560 - depth * 36;
  const points = Array.from({ length: 220 }, (_, step) => {
    const angle = (step / 220) * Math.PI * 2;
    const arm =
      1 +
      0.24 * Math.sin(angle * 2 + 0.7) +
      0.13 * Math.sin(angle * 3 - 1.1 + depth * 0.05) +
      0.05 * Math.sin(angle * 5 + depth * 0.22) +
      0.02 * Math.sin(angle * 9 - depth * 0.4);
    const x = 470 + depth * 5 + Math.cos(angle) * radius * arm;
    const y = 430 + depth * 3 + Math.sin(angle) * radius * arm * 0.74;
    return `${x.toFixed(1)} ${y.toFixed(1)}`;
  });
  return `M${points.join("L")}Z`;
}
