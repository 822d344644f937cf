/** What the editor shows: the form, the file text with its lines, and what is wrong. */

import { Plus } from "lucide-react";
import type { ReactElement } from "react";
import type { Schema } from "@/api/client";
import { Banner } from "@/components/banner";
import { Button } from "@/components/button";
import { listAt } from "./body";
import { Component } from "./component";
import { PlaceField, PlacePick, useDraft } from "./fields";
import { MODELS } from "./models";

type MistakeList = readonly Schema<"MistakeOut">[];

export function DraftForm(): ReactElement {
  const { body, set } = useDraft();
  const components = listAt(body, ["components"]);
  const add = () =>
    set(
      ["components"],
      [
        ...components,
        {
          key: `charge_${components.length + 1}`,
          model: "fixed",
          label: { en: "New charge", es: "Cargo nuevo" },
          group: "water_service",
          ...MODELS.fixed?.fresh,
        },
      ],
    );
  return (
    <div className="draft-form">
      <div className="form-grid">
        <PlaceField path={["resolution"]} label="Resolution" />
        <PlaceField path={["effective_on"]} label="Effective from (YYYY-MM-DD)" />
        <PlaceField path={["source"]} label="Source" />
        <PlacePick
          path={["policy", "proration"]}
          label="Fixed charges of part periods"
          options={PRORATION}
          initial="actual"
        />
        <PlacePick
          path={["policy", "width_proration"]}
          label="Tier widths of part periods"
          options={PRORATION}
          initial="actual"
        />
        <PlaceField path={["policy", "cycle_months"]} label="Months of a cycle" isNumber />
      </div>
      {components.map((_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a charge is its place; keys are typed here
        <Component key={index} index={index} />
      ))}
      <Button onPress={add}>
        <Plus aria-hidden /> Add a charge
      </Button>
    </div>
  );
}

const PRORATION = [
  ["actual", "By days of the cycle's period"],
  ["nominal", "By days of a nominal period"],
  ["none", "Whole, however short"],
] as const;

/** Every mistake with its line and pointer; nothing when the draft can be read. */
export function Mistakes({ mistakes, isBusy }: { mistakes: MistakeList; isBusy: boolean }) {
  return (
    <div aria-live="polite" aria-busy={isBusy}>
      {mistakes.length > 0 ? (
        <Banner tone="danger" title="The draft cannot be read yet">
          <ul>
            {mistakes.map((one) => (
              <li key={`${one.line} ${one.pointer} ${one.reason}`}>
                {one.line ? `Line ${one.line}, ` : ""}
                <span className="mono">{one.pointer}</span> {one.reason}
              </li>
            ))}
          </ul>
        </Banner>
      ) : null}
    </div>
  );
}
