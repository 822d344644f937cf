import { type ReactElement, useState } from "react";
import { useWatch } from "react-hook-form";
import { z } from "zod";
import { api, client, type Schema } from "@/api/client";
import { useForget } from "@/api/session";
import { Banner, ProblemBanner } from "@/components/banner";
import { Button } from "@/components/button";
import { Dialog, Effect } from "@/components/dialog";
import { useZone } from "@/components/figures";
import {
  CheckField,
  DayField,
  DialogForm,
  SelectField,
  TextField,
  useAppForm,
} from "@/components/form";
import { toast } from "@/components/toast";
import { formatCents } from "@/lib/cents";
import { formatDay, todayIn } from "@/lib/dates";
import { uuid7 } from "@/lib/ids";
import { usePaused } from "@/lib/paused";
import { plural } from "@/lib/units";

import { formatValue, named, type Policy, readTyped, TYPED_AS, typedOf } from "./values";

const PAUSE_MS = 250;
const MANY_LINES = new Set<Policy["kind"]>(["texts", "dates", "cents_by_code"]);
type Preview = Schema<"PolicyPreview">;

interface EnterProps {
  policy: Policy;
  onClose: () => void;
}

/** A value from a day on: what it changes and what the law says of it come before the button. */
export function EnterValue({ policy, onClose }: EnterProps): ReactElement {
  const forget = useForget();
  const zone = useZone();
  const [id] = useState(uuid7);
  const [schema] = useState(() => schemaOf(policy));
  const { form, problem, submit, isBusy } = useAppForm({
    schema,
    defaults: {
      value: typedOf(policy, policy.value),
      from_on: todayIn(zone),
      decided_by: "",
      citation: "",
      reason: "",
      acknowledge_warning: false,
    },
    onSubmit: async (typed) => {
      const body = { id, ...typed, value: readTyped(policy, typed.value) as Preview["after"] };
      const params = { path: { key: policy.key } };
      await client.POST("/api/v1/policies/{key}/values", { params, body });
      await forget("/api/v1/policies", "/api/v1/policies/{key}", "/api/v1/approvals");
      toast(policy.needs_second ? "Entered; it waits for a second person" : "Entered");
      onClose();
    },
  });
  const { control } = form;
  const typed = usePaused(useWatch({ control, name: "value" }), PAUSE_MS);
  const fromOn = usePaused(useWatch({ control, name: "from_on" }), PAUSE_MS);
  const value = readTyped(policy, typed) as Preview["after"] | undefined;
  const preview = api.useQuery(
    "post",
    "/api/v1/policies/{key}/preview",
    { params: { path: { key: policy.key } }, body: { value: value ?? null, from_on: fromOn } },
    { enabled: value !== undefined && fromOn !== "", placeholderData: (before) => before },
  );
  return (
    <Dialog title={policy.title} isOpen onClose={onClose} wide>
      <DialogForm
        label={`Enter a value: ${policy.title}`}
        problem={problem}
        onSubmit={submit}
        footer={
          <>
            <Button onPress={onClose}>Cancel</Button>
            <Button type="submit" variant="primary" isBusy={isBusy}>
              {policy.needs_second ? "Enter for approval" : "Enter the value"}
            </Button>
          </>
        }
      >
        <ValueField policy={policy} control={control} />
        <DayField control={control} name="from_on" label="Applies from" />
        <TextField control={control} name="decided_by" label="Decided by" />
        <TextField
          control={control}
          name="citation"
          label="Document"
          help="Resolution, section or page that records it."
        />
        {preview.error ? <ProblemBanner error={preview.error} /> : null}
        {preview.data ? <Change policy={policy} preview={preview.data} /> : null}
        {preview.data?.warning ? (
          <CheckField
            control={control}
            name="acknowledge_warning"
            label="Enter it although it lies outside the law"
          />
        ) : null}
        <TextField
          control={control}
          name="reason"
          label={preview.data?.warning ? "Why (10 characters or more)" : "Why"}
        />
      </DialogForm>
    </Dialog>
  );
}

function schemaOf(policy: Policy) {
  return z.object({
    value: z.string().refine((text) => readTyped(policy, text) !== undefined, {
      message: TYPED_AS[policy.kind] ?? "Type a number",
    }),
    from_on: z.iso.date("Type the day"),
    decided_by: z.string().trim().min(3, "Say who decided it").max(300),
    citation: z.string().trim().max(300),
    reason: z.string().trim().max(1000),
    acknowledge_warning: z.boolean(),
  });
}

type Control = Parameters<typeof DayField<z.input<ReturnType<typeof schemaOf>>>>[0]["control"];

function ValueField({ policy, control }: { policy: Policy; control: Control }): ReactElement {
  const { kind, unit } = policy;
  const name = "value" as const;
  if (kind === "flag" || kind === "choice") {
    const options =
      kind === "flag"
        ? ([
            ["true", "Yes"],
            ["false", "No"],
          ] as const)
        : policy.choices.map((code) => [code, named(code)] as const);
    return <SelectField control={control} name={name} label="Value" options={options} />;
  }
  const label = kind === "cents" ? "Value, dollars" : unit ? `Value, ${unit}` : "Value";
  const help = TYPED_AS[kind];
  return (
    <TextField
      control={control}
      name={name}
      label={label}
      multiline={MANY_LINES.has(kind)}
      autoFocus
      {...(help ? { help } : {})}
    />
  );
}

function Change({ policy, preview }: { policy: Policy; preview: Preview }): ReactElement {
  const { example, warning, until_on, days_back } = preview;
  const lines = [
    { label: "As things stand", value: formatValue(policy, preview.before) },
    {
      label: "Until",
      value: until_on
        ? `${formatDay(until_on)}, when a later decision begins`
        : "The next decision",
    },
    ...(example
      ? [
          {
            label: `On ${formatCents(example.base_cents)}`,
            value: `${formatCents(example.before_cents)} becomes ${formatCents(example.after_cents)}`,
          },
        ]
      : []),
    {
      label: preview.is_same ? "From that day, the same" : `From ${formatDay(preview.from_on)}`,
      value: formatValue(policy, preview.after),
      total: true,
    },
  ];
  return (
    <>
      {warning ? <Banner tone="warn" title={warning} /> : null}
      {days_back > 0 ? (
        <Banner tone="info" title={`It begins ${plural(days_back, "day")} before today`}>
          <p>What was billed or charged since then stays as it is.</p>
        </Banner>
      ) : null}
      <Effect lines={lines} />
      {preview.needs_second ? (
        <p className="help">It applies once another person has approved it.</p>
      ) : null}
    </>
  );
}
