import { type ReactElement, useState } from "react";
import { useWatch } from "react-hook-form";
import { z } from "zod";
import { api, client, type Schema } from "@/api/client";
import { useForget } from "@/api/session";
import { ProblemBanner } from "@/components/banner";
import { Button } from "@/components/button";
import { Dialog, Effect } from "@/components/dialog";
import { useZone } from "@/components/figures";
import { DayField, DialogForm, SelectField, TextField, useAppForm } from "@/components/form";
import { toast } from "@/components/toast";
import { formatDay, todayIn } from "@/lib/dates";
import { uuid7 } from "@/lib/ids";
import { usePaused } from "@/lib/paused";
import { formatCount, plural } from "@/lib/units";
import { words } from "@/lib/words";
import { classesOf, SEASONS, type Threshold } from "./kinds";

const PAUSE_MS = 300;
const EVERY = "every";
const DECIMAL = /^\d{1,7}(\.\d{1,6})?$/;
const WHOLE = /^\d{1,7}$/;

interface ChangeProps {
  threshold: Threshold;
  onClose: () => void;
}

/** A value from a day on; before the button, what the last reads would have come to by it. */
export function Change({ threshold, onClose }: ChangeProps): ReactElement {
  const forget = useForget();
  const zone = useZone();
  const [id] = useState(uuid7);
  const [schema] = useState(() => schemaOf(threshold));
  const { form, problem, submit, isBusy } = useAppForm({
    schema,
    defaults: {
      value: "",
      account_class: EVERY,
      season: EVERY,
      from_on: todayIn(zone),
      reason: "",
    },
    onSubmit: async (typed) => {
      const body = { ...typed, ...scopeOf(typed), id, name: threshold.name };
      await client.POST("/api/v1/read-rule-parameters", { body });
      await forget("/api/v1/read-rules", "/api/v1/read-rules/{name}");
      toast("Set");
      onClose();
    },
  });
  const { control } = form;
  const classes = classesOf(threshold).flatMap((one) => (one ? [[one, words(one)] as const] : []));
  return (
    <Dialog title={threshold.title} isOpen onClose={onClose} wide>
      <DialogForm
        label={`Set a value: ${threshold.title}`}
        problem={problem}
        onSubmit={submit}
        footer={
          <>
            <Button onPress={onClose}>Cancel</Button>
            <Button type="submit" variant="primary" isBusy={isBusy}>
              Set the value
            </Button>
          </>
        }
      >
        <div className="form-grid">
          <TextField
            control={control}
            name="value"
            label={`Value, ${threshold.unit}`}
            inputMode="decimal"
            autoFocus
          />
          <DayField control={control} name="from_on" label="Applies from" />
          {threshold.by_class ? (
            <>
              <SelectField
                control={control}
                name="account_class"
                label="Class"
                options={[[EVERY, "Every class"], ...classes]}
              />
              <SelectField
                control={control}
                name="season"
                label="Season"
                options={[[EVERY, "All year"], ...SEASONS]}
              />
            </>
          ) : null}
        </div>
        {threshold.has_preview ? <Told threshold={threshold} control={control} /> : null}
        <TextField control={control} name="reason" label="Why" wide />
      </DialogForm>
    </Dialog>
  );
}

function schemaOf({ whole }: Threshold) {
  return z.object({
    value: z
      .string()
      .trim()
      .regex(whole ? WHOLE : DECIMAL, whole ? "Type a whole number" : "Type a number"),
    account_class: z.string(),
    season: z.string(),
    from_on: z.iso.date("Type the day"),
    reason: z.string().trim().min(5, "At least 5 characters: others will read it").max(300),
  });
}

type Typed = z.infer<ReturnType<typeof schemaOf>>;
type Trial = Schema<"ThresholdTrial">;

/** Class and season as the API takes them: nothing means every one. */
function scopeOf(typed: Pick<Typed, "account_class" | "season">) {
  const of = (word: string) => (word === EVERY ? null : word);
  return {
    account_class: of(typed.account_class) as Trial["account_class"],
    season: of(typed.season) as Trial["season"],
  };
}

interface ToldProps {
  threshold: Threshold;
  control: Parameters<typeof DayField<Typed>>[0]["control"];
}

/** The effect on the last regular reads, once a value is typed. */
function Told({ threshold, control }: ToldProps): ReactElement {
  const [value, account_class, season] = useWatch({
    control,
    name: ["value", "account_class", "season"],
  });
  const typed = usePaused(value.trim(), PAUSE_MS);
  const isTyped = (threshold.whole ? WHOLE : DECIMAL).test(typed);
  const effect = api.useQuery(
    "post",
    "/api/v1/read-rules/{name}/preview",
    {
      params: { path: { name: threshold.name } },
      body: { value: typed, ...scopeOf({ account_class, season }) },
    },
    { enabled: isTyped, placeholderData: (before) => before, retry: false },
  );
  if (effect.error) return <ProblemBanner error={effect.error} />;
  if (!isTyped || !effect.data) {
    return (
      <p className="help">Type a value to see what the last reads would have come to by it.</p>
    );
  }
  return <Sums effect={effect.data} />;
}

function Sums({ effect }: { effect: Schema<"ThresholdEffect"> }): ReactElement {
  const { reads, registers, first_on, last_on, before, after } = effect;
  if (reads === 0)
    return <p className="help">There is no read of this class and season to try it on.</p>;
  const what = effect.second_person ? "Would take two persons" : "Would be exceptions";
  const drawn = reads < registers ? `, of ${formatCount(registers)} registers` : "";
  return (
    <div aria-live="polite">
      <Effect
        lines={[
          { label: "Last regular reads judged", value: `${plural(reads, "read")}${drawn}` },
          { label: "Taken", value: `${formatDay(first_on ?? "")} to ${formatDay(last_on ?? "")}` },
          { label: `${what} by today's value`, value: formatCount(before) },
          { label: "More / fewer", value: `+${effect.newly} / −${effect.no_longer}` },
          { label: `${what} by the new value`, value: formatCount(after), total: true },
        ]}
      />
    </div>
  );
}
