/** When a charge applies: always, while something is declared, or by one fact of the account. */

import type { ReactElement } from "react";
import { Pick } from "@/components/form";
import { isNode, type Json, type Path, valueAt } from "./body";
import { PlaceField, Untouched, useDraft } from "./fields";

type Kind = "always" | "declared" | "fact" | "formula";

function kindOf(when: Json | undefined): Kind {
  if (when === undefined || when === null) return "always";
  if (!isNode(when)) return "formula";
  if (typeof when.declared === "string") return "declared";
  return "attribute" in when && typeof when.is === "string" ? "fact" : "formula";
}

export function When({ path }: { path: Path }): ReactElement {
  const { body, set } = useDraft();
  const place = [...path, "when"];
  const kind = kindOf(valueAt(body, place));
  const begin = (next: string) => {
    if (next === "always") set(place, undefined);
    if (next === "declared") set(place, { declared: "drought_stage_2" });
    if (next === "fact") set(place, { attribute: "class", is: "residential" });
  };
  if (kind === "formula") return <Untouched path={place} label="Applies" />;
  return (
    <>
      <Pick
        label="Applies"
        value={kind}
        options={[
          ["always", "Always"],
          ["declared", "While it is declared"],
          ["fact", "When a fact is so"],
        ]}
        onChange={begin}
      />
      {kind === "declared" ? (
        <PlaceField path={[...place, "declared"]} label="Declaration's code" />
      ) : null}
      {kind === "fact" ? (
        <>
          <PlaceField path={[...place, "attribute"]} label="Fact" />
          <PlaceField path={[...place, "is"]} label="Is" />
        </>
      ) : null}
    </>
  );
}
