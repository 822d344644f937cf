import type { ReactElement } from "react";
import type { Schema } from "@/api/client";
import { FilterPick } from "@/components/form/pick";
import { words } from "@/lib/words";
import { ACCOUNT_CLASSES } from "./kinds";

interface Kept {
  class?: Schema<"AccountClass"> | undefined;
  status?: Schema<"AccountStatus"> | undefined;
}

interface AccountFiltersProps {
  search: Kept;
  onChange: (change: Kept) => void;
}

/** What every list of accounts is narrowed by. */
export function AccountFilters({ search, onChange }: AccountFiltersProps): ReactElement {
  return (
    <>
      <FilterPick
        label="Class"
        value={search.class}
        options={ACCOUNT_CLASSES.map((one) => [one, words(one)])}
        onChange={(value) => onChange({ class: value as Kept["class"] })}
      />
      <FilterPick
        label="State"
        value={search.status}
        options={[
          ["open", "Open"],
          ["closed", "Closed"],
        ]}
        onChange={(value) => onChange({ status: value as Kept["status"] })}
      />
    </>
  );
}
