/** A number of the schedule: one figure, or a table by any fact of the account. */

import { Plus, X } from "lucide-react";
import type { ReactElement } from "react";
import { TextField as AriaTextField, Input } from "react-aria-components";
import { Button, Choice, IconButton } from "@/components/button";
import { Table } from "@/components/table";
import { isNode, type Json, type Path, pairsOf, valueAt } from "./body";
import { mistakeAt, PlaceField, Untouched, useDraft } from "./fields";

type Kind = "number" | "table" | "formula";

function kindOf(amount: Json | undefined): Kind {
  if (!isNode(amount)) return "number";
  return "table" in amount ? "table" : "formula";
}

interface AmountFieldProps {
  path: Path;
  label: string;
}

export function AmountField({ path, label }: AmountFieldProps): ReactElement | null {
  const { body, set } = useDraft();
  const amount = valueAt(body, path);
  const kind = kindOf(amount);
  if (kind === "formula") return <Untouched path={path} label={label} />;
  const first = isNode(amount) ? (pairsOf(amount.table)[0]?.[1] ?? "") : (amount ?? "");
  return (
    <div className="amount-field">
      <div className="row">
        {kind === "number" ? <PlaceField path={path} label={label} isNumber /> : <b>{label}</b>}
        <Choice
          label={`${label} is`}
          value={kind}
          options={[
            ["number", "One figure"],
            ["table", "By a fact"],
          ]}
          onChange={(next) =>
            set(path, next === "table" ? { by: "meter_size", table: [["", first]] } : first)
          }
        />
      </div>
      {kind === "table" ? <TableRows path={path} label={label} /> : null}
    </div>
  );
}

function TableRows({ path, label }: AmountFieldProps): ReactElement {
  const { body, mistakes, set } = useDraft();
  const place = [...path, "table"];
  const pairs = pairsOf(valueAt(body, place));
  const put = (next: [string, Json][]) => set(place, next);
  const mistake = mistakeAt(mistakes, path);
  return (
    <div className="amount-table">
      <PlaceField path={[...path, "by"]} label="Fact" />
      <Table>
        <thead>
          <tr>
            <th>When the fact is</th>
            <th className="num">{label}</th>
            <th>
              <span className="sr-only">Take out</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {pairs.map(([key, value], index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the key itself is being typed
            <tr key={index}>
              <td>
                <Cell
                  label={`Fact of row ${index + 1}`}
                  value={key}
                  onChange={(text) => put(pairs.with(index, [text, value]))}
                />
              </td>
              <td className="num">
                {isNode(value) ? (
                  <code>{JSON.stringify(value)}</code>
                ) : (
                  <Cell
                    label={`${label} for ${key || `row ${index + 1}`}`}
                    value={String(value ?? "")}
                    isNumber
                    onChange={(text) => put(pairs.with(index, [key, text]))}
                  />
                )}
              </td>
              <td>
                <IconButton
                  label={`Take out ${key || `row ${index + 1}`}`}
                  onPress={() => put(pairs.filter((_, at) => at !== index))}
                >
                  <X aria-hidden />
                </IconButton>
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
      {mistake ? <p className="field-error">{mistake}</p> : null}
      <Button small onPress={() => put([...pairs, ["", ""]])}>
        <Plus aria-hidden /> Add a row
      </Button>
    </div>
  );
}

interface CellProps {
  label: string;
  value: string;
  isNumber?: boolean;
  onChange: (text: string) => void;
}

function Cell({ label, value, isNumber, onChange }: CellProps): ReactElement {
  return (
    <AriaTextField aria-label={label} value={value} onChange={onChange}>
      <Input
        className={isNumber ? "input amount" : "input"}
        inputMode={isNumber ? "decimal" : "text"}
      />
    </AriaTextField>
  );
}
