/** One charge of the schedule in the form: its words, where its money goes, when, and its prices. */

import { ArrowDown, ArrowUp, Trash2 } from "lucide-react";
import type { ReactElement } from "react";
import { IconButton } from "@/components/button";
import { Pick } from "@/components/form";
import { AmountField } from "./amount";
import { isNode, listAt, moved, textAt, valueAt } from "./body";
import { PlaceField, PlacePick, useDraft } from "./fields";
import { MODEL_OPTIONS, MODELS, type ModelField } from "./models";
import { Tiers } from "./tiers";
import { When } from "./when";

export function Component({ index }: { index: number }): ReactElement {
  const { body, groups, set } = useDraft();
  const path = ["components", index] as const;
  const model = textAt(body, [...path, "model"]);
  const title = textAt(body, [...path, "label", "en"]) || textAt(body, [...path, "key"]);
  const all = listAt(body, ["components"]);
  const put = (to: number) => set(["components"], moved(all, index, to));
  const become = (next: string) => {
    const kept = ["key", "label", "group", "gl", "when"].map((name) => [
      name,
      valueAt(body, [...path, name]),
    ]);
    const shared = Object.fromEntries(kept.filter(([, value]) => value !== undefined));
    set(path, { ...shared, model: next, ...MODELS[next]?.fresh });
  };
  return (
    <fieldset className="component">
      <legend>{title || `Charge ${index + 1}`}</legend>
      <div className="row component-acts">
        <IconButton
          label={`Move ${title} up`}
          isDisabled={index === 0}
          onPress={() => put(index - 1)}
        >
          <ArrowUp aria-hidden />
        </IconButton>
        <IconButton
          label={`Move ${title} down`}
          isDisabled={index === all.length - 1}
          onPress={() => put(index + 1)}
        >
          <ArrowDown aria-hidden />
        </IconButton>
        <IconButton label={`Take out ${title}`} onPress={() => set(path, undefined)}>
          <Trash2 aria-hidden />
        </IconButton>
      </div>
      <div className="form-grid">
        <PlaceField path={[...path, "label", "en"]} label="On the bill" />
        <PlaceField path={[...path, "label", "es"]} label="On the bill, Spanish" />
        <PlaceField path={[...path, "key"]} label="Key" />
        <PlacePick
          path={[...path, "group"]}
          label="Charge code"
          options={groups.map(({ code, name, income_gl }) => [code, `${name} → ${income_gl}`])}
        />
        <Pick
          label="Price model"
          value={model}
          options={MODEL_OPTIONS}
          onChange={become}
          isInvalid={!(model in MODELS)}
        />
        <When path={path} />
      </div>
      {model === "tiered" ? <Tiers path={path} /> : null}
      <div className="amounts">
        {(MODELS[model]?.fields ?? []).map((field) => (
          <Place key={field.path.join(".")} field={field} index={index} />
        ))}
      </div>
    </fieldset>
  );
}

function Place({ field, index }: { field: ModelField; index: number }): ReactElement | null {
  const { body } = useDraft();
  const path = ["components", index, ...field.path];
  switch (field.kind) {
    case "amount":
      return <AmountField path={path} label={field.label} />;
    case "text":
      return <PlaceField path={path} label={field.label} />;
    case "pick": {
      const isBasisUnsaid = field.path[0] === "basis" && !isNode(valueAt(body, path.slice(0, -1)));
      return (
        <PlacePick
          path={path}
          label={field.label}
          options={field.options ?? []}
          initial={isBasisUnsaid ? "usage" : ""}
        />
      );
    }
    case "lines":
      return <Lines path={path} label={field.label} />;
  }
}

/** Which lines above a percentage or discount is of: all, or their keys. */
function Lines({ path, label }: { path: (string | number)[]; label: string }): ReactElement {
  const { body, set } = useDraft();
  const value = valueAt(body, path);
  const at = Number(path[1]);
  const above = listAt(body, ["components"])
    .slice(0, at)
    .map((one) => textAt(one, ["key"]));
  const chosen = Array.isArray(value) ? value.map(String) : [];
  return (
    <div className="field">
      <span className="label">{label}</span>
      <div className="row wrap">
        {["all", ...above].map((key) => {
          const isOn = key === "all" ? value === "all" : chosen.includes(key);
          const next =
            key === "all" ? "all" : isOn ? chosen.filter((one) => one !== key) : [...chosen, key];
          return (
            <label key={key} className="row">
              <input type="checkbox" checked={isOn} onChange={() => set(path, next)} /> {key}
            </label>
          );
        })}
      </div>
    </div>
  );
}
