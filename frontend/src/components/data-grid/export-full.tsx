import type { ReactElement } from "react";
import { type FileKind, saveList } from "@/api/lists";
import { ActDialog } from "../act";

interface ExportFullProps {
  url: string;
  kind: FileKind;
  onClose: () => void;
}

/** Asks what a file with customers in it is for. */
export default function ExportFull({ url, kind, onClose }: ExportFullProps): ReactElement {
  return (
    <ActDialog
      title="Export with customers"
      button={`Export as ${kind === "csv" ? "CSV" : "Excel"}`}
      reason={{ label: "What is it for? The log keeps it.", min: 5, max: 300 }}
      onClose={onClose}
      onAct={(reason) => saveList(url, kind, reason)}
    >
      <p>
        Names, addresses and what tells a customer are confidential (Gov. Code § 7927.410). This
        file shows them; who took it and why is kept in the audit trail.
      </p>
    </ActDialog>
  );
}
