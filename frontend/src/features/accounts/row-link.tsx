import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import type { TimelineRow } from "./kinds";

/** What a timeline row is about, as the link to its own page where it has one. */
export function RowLink({ row }: { row: TimelineRow }): ReactElement {
  const { title, subject_id: id } = row;
  switch (row.kind) {
    case "bill":
      return (
        <Link to="/bills/$billId" params={{ billId: id }}>
          {title}
        </Link>
      );
    case "payment":
      return (
        <Link to="/payments/$paymentId" params={{ paymentId: id }}>
          {title}
        </Link>
      );
    case "adjustment":
      return (
        <Link to="/adjustments/$adjustmentId" params={{ adjustmentId: id }}>
          {title}
        </Link>
      );
    case "read":
    case "agreement":
      return (
        <Link to="/service-points/$servicePointId" params={{ servicePointId: id }}>
          {title}
        </Link>
      );
    case "letter":
    case "file":
      return <a href={`/api/v1/files/${id}`}>{title}</a>;
    default:
      return <strong>{title}</strong>;
  }
}
