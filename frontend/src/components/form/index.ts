export { CheckField, ChecksField } from "./checks";
export { DayField } from "./day";
export { AmountField, TextField } from "./fields";
export { type AppForm, DialogForm, Form, useAppForm } from "./form";
export { FilterPick, type Option, Pick } from "./pick";
export { SelectField } from "./select";
