/** Account numbers from a list or a spreadsheet, looked up one by one; unknown ones are named. */

import { type ReactElement, useState } from "react";
import { Input, Label, TextField } from "react-aria-components";
import { client } from "@/api/client";
import type { PickedAccount } from "@/components/account-pick";
import { Button } from "@/components/button";
import { toastProblem } from "@/components/toast";

const NUMBERS_MOST = 200;

export function PasteNumbers({
  onFound,
}: {
  onFound: (accounts: readonly PickedAccount[]) => void;
}): ReactElement {
  const [text, setText] = useState("");
  const [said, setSaid] = useState("");
  const [isBusy, setBusy] = useState(false);
  async function find(): Promise<void> {
    const numbers = numbersIn(text);
    setBusy(true);
    try {
      const { found, unknown } = await lookUp(numbers.slice(0, NUMBERS_MOST));
      onFound(found);
      setText("");
      setSaid(unknown.length > 0 ? `No such account: ${unknown.join(", ")}` : "");
    } finally {
      setBusy(false);
    }
  }
  const begin = () => void find().catch(toastProblem);
  return (
    <div className="field">
      <TextField value={text} onChange={setText} className="field">
        <Label>Or account numbers, pasted</Label>
        <Input
          className="input"
          onKeyDown={(event) => {
            if (event.key !== "Enter") return;
            event.preventDefault();
            begin();
          }}
        />
      </TextField>
      <div className="row">
        <Button small isDisabled={text.trim() === ""} isBusy={isBusy} onPress={begin}>
          Add them
        </Button>
        <span className="help" aria-live="polite">
          {said}
        </span>
      </div>
    </div>
  );
}

/** The numbers of a text: whatever stands between commas, semicolons and white space. */
export function numbersIn(text: string): string[] {
  return [...new Set(text.split(/[\s,;]+/).filter(Boolean))];
}

async function lookUp(numbers: readonly string[]) {
  const found: PickedAccount[] = [];
  const unknown: string[] = [];
  for (const number of numbers) {
    const { data } = await client.GET("/api/v1/accounts", {
      params: { query: { q: number, limit: 5 } },
    });
    const digits = number.replaceAll("-", "");
    const one = data?.items.find((account) => account.number.replaceAll("-", "") === digits);
    if (one) found.push(one);
    else unknown.push(number);
  }
  return { found, unknown };
}
