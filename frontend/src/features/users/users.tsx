import { getRouteApi } from "@tanstack/react-router";
import { UserPlus } from "lucide-react";
import { type ReactElement, useState } from "react";
import type { RowOf } from "@/api/lists";
import { Button } from "@/components/button";
import { columnsOf, DataGrid } from "@/components/data-grid";
import { Empty } from "@/components/empty";
import { PageHead } from "@/components/page";
import { Pill } from "@/components/pill";
import { words } from "@/lib/words";
import { AddUser } from "./add-user";
import { ChangeUser } from "./change-user";

type User = RowOf<"/api/v1/users">;
const route = getRouteApi("/app/users");
const col = columnsOf<User>();
const COLUMNS = [
  col.text("name", "Name", { width: 180, grows: true }),
  col.text("email", "E-mail", { width: 220, grows: true }),
  {
    id: "roles",
    header: "Roles",
    width: 260,
    grows: true,
    sortable: false,
    text: (user: User) => user.roles.map(words).join(", "),
    cell: (user: User) => <span className="truncate">{user.roles.map(words).join(", ")}</span>,
  },
  {
    id: "disabled_at",
    header: "State",
    width: 110,
    text: (user: User) => (user.disabled_at ? "Shut out" : "Active"),
    cell: (user: User) =>
      user.disabled_at ? <Pill state="shut_out" tone="plain" /> : <Pill state="active" />,
  },
  col.moment("created_at", "Since"),
];

/** Who may sign in, and what for. */
export function Users(): ReactElement {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const [isAdding, setAdding] = useState(false);
  const [changing, setChanging] = useState<User | null>(null);
  const change = (patch: Partial<typeof search>) =>
    void navigate({ search: (before) => ({ ...before, ...patch }), replace: true });
  return (
    <div className="page full">
      <PageHead title="Users">
        <Button variant="primary" onPress={() => setAdding(true)}>
          <UserPlus aria-hidden /> Add a user
        </Button>
      </PageHead>
      <DataGrid
        name="users"
        label="Users"
        noun={["user", "users"]}
        path="/api/v1/users"
        columns={COLUMNS}
        q={search.q}
        sort={search.sort}
        onSearch={change}
        onClear={() => change({ q: undefined })}
        isFaded={(user) => user.disabled_at !== null}
        onOpen={setChanging}
        empty={<Empty title="No users yet">The first administrator adds the others.</Empty>}
      />
      {isAdding ? <AddUser onClose={() => setAdding(false)} /> : null}
      {changing ? <ChangeUser user={changing} onClose={() => setChanging(null)} /> : null}
    </div>
  );
}
