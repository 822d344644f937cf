import { getRouteApi } from "@tanstack/react-router";
import type { ReactElement } from "react";
import type { RowOf } from "@/api/lists";
import { columnsOf, DataGrid } from "@/components/data-grid";
import { Empty } from "@/components/empty";
import { FilterPick } from "@/components/form/pick";
import { NOTE_KINDS } from "./kinds";

type Note = RowOf<"/api/v1/contact-notes">;
const route = getRouteApi("/app/accounts");
const hrefOf = (note: Note) => `/accounts/${note.account_id}?show=contact`;
const col = columnsOf<Note>();
const COLUMNS = [
  col.moment("written_at", "Written"),
  col.link("account_number", "Account", hrefOf, { width: 122 }),
  col.text("customer_name", "Customer", { width: 160 }),
  col.word("kind", "How", { width: 90 }),
  col.text("text", "What was said", { width: 320, grows: true }),
  col.text("written_by_name", "By", { width: 140 }),
];

/** What was said with customers, all accounts together; a corrected note is grey. */
export function Notes(): ReactElement {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const change = (patch: Partial<typeof search>) =>
    void navigate({ search: (before) => ({ ...before, ...patch }), replace: true });
  return (
    <DataGrid
      name="contact-notes"
      label="Contact notes"
      noun={["note", "notes"]}
      path="/api/v1/contact-notes"
      columns={COLUMNS}
      filters={{ kind: search.how }}
      q={search.q}
      sort={search.sort}
      onSearch={change}
      onClear={() => change({ q: undefined, how: undefined })}
      isFaded={(note) => note.corrected_by_id !== null}
      hrefOf={hrefOf}
      controls={
        <FilterPick
          label="Kind"
          value={search.how}
          options={NOTE_KINDS}
          onChange={(value) => change({ how: value as typeof search.how })}
        />
      }
      empty={
        <Empty title="No notes yet">
          N on the page of an account writes what was said with its customer.
        </Empty>
      }
    />
  );
}
