import { useRouter } from "@tanstack/react-router";
import { type ReactElement, useState } from "react";
import { client } from "@/api/client";
import { useForget } from "@/api/session";
import { ActDialog } from "@/components/act";
import { toast } from "@/components/toast";
import { uuid7 } from "@/lib/ids";
import { plural } from "@/lib/units";
import type { Trial } from "./trial";

interface SaveProps {
  text: string;
  trial: Trial;
  hasSample: boolean;
  onClose: () => void;
}

/** Adding says what the trial found, and which text it replaces. */
export function Save({ text, trial, hasSample, onClose }: SaveProps): ReactElement {
  const [id] = useState(uuid7);
  const forget = useForget();
  const router = useRouter();
  const { name = "", title = "" } = trial.layout ?? {};
  const replaces = trial.in_use;
  return (
    <ActDialog
      title={replaces ? `Replace ${name}` : `Add ${title}`}
      button={replaces ? "Replace the layout" : "Add the layout"}
      effect={[
        { label: "Name", value: <span className="mono">{name}</span> },
        { label: "Tried on a sample", value: triedOn(trial, hasSample) },
        ...(replaces
          ? [{ label: "The text in force today", value: "Retired, kept on record" }]
          : []),
        { label: "From now on", value: "Offered when a file is imported", total: true },
      ]}
      onAct={async () => {
        await client.POST("/api/v1/read-layouts", { body: { id, body: text, replaces } });
        await forget("/api/v1/read-layouts", "/api/v1/read-layouts/{name}");
        toast(replaces ? "Replaced" : "Added");
        router.history.push(`/read-layouts/${name}`);
      }}
      onClose={onClose}
    />
  );
}

function triedOn({ reads, file_faults }: Trial, hasSample: boolean): string {
  if (!hasSample) return "Not yet";
  if (file_faults.length > 0) return `Refused: ${plural(file_faults.length, "fault")}`;
  return `${plural(reads, "read")} understood`;
}
