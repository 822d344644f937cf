import { type ReactElement, type ReactNode, useState } from "react";
import { Choice } from "./button";

interface ChartFigureProps {
  /** Names the figure, where its head does not. */
  label?: string;
  head?: ReactNode;
  chart: ReactElement;
  /** The same figures, for who cannot or would not read them off a chart. */
  table: ReactElement;
}

/** A chart that always has its table. */
export function ChartFigure({ label, head, chart, table }: ChartFigureProps): ReactElement {
  const [view, setView] = useState<"chart" | "table">("chart");
  return (
    <figure className="chart" aria-label={label}>
      <div className="row chart-head">
        <span className="grow muted small">{head}</span>
        <Choice
          label="Show as"
          value={view}
          options={[
            ["chart", "Chart"],
            ["table", "Table"],
          ]}
          onChange={setView}
        />
      </div>
      {view === "chart" ? chart : table}
    </figure>
  );
}
