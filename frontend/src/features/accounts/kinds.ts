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

export const ACCOUNT_TABS = ["overview", "ledger", "bills", "reads", "services", "papers"] as const;

/** What of the timeline is shown: everything, or one side of it. */
export const TIMELINE_SHOWS = ["contact", "money", "reads", "service"] as const;
export type TimelineShow = (typeof TIMELINE_SHOWS)[number];
export const KINDS_SHOWN: Record<TimelineShow, Schema<"TimelineKind">[]> = {
  contact: ["note", "letter", "file", "flag"],
  money: ["bill", "payment", "adjustment", "charge"],
  reads: ["read"],
  service: ["agreement"],
};

/** Panels that an act on the account opens. */
export const ACCOUNT_PANELS = ["note", "contact", "flag", "service", "paper", "payoff"] as const;
export type AccountPanel = (typeof ACCOUNT_PANELS)[number];

export const NOTE_KINDS = [
  ["call", "Call"],
  ["counter", "Counter"],
  ["letter", "Letter"],
  ["email", "E-mail"],
  ["field", "Field"],
] as const satisfies readonly (readonly [Schema<"NoteKind">, string])[];

/** The list of accounts as such, by what they owe, or what was said with their customers. */
export const ACCOUNT_VIEWS = ["all", "balance", "notes"] as const;
export const OWING = [
  "something",
  "over_30",
  "over_60",
  "over_90",
  "credit",
  "nothing",
] as const satisfies readonly Schema<"Owing">[];
export const OWING_TEXT: Record<Schema<"Owing">, string> = {
  something: "Owes something",
  over_30: "Over 30 days",
  over_60: "Over 60 days",
  over_90: "Over 90 days",
  credit: "Has a credit",
  nothing: "Owes nothing",
};

export const LANGUAGES: Record<string, string> = { en: "English", es: "Spanish" };
export const DELIVERIES = [
  ["paper", "Paper"],
  ["email", "E-mail"],
  ["both", "Paper and e-mail"],
] as const satisfies readonly (readonly [Schema<"Delivery">, string])[];

export type AccountPage = Schema<"AccountPage">;
export type Flag = Schema<"AccountFlagOut">;
export type TimelineRow = Schema<"TimelineRow">;

/** What changes on the page of an account when its contact facts, flags, notes or papers do. */
export const TIMELINE_PATH = "/api/v1/accounts/{account_id}/timeline";
