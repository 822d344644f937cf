/** Why a line deserves a look, in words. */

import type { Schema } from "@/api/client";

export const FLAGS = ["no_history", "zero", "rose", "fell", "high", "by_hand", "fine"] as const;

export const FLAG_NAMES: Record<Schema<"WinterFlag">, string> = {
  no_history: "No history",
  zero: "Nothing used",
  rose: "Rose by half or more",
  fell: "Fell by half or more",
  high: "Three times the usual",
  by_hand: "Set by hand",
  fine: "Fine",
};

export const FLAG_OPTIONS = FLAGS.map((flag) => [flag, FLAG_NAMES[flag]] as const);
