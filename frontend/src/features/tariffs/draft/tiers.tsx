/** The blocks of a tiered charge: where each ends and what a unit in it costs. */

import { Plus, X } from "lucide-react";
import type { ReactElement } from "react";
import { Button, IconButton } from "@/components/button";
import { Pick } from "@/components/form";
import { AmountField } from "./amount";
import { isNode, type Json, listAt, type Path } from "./body";
import { mistakeAt, Untouched, useDraft } from "./fields";

const WAYS = [
  ["up_to", "Up to the unit"],
  ["width", "Units wide"],
  ["first_unit", "From the unit"],
  ["percent", "Up to % of the budget"],
] as const;

export function Tiers({ path }: { path: Path }): ReactElement {
  const { body, mistakes, set } = useDraft();
  const place = [...path, "tiers"];
  const tiers = listAt(body, place);
  const way = WAYS.find(([id]) => tiers.some((tier) => isNode(tier) && id in tier))?.[0] ?? "up_to";
  const put = (next: Json[]) => set(place, next);
  const change = (next: string) =>
    put(
      tiers.map((tier) => {
        if (!isNode(tier) || !(way in tier)) return tier;
        const { [way]: edge, ...rest } = tier;
        return { ...rest, [next]: edge ?? "" };
      }),
    );
  const mistake = mistakeAt(mistakes, place);
  const last = tiers.length - 1;
  return (
    <div className="tiers">
      <div className="row">
        <Pick label="A tier ends" value={way} options={WAYS} onChange={change} />
        <Untouched path={[...path, "budget"]} label="Budget" />
      </div>
      <ol>
        {tiers.map((_, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a tier is its place
          <li key={index} className="tier">
            <span className="tier-number">Tier {index + 1}</span>
            {way === "first_unit" || index < last ? (
              <AmountField
                path={[...place, index, way]}
                label={WAYS.find(([id]) => id === way)?.[1] ?? ""}
              />
            ) : (
              <span className="muted open-tier">and above</span>
            )}
            <AmountField path={[...place, index, "price"]} label="Price a unit, $" />
            <IconButton
              label={`Take out tier ${index + 1}`}
              isDisabled={tiers.length < 2}
              onPress={() => set([...place, index], undefined)}
            >
              <X aria-hidden />
            </IconButton>
          </li>
        ))}
      </ol>
      {mistake ? <p className="field-error">{mistake}</p> : null}
      <Button
        small
        onPress={() => put(tiers.toSpliced(Math.max(0, last), 0, { [way]: "0", price: "0" }))}
      >
        <Plus aria-hidden /> Add a tier
      </Button>
    </div>
  );
}
