import { describe, expect, test } from "vitest";
import { BLANK, entriesOf, judge, type Line, nextOf, tallyOf } from "./hand-entry";

const LINE: Line = {
  sequence: 10,
  service_point_id: "p",
  service_point_code: "SP-1",
  service_address: "12 Elm St",
  location: "",
  access_notes: "",
  account_number: null,
  meter_serial: "100",
  endpoint: "",
  register_id: "a",
  register_no: "0",
  dials: 6,
  decimals: 2,
  unit: "HCF",
  previous_on: "2026-10-01",
  previous_value: "120.50",
  low_limit: "125.00",
  high_limit: "145.00",
  value: null,
  skip_code: "",
  trouble_codes: [],
  note: "",
  photo_id: null,
};
const typed = (value: string, code = "", checked = false) => ({ value, code, checked });

describe("a typed value", () => {
  test.each([
    ["130", "ok", undefined],
    ["125", "ok", undefined],
    ["145.00", "ok", undefined],
    ["120.49", "doubt", "Lower than the last read, 120.5"],
    ["120.5", "doubt", "The same as the last read"],
    ["124.99", "doubt", "Low: 125 or more is usual"],
    ["145.01", "doubt", "High: 145 or less is usual"],
    ["10000", "misfit", "This register shows 4 whole digits"],
    ["00130", "ok", undefined],
    ["130.123", "misfit", "This register shows 2 decimals"],
    ["1.2.3", "misfit", "Only digits and a point"],
    [".", "misfit", "Only digits and a point"],
  ])("%s is %s", (value, kind, why) => {
    expect(judge(LINE, typed(value))).toEqual(why ? { kind, why } : { kind });
  });

  test("is not doubted where nothing is usual yet", () => {
    const fresh = { ...LINE, previous_value: null, low_limit: null, high_limit: null };
    expect(judge(fresh, typed("0"))).toEqual({ kind: "ok" });
  });

  test("differs by its last digit however many there are", () => {
    const long = { ...LINE, dials: 18, decimals: 0, previous_value: "900719925474099268" };
    expect(judge(long, typed("900719925474099267"))).toMatchObject({ kind: "doubt" });
  });
});

const lines = ["a", "b", "c", "d"].map((register_id) => ({ ...LINE, register_id }));

const BARE = { note: "", photo_id: null };

test("flags are sent, misfits are not, and a code alone is the reason of a skip", () => {
  const draft = {
    a: typed("999", "LEAK", true),
    b: typed("", "DOG"),
    c: typed("99999"),
    d: typed("130."),
  };
  expect(entriesOf(lines, draft)).toEqual([
    {
      register_id: "a",
      value: "999",
      skip_code: "",
      trouble_codes: ["LEAK"],
      note: "Flagged at entry and accepted",
      photo_id: null,
    },
    { register_id: "b", value: null, skip_code: "DOG", trouble_codes: [], ...BARE },
    { register_id: "d", value: "130", skip_code: "", trouble_codes: [], ...BARE },
  ]);
  expect(tallyOf(lines, draft)).toEqual({
    total: 4,
    done: 3,
    reads: 2,
    skips: 1,
    doubts: 1,
    misfits: 1,
  });
});

test("Enter passes what is read already and stays at the end", () => {
  const [first = LINE, second = LINE, third = LINE, last = LINE] = lines;
  const walk = [first, { ...second, value: "131" }, third, last];
  expect(nextOf(walk, { a: typed("130") }, 0)).toBe(2);
  expect(nextOf(walk, { c: typed("", "DOG"), d: BLANK }, 2)).toBe(3);
  expect(nextOf(walk, {}, 3)).toBe(3);
});

test("a line that was skipped and sent is done until somebody types a read", () => {
  const sent = { ...LINE, skip_code: "DOG" };
  const [, second = LINE] = lines;
  expect(tallyOf([sent, second], {})).toMatchObject({ done: 1, skips: 0 });
  expect(nextOf([second, sent], {}, 0)).toBe(1);
  expect(entriesOf([sent], { a: typed("130") })).toMatchObject([{ value: "130", skip_code: "" }]);
});

test("a note and a photo go with a read or a code, also with the read that was sent before", () => {
  const photo = { id: "p1", name: "dial.jpg" };
  const beside = { ...BLANK, note: " box full of mud ", photo };
  expect(judge(LINE, beside)).toMatchObject({ kind: "misfit" });
  expect(entriesOf([{ ...LINE, value: "131" }], { a: beside })).toEqual([
    {
      register_id: "a",
      value: "131",
      skip_code: "",
      trouble_codes: [],
      note: "box full of mud",
      photo_id: "p1",
    },
  ]);
  const flagged = { ...beside, value: "999", checked: true };
  expect(entriesOf([LINE], { a: flagged })).toMatchObject([
    { note: "Flagged at entry and accepted. box full of mud" },
  ]);
});
