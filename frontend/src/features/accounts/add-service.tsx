/** Another service for an account that stands. */

import { type ReactElement, useState } from "react";
import { client } from "@/api/client";
import { useForget } from "@/api/session";
import { Button } from "@/components/button";
import { Dialog } from "@/components/dialog";
import { useZone } from "@/components/figures";
import { DayField, DialogForm, useAppForm } from "@/components/form";
import { toast } from "@/components/toast";
import { todayIn } from "@/lib/dates";
import { uuid7 } from "@/lib/ids";
import { words } from "@/lib/words";
import { type AccountPage, TIMELINE_PATH } from "./kinds";
import { agreementOf, ServiceFields, service } from "./service-fields";

interface AddServiceProps {
  page: AccountPage;
  onClose: () => void;
}

export function AddService({ page, onClose }: AddServiceProps): ReactElement {
  const [id] = useState(uuid7);
  const forget = useForget();
  const today = todayIn(useZone());
  const { form, problem, submit, isBusy } = useAppForm({
    schema: service,
    defaults: {
      // Mostly a second service where the first is: sewer beside water.
      service_point_id: page.service_points[0]?.service_point.id ?? "",
      service: "water",
      rate_code: "",
      from_on: today,
    },
    onSubmit: async (values) => {
      await client.POST("/api/v1/accounts/{account_id}/agreements", {
        params: { path: { account_id: page.account.id } },
        body: agreementOf(id, values),
      });
      await forget("/api/v1/accounts/{account_id}", "/api/v1/accounts", TIMELINE_PATH);
      toast(`${words(values.service)} is added`);
      onClose();
    },
  });
  return (
    <Dialog title="Add a service" isOpen wide onClose={onClose}>
      <DialogForm
        label="Add a service"
        problem={problem}
        onSubmit={submit}
        footer={
          <>
            <Button onPress={onClose}>Cancel</Button>
            <Button type="submit" variant="primary" isBusy={isBusy}>
              Add the service
            </Button>
          </>
        }
      >
        <div className="form-grid">
          <ServiceFields form={form} />
          <DayField
            control={form.control}
            name="from_on"
            label="From"
            help="The first day that is theirs"
          />
        </div>
      </DialogForm>
    </Dialog>
  );
}
