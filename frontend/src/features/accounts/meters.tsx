import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import type { Schema } from "@/api/client";

/** The meters that stand somewhere now, each a link to its own page. */
export function Meters({
  meters = [],
}: {
  meters?: Schema<"InstalledOut">[] | undefined;
}): ReactElement {
  if (meters.length === 0) return <span className="muted">–</span>;
  return (
    <>
      {meters.map((meter, index) => (
        <span key={meter.installation_id}>
          {index > 0 ? ", " : null}
          <Link to="/meters/$meterId" params={{ meterId: meter.meter_id }}>
            {meter.serial}
          </Link>{" "}
          <span className="muted">{meter.size} in</span>
        </span>
      ))}
    </>
  );
}
