import type { ReactElement } from "react";

const WIDTH = 96;
const HEIGHT = 20;

/** The last periods as one small line, the present one as a dot; its numbers are read aloud. */
export function Spark({
  values,
  label,
}: {
  values: readonly number[];
  label: string;
}): ReactElement {
  const most = Math.max(1, ...values);
  const step = values.length > 1 ? (WIDTH - 6) / (values.length - 1) : 0;
  const points = values.map((value, index) => ({
    x: 3 + index * step,
    y: HEIGHT - 3 - (Math.max(0, value) / most) * (HEIGHT - 6),
  }));
  const last = points.at(-1);
  return (
    <svg className="spark" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
      <path d={points.map((p, i) => `${i === 0 ? "M" : "L"}${p.x} ${p.y}`).join("")} />
      {last ? <circle cx={last.x} cy={last.y} r="2.5" /> : null}
    </svg>
  );
}
