/** What a layout begins from when nothing like it is known yet: one for each shape of file. */

const HEAD = `layout: my-vendor
title: My vendor's file
source: The vendor's manual, page and year
`;

export const STARTS = {
  columns: `${HEAD}input:
  shape: delimited
  columns:
    - {field: meter_no, headers: [meter], required: true}
    - {field: read_on, headers: [date], formats: [YYYY-MM-DD, MM/DD/YYYY], required: true}
    - {field: reading, headers: [reading]}
    - {field: skip_code, headers: [skip]}
`,
  places: `${HEAD}input:
  shape: fixed
  length: 30
  fields:
    - {field: meter_no, start: 1, length: 10, required: true}
    - {field: read_on, start: 11, length: 6, formats: [YYMMDD], required: true}
    - {field: reading, start: 17, length: 8}
    - {field: skip_code, start: 25, length: 4}
`,
  records: `${HEAD}input:
  shape: records
  id_length: 3
  records:
    HDR:
      length: 40
      fields:
        - {field: read_on, start: 4, length: 8, formats: [YYYYMMDD], required: true}
    RDG:
      parent: HDR
      length: 40
      read: true
      fields:
        - {field: meter_no, start: 4, length: 10, required: true}
        - {field: reading, start: 14, length: 9}
    TRL:
      closes: HDR
      length: 40
      fields:
        - {field: _reads, start: 4, length: 6, count: RDG}
`,
} as const;

export type Start = keyof typeof STARTS;

export const START_NAMES = [
  ["columns", "Columns under a header line"],
  ["places", "Every field at its place"],
  ["records", "Several record types"],
] as const satisfies readonly (readonly [Start, string])[];
