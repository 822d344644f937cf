import type { Schema } from "@/api/client";

export const ACCOUNT_CLASSES = [
  "residential",
  "multi_family",
  "commercial",
  "industrial",
  "institutional",
  "irrigation",
  "agricultural",
  "fire",
  "other",
] as const satisfies readonly Schema<"AccountClass">[];

export const ACCOUNT_TABS = ["overview", "ledger", "bills", "reads"] as const;
export type AccountTab = (typeof ACCOUNT_TABS)[number];

export type AccountPage = Schema<"AccountPage">;
