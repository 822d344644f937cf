import { type ReactElement, useState } from "react";
import { z } from "zod";
import { client, type Schema } from "@/api/client";
import { useForget } from "@/api/session";
import { ActDialog } from "@/components/act";
import { Button } from "@/components/button";
import { Dialog } from "@/components/dialog";
import { Day, Fact, Facts, Moment } from "@/components/figures";
import { DialogForm, SelectField, TextField, useAppForm } from "@/components/form";
import { toast } from "@/components/toast";
import { uuid7 } from "@/lib/ids";
import { formatCount, plural } from "@/lib/units";
import { words } from "@/lib/words";
import type { Code } from "./codes";

export const KINDS = [
  ["skip", "Skip"],
  ["trouble", "Trouble"],
  ["note", "Note"],
] as const;

export type NewCode = Pick<Schema<"UnknownCode">, "kind" | "code">;
const PATHS = ["/api/v1/read-codes", "/api/v1/read-codes/unknown"] as const;

const schema = z.object({
  kind: z.enum(["skip", "trouble", "note"]),
  code: z
    .string()
    .trim()
    .toUpperCase()
    .regex(/^[A-Z0-9/_-]{1,10}$/, "Up to 10 letters and digits"),
  meaning: z.string().trim().min(1, "Say what it means").max(200),
});

/** A code and what it means, from now on. */
export function AddCode({ start, onClose }: { start: NewCode; onClose: () => void }): ReactElement {
  const forget = useForget();
  const [id] = useState(uuid7);
  const { form, problem, submit, isBusy } = useAppForm({
    schema,
    defaults: { kind: start.kind, code: start.code, meaning: "" },
    onSubmit: async (typed) => {
      await client.POST("/api/v1/read-codes", { body: { id, ...typed } });
      await forget(...PATHS);
      toast(`${typed.code} is added`);
      onClose();
    },
  });
  const { control } = form;
  return (
    <Dialog title="Add a code" isOpen onClose={onClose}>
      <DialogForm
        label="Add a code"
        problem={problem}
        onSubmit={submit}
        footer={
          <>
            <Button onPress={onClose}>Cancel</Button>
            <Button type="submit" variant="primary" isBusy={isBusy}>
              Add the code
            </Button>
          </>
        }
      >
        <SelectField control={control} name="kind" label="Kind" options={KINDS} />
        <TextField control={control} name="code" label="Code" autoFocus={start.code === ""} />
        <TextField control={control} name="meaning" label="Meaning" autoFocus={start.code !== ""} />
      </DialogForm>
    </Dialog>
  );
}

interface SheetProps {
  code: Code;
  mayRetire: boolean;
  onClose: () => void;
}

/** One code: who added it, how often it was left, and its retirement. */
export function CodeSheet({ code, mayRetire, onClose }: SheetProps): ReactElement {
  const [isRetiring, setRetiring] = useState(false);
  const forget = useForget();
  if (isRetiring) {
    return (
      <ActDialog
        title={`Retire ${code.code}`}
        button="Retire the code"
        isDangerous
        effect={[
          { label: "Meaning", value: code.meaning },
          { label: "Left so far", value: plural(code.times_left, "time") },
          { label: "What was left before", value: "Keeps its meaning", total: true },
        ]}
        reason={{ label: "Why", min: 5 }}
        onAct={async (reason) => {
          const params = { path: { code_id: code.id } };
          await client.POST("/api/v1/read-codes/{code_id}/retire", { params, body: { reason } });
          await forget(...PATHS);
          toast(`${code.code} is retired`);
        }}
        onClose={onClose}
      />
    );
  }
  return (
    <Dialog title={`${code.code}: ${code.meaning}`} isOpen onClose={onClose}>
      <div className="body">
        <Facts>
          <Fact label="Kind">{words(code.kind)}</Fact>
          <Fact label="Times left">{formatCount(code.times_left)}</Fact>
          <Fact label="Last left">
            <Day on={code.last_left_on} />
          </Fact>
          <Fact label="Added by">{code.added_by_name ?? "Comes with Curbstop"}</Fact>
          <Fact label="Added">
            <Moment at={code.added_at} />
          </Fact>
          {code.retired_at ? (
            <Fact label="Retired">
              <Moment at={code.retired_at} /> by {code.retired_by_name}: {code.retirement_reason}
            </Fact>
          ) : null}
        </Facts>
      </div>
      <footer>
        <Button onPress={onClose}>Close</Button>
        {mayRetire && !code.retired_at ? (
          <Button variant="danger" onPress={() => setRetiring(true)}>
            Retire
          </Button>
        ) : null}
      </footer>
    </Dialog>
  );
}
