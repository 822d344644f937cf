/** An unknown line is given to the register it belongs to. */

import { keepPreviousData } from "@tanstack/react-query";
import { type ReactElement, useState } from "react";
import { z } from "zod";
import { api, client } from "@/api/client";
import { useForget } from "@/api/session";
import { Banner } from "@/components/banner";
import { Button } from "@/components/button";
import { Dialog, Effect } from "@/components/dialog";
import { Day, Usage } from "@/components/figures";
import { FindPick } from "@/components/find-pick";
import { CheckField, DialogForm, SelectField, TextField, useAppForm } from "@/components/form";
import { toast } from "@/components/toast";
import { compareDecimals, formatQuantity } from "@/lib/units";
import { words } from "@/lib/words";
import { REVIEW_PATHS } from "./acts";
import type { Review } from "./columns";

const schema = z.object({
  register_id: z.string().min(1, "Choose the meter"),
  reason: z.string().trim().min(5, "At least 5 characters: others will read it").max(300),
  replaces: z.boolean(),
});
const SIDES: Record<string, string> = { "0": "The register", L: "Low side", H: "High side" };

interface MatchProps {
  review: Review;
  onClose: () => void;
}

/** The read of that register and day that the line would replace, if it says otherwise. */
function useReadOf(point: string | undefined, register: string, review: Review) {
  const on = review.read_on;
  const reads = api.useQuery(
    "get",
    "/api/v1/reads",
    { params: { query: { service_point_id: point ?? "", first_on: on, last_on: on } } },
    { enabled: point !== undefined && register !== "" },
  );
  const stands = reads.data?.find((read) => read.register_id === register && read.read_on === on);
  return stands && compareDecimals(stands.value, review.value ?? "0") !== 0 ? stands : null;
}

export function Match({ review, onClose }: MatchProps): ReactElement {
  const [q, setWords] = useState("");
  const [meterId, setMeterId] = useState<string | null>(null);
  const forget = useForget();
  const { form, problem, submit, isBusy } = useAppForm({
    schema,
    defaults: { register_id: "", reason: "", replaces: false },
    onSubmit: async (values) => {
      await client.POST("/api/v1/read-reviews/{review_id}/match", {
        params: { path: { review_id: review.id } },
        body: values,
      });
      await forget(...REVIEW_PATHS, "/api/v1/reads");
      toast("The line is matched; its read is recorded and judged");
      onClose();
    },
  });
  const meters = api.useQuery(
    "get",
    "/api/v1/meters",
    { params: { query: { limit: 12, status: "active", ...(q ? { q } : {}) } } },
    { placeholderData: keepPreviousData },
  );
  const page = api.useQuery(
    "get",
    "/api/v1/meters/{meter_id}",
    { params: { path: { meter_id: meterId ?? "" } } },
    { enabled: meterId !== null },
  );
  const found = (meters.data?.items ?? []).filter((meter) => meter.service_point_id !== null);
  const registers = page.data?.registers ?? [];
  const stay = page.data?.stays.find(({ to_on }) => to_on === null);
  const register = form.watch("register_id");
  const stands = useReadOf(stay?.service_point_id, register, review);

  async function choose(id: string): Promise<void> {
    setMeterId(id);
    form.setValue("register_id", "");
    const { data } = await client.GET("/api/v1/meters/{meter_id}", {
      params: { path: { meter_id: id } },
    });
    const [only, second] = data?.registers ?? [];
    if (only && !second) form.setValue("register_id", only.id, { shouldValidate: true });
  }
  return (
    <Dialog title="Which meter is this?" isOpen onClose={onClose}>
      <DialogForm
        label="Match the line to a meter"
        problem={problem}
        onSubmit={submit}
        footer={
          <>
            <Button onPress={onClose}>Cancel</Button>
            <Button type="submit" variant="primary" isBusy={isBusy}>
              Match and record the read
            </Button>
          </>
        }
      >
        <code className="raw-line">{review.raw}</code>
        <FindPick
          label="Meter"
          ask="Find the meter in place"
          scraps="Serial or endpoint"
          chosen={
            page.data
              ? {
                  id: page.data.meter.id,
                  text: `${page.data.meter.make} ${page.data.meter.serial}`,
                }
              : null
          }
          items={found.map((meter) => ({
            id: meter.id,
            text: `${meter.make} ${meter.serial}`,
            note: [meter.endpoint_serial, meter.service_point_code].filter(Boolean).join(" · "),
          }))}
          onWords={setWords}
          onChange={(id) => void choose(id)}
          error={form.formState.errors.register_id?.message}
        />
        {registers.length > 1 ? (
          <SelectField
            control={form.control}
            name="register_id"
            label="Register"
            options={registers.map(({ id, number }) => [id, SIDES[number] ?? number])}
          />
        ) : null}
        {stay ? (
          <Effect
            lines={[
              { label: "Service point", value: stay.service_point_code },
              { label: "Address", value: stay.situs_line ?? stay.location },
              { label: "Read on", value: <Day on={review.read_on} /> },
              {
                label: "Read that will stand",
                value: <Usage value={review.value} unit={registers[0]?.unit ?? null} />,
                total: true,
              },
            ]}
          />
        ) : null}
        {stands ? (
          <Banner tone="warn" title="This register was read that day already">
            <p>
              {formatQuantity(stands.value)} {stands.unit}, {words(stands.method).toLowerCase()}.
              The line says {formatQuantity(review.value ?? "")}.
            </p>
            <CheckField
              control={form.control}
              name="replaces"
              label="Replace that read by the line's"
            />
          </Banner>
        ) : null}
        <TextField
          control={form.control}
          name="reason"
          label="Why this one? Others will read it."
          multiline
        />
      </DialogForm>
    </Dialog>
  );
}
