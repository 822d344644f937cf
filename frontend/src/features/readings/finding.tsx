import type { ReactElement } from "react";
import { z } from "zod";
import { client, type Schema } from "@/api/client";
import type { RowOf } from "@/api/lists";
import { useForget } from "@/api/session";
import { Button } from "@/components/button";
import { Dialog, Effect } from "@/components/dialog";
import { Day, Usage } from "@/components/figures";
import { DialogForm, TextField, useAppForm } from "@/components/form";
import { toast } from "@/components/toast";

type Item = RowOf<"/api/v1/read-audits/{audit_id}/items">;

export interface Asked {
  auditId: string;
  item: Item;
  finding: Schema<"ReadFinding">;
}

const TITLES = {
  agrees: "The register agrees",
  differs: "The register shows another value",
  not_found: "The register was not found",
} as const;

/** One finding, recorded for good. */
export function FindingDialog({
  asked,
  onClose,
}: {
  asked: Asked;
  onClose: () => void;
}): ReactElement {
  const { auditId, item, finding } = asked;
  const differs = finding === "differs";
  const forget = useForget();
  const { form, problem, submit, isBusy } = useAppForm({
    schema: z.object({
      found_value: differs
        ? z.string().regex(/^\d{1,12}(\.\d{1,6})?$/, "Type what the register shows")
        : z.string(),
      note: z.string().max(300),
    }),
    defaults: { found_value: "", note: "" },
    onSubmit: async (values) => {
      await client.POST("/api/v1/read-audits/{audit_id}/items/{place}/finding", {
        params: { path: { audit_id: auditId, place: item.place } },
        body: {
          finding,
          found_value: differs ? values.found_value : null,
          note: values.note,
        },
      });
      await forget(
        "/api/v1/read-audits",
        "/api/v1/read-audits/{audit_id}",
        "/api/v1/read-audits/{audit_id}/items",
      );
      toast(`Read ${item.place} is checked`);
      onClose();
    },
  });
  return (
    <Dialog title={TITLES[finding]} isOpen onClose={onClose}>
      <DialogForm
        label={TITLES[finding]}
        problem={problem}
        onSubmit={submit}
        footer={
          <>
            <Button onPress={onClose}>Cancel</Button>
            <Button type="submit" variant="primary" isBusy={isBusy}>
              Record the finding
            </Button>
          </>
        }
      >
        <Effect
          lines={[
            { label: "Meter", value: item.meter_serial },
            { label: "Read on", value: <Day on={item.read_on} /> },
            { label: "Accepted read", value: <Usage value={item.value} unit={item.unit} /> },
          ]}
        />
        {differs ? (
          <TextField
            control={form.control}
            name="found_value"
            label={`What it shows now (${item.unit})`}
            inputMode="decimal"
            autoFocus
          />
        ) : null}
        <TextField
          control={form.control}
          name="note"
          label="Note"
          {...(differs ? {} : { autoFocus: true })}
        />
      </DialogForm>
    </Dialog>
  );
}
