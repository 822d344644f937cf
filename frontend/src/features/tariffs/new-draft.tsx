/** The next draft: a copy of a version with a day and a resolution of its own. */

import { useNavigate } from "@tanstack/react-router";
import { type ReactElement, useState } from "react";
import { z } from "zod";
import { client, type Schema } from "@/api/client";
import { useForget } from "@/api/session";
import { Button } from "@/components/button";
import { Dialog } from "@/components/dialog";
import { DayField, DialogForm, TextField, useAppForm } from "@/components/form";
import { toast } from "@/components/toast";
import { uuid7 } from "@/lib/ids";

const schema = z.object({
  effective_on: z.string().min(10, "Type the first day that it prices"),
  resolution: z.string().trim().min(1, "Type the resolution, as it will be printed").max(200),
});

interface NewDraftProps {
  version: Schema<"VersionOut">;
  onClose: () => void;
}

export function NewDraft({ version, onClose }: NewDraftProps): ReactElement {
  const forget = useForget();
  const navigate = useNavigate();
  const [id] = useState(uuid7);
  const { form, problem, submit, isBusy } = useAppForm({
    schema,
    defaults: { effective_on: yearAfter(version.effective_on), resolution: "" },
    onSubmit: async (values) => {
      await client.POST("/api/v1/tariff-versions/{version_id}/successors", {
        params: { path: { version_id: version.id } },
        body: { id, ...values },
      });
      await forget("/api/v1/tariffs", "/api/v1/tariff-versions");
      toast("Draft made");
      onClose();
      await navigate({ to: "/tariffs/versions/$versionId/edit", params: { versionId: id } });
    },
  });
  return (
    <Dialog title={`New draft of ${version.code}`} isOpen onClose={onClose}>
      <DialogForm
        label="New draft"
        problem={problem}
        onSubmit={submit}
        footer={
          <>
            <Button onPress={onClose}>Cancel</Button>
            <Button type="submit" variant="primary" isBusy={isBusy}>
              Make the draft
            </Button>
          </>
        }
      >
        <p>
          It begins with every price and example of {version.resolution}. Nothing is billed by it
          before another person approves it.
        </p>
        <DayField control={form.control} name="effective_on" label="Effective from" autoFocus />
        <TextField control={form.control} name="resolution" label="Resolution" />
      </DialogForm>
    </Dialog>
  );
}

function yearAfter(on: string): string {
  return `${Number(on.slice(0, 4)) + 1}${on.slice(4)}`.replace("-02-29", "-03-01");
}
