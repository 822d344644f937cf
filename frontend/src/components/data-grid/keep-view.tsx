import { type ReactElement, useState } from "react";
import { z } from "zod";
import { client, type Schema } from "@/api/client";
import { useForget } from "@/api/session";
import { uuid7 } from "@/lib/ids";
import { Button } from "../button";
import { Dialog } from "../dialog";
import { CheckField, DialogForm, TextField, useAppForm } from "../form";
import { Table } from "../table";
import { toast, toastProblem } from "../toast";

interface KeepViewProps {
  list: string;
  search: string;
  views: readonly Schema<"SavedViewOut">[];
  onClose: () => void;
}

const VIEWS = "/api/v1/saved-views";
const request = z.object({
  name: z.string().trim().min(1, "Type a name").max(60),
  shared: z.boolean(),
});

/** Gives the list as it is filtered and sorted now a name, and removes names no longer wanted. */
export default function KeepView({ list, search, views, onClose }: KeepViewProps): ReactElement {
  const [id] = useState(uuid7);
  const forget = useForget();
  const { form, problem, submit, isBusy } = useAppForm({
    schema: request,
    defaults: { name: "", shared: false },
    onSubmit: async (values) => {
      await client.POST(VIEWS, { body: { id, list, search, ...values } });
      await forget(VIEWS);
      toast(`The view ${values.name} is kept`);
      onClose();
    },
  });
  const remove = async (view: Schema<"SavedViewOut">) => {
    await client.DELETE("/api/v1/saved-views/{view_id}", {
      params: { path: { view_id: view.id } },
    });
    await forget(VIEWS);
  };
  const mine = views.filter((view) => view.mine);
  return (
    <Dialog title="Views of this list" isOpen onClose={onClose}>
      <DialogForm
        label="Keep this view"
        problem={problem}
        onSubmit={submit}
        footer={
          <>
            <Button onPress={onClose}>Cancel</Button>
            <Button type="submit" variant="primary" isBusy={isBusy}>
              Keep the view
            </Button>
          </>
        }
      >
        <TextField
          control={form.control}
          name="name"
          label="Name"
          autoFocus
          help="Keeps the search, the filters and the order that the list has now."
        />
        <CheckField control={form.control} name="shared" label="The whole office sees it" />
        {mine.length > 0 ? (
          <Table>
            <caption>Yours</caption>
            <tbody>
              {mine.map((view) => (
                <tr key={view.id}>
                  <td>{view.name}</td>
                  <td className="muted">{view.shared ? "shared" : ""}</td>
                  <td className="num">
                    <Button
                      small
                      variant="quiet"
                      aria-label={`Remove ${view.name}`}
                      onPress={() => remove(view).catch(toastProblem)}
                    >
                      Remove
                    </Button>
                  </td>
                </tr>
              ))}
            </tbody>
          </Table>
        ) : null}
      </DialogForm>
    </Dialog>
  );
}
