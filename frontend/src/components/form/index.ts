export { CheckField, ChecksField } from "./checks";
export { DayField } from "./day";
export { DraftNote } from "./draft";
export { AmountField, TextField } from "./fields";
export { type AppForm, DialogForm, useAppForm } from "./form";
export { FilterPick, type Option, Pick } from "./pick";
export { SelectField } from "./select";
