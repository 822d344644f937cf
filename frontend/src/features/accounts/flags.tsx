/** What whoever deals with the account must see first, until it expires or is removed. */

import { type ReactElement, useState } from "react";
import { z } from "zod";
import { api, client } from "@/api/client";
import { useForget, useMay } from "@/api/session";
import { ActDialog } from "@/components/act";
import { Button, Choice } from "@/components/button";
import { Dialog } from "@/components/dialog";
import { DayField, DialogForm, SelectField, TextField, useAppForm } from "@/components/form";
import { Pill, type Tone } from "@/components/pill";
import { toast } from "@/components/toast";
import { formatDay } from "@/lib/dates";
import { uuid7 } from "@/lib/ids";
import { type Flag, TIMELINE_PATH } from "./kinds";

const TONES: Record<Flag["weight"], Tone> = { stop: "danger", care: "warn", tell: "accent" };
const FLAGS_PATH = "/api/v1/accounts/{account_id}/flags";

/** The flags in force, one line each, the loudest first; nothing when there is none. */
export function FlagBar({ accountId }: { accountId: string }): ReactElement | null {
  const { data = [] } = api.useQuery("get", FLAGS_PATH, {
    params: { path: { account_id: accountId } },
  });
  const mayWrite = useMay("notes:write");
  const [removing, setRemoving] = useState<Flag | null>(null);
  const standing = data.filter((flag) => flag.in_force);
  if (standing.length === 0) return null;
  return (
    <ul className="flag-bar no-print" aria-label="Flags">
      {standing.map((flag) => (
        <li key={flag.id} className={flag.weight}>
          <Pill state={flag.kind} tone={TONES[flag.weight]} label={flag.name} />
          <span className="grow">
            {flag.reason}
            {flag.guidance ? <span className="muted"> {flag.guidance}</span> : null}
          </span>
          <span className="muted small nowrap">
            {flag.to_on ? `until ${formatDay(flag.to_on)}` : "until removed"}, {flag.raised_by_name}
          </span>
          {mayWrite ? (
            <Button small variant="quiet" onPress={() => setRemoving(flag)}>
              Remove<span className="sr-only"> {flag.name}</span>
            </Button>
          ) : null}
        </li>
      ))}
      {removing ? <RemoveFlag flag={removing} onClose={() => setRemoving(null)} /> : null}
    </ul>
  );
}

function RemoveFlag({ flag, onClose }: { flag: Flag; onClose: () => void }): ReactElement {
  const forget = useForget();
  return (
    <ActDialog
      title={`Remove ${flag.name}`}
      button="Remove the flag"
      reason={{ label: "Why it no longer holds", min: 5 }}
      onAct={async (reason) => {
        await client.POST("/api/v1/account-flags/{flag_id}/remove", {
          params: { path: { flag_id: flag.id } },
          body: { reason },
        });
        await forget(FLAGS_PATH, TIMELINE_PATH);
        toast(`${flag.name} is removed`);
      }}
      onClose={onClose}
    >
      <p>
        {flag.reason} <span className="muted">Raised by {flag.raised_by_name}.</span>
      </p>
    </ActDialog>
  );
}

const schema = z
  .object({
    kind: z.string().min(1, "Choose the kind"),
    reason: z.string().trim().min(5, "At least 5 characters: others will read it").max(500),
    ends: z.enum(["day", "removed"]),
    to_on: z.string(),
  })
  .refine(({ ends, to_on }) => ends === "removed" || to_on.length === 10, {
    path: ["to_on"],
    message: "Type the day, or choose until removed",
  });

interface RaiseFlagProps {
  accountId: string;
  onClose: () => void;
}

export function RaiseFlag({ accountId, onClose }: RaiseFlagProps): ReactElement {
  const [id] = useState(uuid7);
  const forget = useForget();
  const kinds = api.useQuery("get", "/api/v1/flag-kinds");
  const offered = (kinds.data ?? []).filter((kind) => kind.is_offered);
  const { form, problem, submit, isBusy } = useAppForm({
    schema,
    defaults: { kind: "", reason: "", ends: "day", to_on: "" },
    onSubmit: async ({ kind, reason, ends, to_on }) => {
      const until_removed = ends === "removed";
      await client.POST("/api/v1/accounts/{account_id}/flags", {
        params: { path: { account_id: accountId } },
        body: { id, kind, reason, until_removed, to_on: until_removed ? null : to_on },
      });
      await forget(FLAGS_PATH, TIMELINE_PATH);
      toast("The account is flagged");
      onClose();
    },
  });
  const { control } = form;
  const ends = form.watch("ends");
  const chosen = offered.find(({ code }) => code === form.watch("kind"));
  return (
    <Dialog title="Flag the account" isOpen onClose={onClose}>
      <DialogForm
        label="Flag the account"
        problem={problem}
        onSubmit={submit}
        footer={
          <>
            <Button onPress={onClose}>Cancel</Button>
            <Button type="submit" variant="primary" isBusy={isBusy}>
              Flag it
            </Button>
          </>
        }
      >
        <SelectField
          control={control}
          name="kind"
          label="Kind"
          options={offered.map(({ code, name }) => [code, name])}
        />
        {chosen?.guidance ? <p className="help">{chosen.guidance}</p> : null}
        <TextField control={control} name="reason" label="What to know" />
        <Choice
          label="It is shown"
          value={ends}
          options={[
            ["day", "Until a day"],
            ["removed", "Until removed"],
          ]}
          onChange={(value) => form.setValue("ends", value)}
        />
        {ends === "day" ? (
          <DayField
            control={control}
            name="to_on"
            label="Shown until"
            help="The first day that it is no longer shown"
          />
        ) : null}
      </DialogForm>
    </Dialog>
  );
}
