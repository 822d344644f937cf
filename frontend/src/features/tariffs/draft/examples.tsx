/** The worked bills of a draft: typed beside the schedule, priced as it is typed. */

import { Plus, Trash2 } from "lucide-react";
import type { ReactElement } from "react";
import { TextField as AriaTextField, Input, Label } from "react-aria-components";
import type { Schema } from "@/api/client";
import { Button, IconButton } from "@/components/button";
import { Money } from "@/components/figures";
import { Pill } from "@/components/pill";
import { isNode, type Json, listAt, type Path, textAt, valueAt } from "./body";
import { PlaceField, useDraft } from "./fields";

interface ExamplesProps {
  results: readonly Schema<"ExampleOut">[];
  isForm: boolean;
}

/** Each example with what it comes to, line by line, and whether that is what the board said. */
export function Examples({ results, isForm }: ExamplesProps): ReactElement {
  const { body, set } = useDraft();
  const examples = listAt(body, ["examples"]);
  const agree = results.filter(({ differences }) => differences.length === 0).length;
  return (
    <section className="section" aria-label="Worked examples">
      <div className="section-head">
        <h2>Worked examples</h2>
        <span className="muted small" role="status">
          {results.length === 0 ? "none yet" : `${agree} of ${results.length} agree`}
        </span>
      </div>
      {examples.map((example, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an example is its place
        <details key={index} className="example">
          <summary>
            <span className="grow">
              {textAt(example, ["name"])}
              <span className="differences">{results[index]?.differences.join(" · ")}</span>
            </span>
            <Result result={results[index]} />
          </summary>
          {isForm ? <Inputs index={index} /> : null}
          <Lines result={results[index]} />
        </details>
      ))}
      {isForm ? (
        <Button
          small
          onPress={() =>
            set(["examples"], [...examples, { name: "Ten units", quantity: "10", total: "0" }])
          }
        >
          <Plus aria-hidden /> Add an example
        </Button>
      ) : null}
    </section>
  );
}

function Result({ result }: { result: Schema<"ExampleOut"> | undefined }): ReactElement | null {
  if (!result) return null;
  return (
    <>
      <Money cents={result.total_cents} />
      {result.differences.length === 0 ? (
        <Pill state="agrees" tone="ok" />
      ) : (
        <Pill state="differs" tone="danger" />
      )}
    </>
  );
}

function Inputs({ index }: { index: number }): ReactElement {
  const { body, set } = useDraft();
  const path = ["examples", index] as const;
  const name = textAt(body, [...path, "name"]);
  return (
    <div className="form-grid">
      <PlaceField path={[...path, "name"]} label="Example" />
      <PlaceField path={[...path, "quantity"]} label="Use" isNumber />
      <PlaceField path={[...path, "total"]} label="Must come to, $" isNumber />
      <FactsField path={[...path, "attributes"]} />
      <IconButton label={`Take out ${name}`} onPress={() => set(path, undefined)}>
        <Trash2 aria-hidden />
      </IconButton>
    </div>
  );
}

/** Facts as `name=value` pairs; dated facts stay as they are and are changed in the file text. */
function FactsField({ path }: { path: Path }): ReactElement {
  const { body, set } = useDraft();
  const facts = valueAt(body, path);
  const entries: [string, Json][] = isNode(facts) ? Object.entries(facts) : [];
  const dated = entries.filter(([, value]) => typeof value !== "string");
  const text = entries
    .filter(([, value]) => typeof value === "string")
    .map(([name, value]) => `${name}=${value}`)
    .join(", ");
  const keep = (typed: string) => {
    const pairs = typed
      .split(",")
      .map((part) => part.split("=").map((side) => side.trim()))
      .filter((sides): sides is [string, string] => sides.length === 2 && sides[0] !== "");
    set(path, Object.fromEntries([...pairs, ...dated]));
  };
  return (
    <AriaTextField className="field wide" defaultValue={text} onBlur={(e) => keep(textOf(e))}>
      <Label>Facts, name=value</Label>
      <Input className="input" />
    </AriaTextField>
  );
}

function textOf(event: { target: EventTarget | null }): string {
  return event.target instanceof HTMLInputElement ? event.target.value : "";
}

function Lines({ result }: { result: Schema<"ExampleOut"> | undefined }): ReactElement | null {
  if (!result) return null;
  return (
    <ul className="formulas">
      {result.lines.map((line) => (
        <li key={`${line.component} ${line.from_on} ${line.tier}`}>
          {line.label_en}: <span className="muted">{line.explanation_en}</span>
        </li>
      ))}
    </ul>
  );
}
