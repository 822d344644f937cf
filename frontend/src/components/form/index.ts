export { CheckField, ChecksField } from "./checks";
export { AmountField, DayField, TextField } from "./fields";
export { type AppForm, DialogForm, useAppForm } from "./form";
export { FilterPick, type Option, Pick } from "./pick";
export { SelectField } from "./select";
