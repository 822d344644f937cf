import { getRouteApi } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { type ReactElement, useState } from "react";
import type { RowOf } from "@/api/lists";
import { Button } from "@/components/button";
import { columnsOf, DataGrid } from "@/components/data-grid";
import { Empty } from "@/components/empty";
import { PageHead } from "@/components/page";
import { Pill } from "@/components/pill";
import { AddClient } from "./add-client";
import { ClientSheet } from "./client-sheet";

export type Client = RowOf<"/api/v1/api-clients">;
const route = getRouteApi("/app/api-clients");
const col = columnsOf<Client>();
const COLUMNS = [
  col.text("name", "Name", { width: 180, grows: true }),
  {
    id: "scopes",
    header: "May do",
    width: 320,
    grows: true,
    sortable: false,
    text: (client: Client) => client.scopes.join(" "),
    cell: (client: Client) => <span className="truncate mono">{client.scopes.join(", ")}</span>,
  },
  col.moment("last_token_at", "Last signed in"),
  {
    id: "disabled_at",
    header: "State",
    width: 116,
    text: (client: Client) => (client.disabled_at ? "Revoked" : "Active"),
    cell: (client: Client) =>
      client.disabled_at ? <Pill state="revoked" tone="plain" /> : <Pill state="active" />,
  },
  col.moment("created_at", "Made"),
];

/** Other systems that may call, and what each may do. */
export function ApiClients(): ReactElement {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const [isAdding, setAdding] = useState(false);
  const [open, setOpen] = useState<Client | null>(null);
  const change = (patch: Partial<typeof search>) =>
    void navigate({ search: (before) => ({ ...before, ...patch }), replace: true });
  const add = (
    <Button variant="primary" onPress={() => setAdding(true)}>
      <Plus aria-hidden /> Make a client
    </Button>
  );
  return (
    <div className="page full">
      <PageHead title="API clients">{add}</PageHead>
      <DataGrid
        name="api-clients"
        label="API clients"
        noun={["client", "clients"]}
        path="/api/v1/api-clients"
        columns={COLUMNS}
        q={search.q}
        sort={search.sort}
        onSearch={change}
        onClear={() => change({ q: undefined })}
        isFaded={(client) => client.disabled_at !== null}
        onOpen={setOpen}
        empty={
          <Empty title="No other system calls yet" action={add}>
            A client is another system with its own secret and only the permissions it needs.
          </Empty>
        }
      />
      {isAdding ? <AddClient onClose={() => setAdding(false)} /> : null}
      {open ? <ClientSheet client={open} onClose={() => setOpen(null)} /> : null}
    </div>
  );
}
