export { type Column, columnsOf, GridLink } from "./columns";
export { DataGrid, type DataGridProps } from "./grid";
export { isSelected, type Selection } from "./selection";
export type { Reach, RowKey } from "./use-keys";
