import type { ReactElement } from "react";
import { client, type Schema } from "@/api/client";
import { useForget } from "@/api/session";
import { ActDialog } from "@/components/act";
import { toast } from "@/components/toast";
import { plural } from "@/lib/units";

interface RetireProps {
  page: Schema<"LayoutPage">;
  onClose: () => void;
}

/** Retiring says first what still needs the layout, and what stands in its place. */
export function Retire({ page, onClose }: RetireProps): ReactElement {
  const forget = useForget();
  const { name, walk_codes: walks, hides_shipped: hides } = page;
  return (
    <ActDialog
      title={`Retire ${page.title}`}
      button="Retire the layout"
      isDangerous
      effect={[
        { label: "New files of this vendor", value: hides ? "Read by the shipped one" : "Refused" },
        { label: "Files read by it so far", value: "Stay as they are" },
        {
          label: "Walks downloaded by it",
          value: walks.length === 0 ? "None" : `${walks.join(", ")}${hides ? "" : ": not yet"}`,
        },
        { label: "Files that wait for it", value: plural(page.waiting_imports, "file") },
        { label: "Its text", value: "Stays on record", total: true },
      ]}
      reason={{ label: "Why", min: 5, max: 300 }}
      onAct={async (reason) => {
        const params = { path: { name } };
        await client.POST("/api/v1/read-layouts/{name}/retire", { params, body: { reason } });
        await forget("/api/v1/read-layouts", "/api/v1/read-layouts/{name}");
        toast("Retired");
      }}
      onClose={onClose}
    />
  );
}
