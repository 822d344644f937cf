/** Where a service is taken and at what rate: the part of a form about an agreement. */

import { keepPreviousData } from "@tanstack/react-query";
import { type ReactElement, useState } from "react";
import type { FieldValues, Path, PathValue, UseFormReturn } from "react-hook-form";
import { z } from "zod";
import { api, type Schema } from "@/api/client";
import { FindPick } from "@/components/find-pick";
import { SelectField } from "@/components/form";
import { words } from "@/lib/words";

const SERVICES = ["water", "sewer", "irrigation", "fire", "recycled", "other"] as const;

export const service = z.object({
  service_point_id: z.string().min(1, "Choose the service point"),
  service: z.enum(SERVICES),
  rate_code: z.string().min(1, "Choose the rate"),
  from_on: z.string().min(10, "Type the day"),
});

type Fields = z.infer<typeof service>;

/** An agreement to the whole of a point's service, as the API takes it; facts are set afterwards. */
export function agreementOf(
  id: string,
  { service_point_id, service: kind, rate_code, from_on }: Fields,
): Schema<"AgreementRequest"> {
  return {
    id,
    service_point_id,
    service: kind,
    rate_code,
    share_percent: "100",
    from_on,
    attributes: {},
  };
}

interface ServiceFieldsProps<Values extends FieldValues & Fields> {
  form: UseFormReturn<Values, unknown, Values>;
}

export function ServiceFields<Values extends FieldValues & Fields>({
  form,
}: ServiceFieldsProps<Values>): ReactElement {
  const [q, setWords] = useState("");
  const name = <Name extends keyof Fields>(field: Name) => field as unknown as Path<Values>;
  const chosen = form.watch(name("service_point_id")) as string;
  const points = api.useQuery(
    "get",
    "/api/v1/service-points",
    { params: { query: { limit: 12, status: "active", ...(q ? { q } : {}) } } },
    { placeholderData: keepPreviousData },
  );
  const point = api.useQuery(
    "get",
    "/api/v1/service-points/{service_point_id}",
    { params: { path: { service_point_id: chosen } } },
    { enabled: chosen !== "" },
  );
  const kind = form.watch(name("service")) as string;
  const tariffs = api.useQuery("get", "/api/v1/tariffs", { params: { query: { limit: 200 } } });
  const rates = (tariffs.data?.items ?? []).filter((tariff) => tariff.service === kind);
  const errors = form.formState.errors as Record<string, { message?: string } | undefined>;
  const put = (field: keyof Fields, value: string) =>
    form.setValue(name(field), value as PathValue<Values, Path<Values>>, {
      shouldValidate: form.formState.isSubmitted,
    });
  return (
    <>
      <FindPick
        label="Service point"
        ask="Find the service point"
        scraps="Address, code or meter"
        chosen={
          point.data
            ? {
                id: chosen,
                text: [point.data.service_point.code, point.data.situs_line]
                  .filter(Boolean)
                  .join(" · "),
              }
            : null
        }
        items={(points.data?.items ?? []).map((item) => ({
          id: item.id,
          text: item.code,
          note: [item.situs_line ?? item.location, item.meter_serial].filter(Boolean).join(" · "),
        }))}
        onWords={setWords}
        onChange={(id) => put("service_point_id", id)}
        error={errors.service_point_id?.message}
      />
      <SelectField
        control={form.control}
        name={name("service")}
        label="Service"
        options={SERVICES.map((one) => [one, words(one)])}
      />
      <SelectField
        control={form.control}
        name={name("rate_code")}
        label="Rate"
        options={rates.map((tariff) => [tariff.code, `${tariff.code} · ${tariff.name_en}`])}
      />
    </>
  );
}
