/** Excuses all that match with one reason; what stays open is said before the button. */

import type { ReactElement } from "react";
import { client, type Schema } from "@/api/client";
import { useForget } from "@/api/session";
import { ActDialog } from "@/components/act";
import { toast } from "@/components/toast";
import { formatCount, plural } from "@/lib/units";
import { words } from "@/lib/words";
import { RUN_PATHS, type Run } from "./states";

export interface BulkExcuse {
  chosen: Schema<"ExceptionSelection">;
  preview: Schema<"ExcusePreview">;
  onDone: () => void;
}

interface ExcuseManyProps {
  run: Run;
  bulk: BulkExcuse;
  onClose: () => void;
}

export function ExcuseMany({ run, bulk, onClose }: ExcuseManyProps): ReactElement {
  const forget = useForget();
  const { chosen, preview, onDone } = bulk;
  const many = plural(preview.exceptions, "exception");
  return (
    <ActDialog
      title={`Excuse ${many}`}
      button={`Excuse ${plural(preview.accounts, "account")}`}
      effect={[
        ...preview.by_code.map(({ code, exceptions }) => ({
          label: words(code),
          value: formatCount(exceptions),
        })),
        { label: "Accounts without a bill in this run", value: formatCount(preview.accounts) },
        {
          label: "Exceptions that still block it",
          value: formatCount(preview.left_open),
          total: true,
        },
      ]}
      reason={{ label: "Why may they stay without a bill in this run?", min: 5 }}
      onClose={onClose}
      onAct={async (reason) => {
        await client.POST("/api/v1/bill-runs/{run_id}/exceptions/excuse", {
          params: { path: { run_id: run.id } },
          body: { ...chosen, reason, expected: preview.exceptions },
        });
        await forget(...RUN_PATHS);
        onDone();
        toast(`${many} excused`);
      }}
    />
  );
}
