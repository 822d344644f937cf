/** The places of the app: the navigation, the palette and the `g` chords read this one list. */

import {
  ArrowLeftRight,
  BookMarked,
  BookOpenText,
  Calculator,
  CalendarDays,
  ChartColumn,
  ClipboardCheck,
  FileCode,
  FileDown,
  FileText,
  Gauge,
  HeartPulse,
  History,
  House,
  Landmark,
  ListChecks,
  type LucideIcon,
  MapPinned,
  Megaphone,
  Plug,
  ReceiptText,
  Scale,
  ShieldCheck,
  Sigma,
  SlidersHorizontal,
  Snowflake,
  Stamp,
  Tags,
  UserCog,
  Users,
  Workflow,
} from "lucide-react";
import type { Permission } from "@/api/session";

export interface Place {
  to: string;
  text: string;
  group: string;
  icon: LucideIcon;
  /** Second key of the chord: `g` then this. */
  key: string;
  needs?: Permission;
}

export const PLACES: readonly Place[] = [
  place("/", "Home", "", House, "h"),
  place("/approvals", "Approvals", "", Stamp, "v"),
  place("/accounts", "Accounts", "", Users, "a", "accounts:read"),
  place("/parcels", "Parcels", "", MapPinned, "l", "parcels:read"),
  place("/meters", "Meters", "", Gauge, "m", "meters:read"),
  place("/imports", "Imports", "Reading", FileDown, "i", "readings:read"),
  place("/walks", "Hand entry", "Reading", Calculator, "w", "readings:read"),
  place("/edit-list", "Edit list", "Reading", ListChecks, "e", "readings:read"),
  place("/read-statistics", "Statistics", "Reading", ChartColumn, "r", "readings:read"),
  place("/read-audits", "Sample audits", "Reading", ClipboardCheck, "k", "readings:read"),
  place("/bill-runs", "Bill runs", "Billing", ReceiptText, "b", "bills:read"),
  place("/cycles", "Cycles", "Billing", CalendarDays, "c", "bills:read"),
  place("/bills", "Bills", "Billing", FileText, "n", "bills:read"),
  place("/payments", "Payments", "Money", ArrowLeftRight, "p", "payments:read"),
  place("/adjustments", "Adjustments", "Money", Scale, "j", "ledger:read"),
  place("/gl-accounts", "GL accounts", "Money", Sigma, "f", "ledger:read"),
  place("/tariffs", "Tariffs", "Rates", BookOpenText, "t", "tariffs:read"),
  place("/policies", "Policies", "Rates", Landmark, "d", "policies:read"),
  place("/declarations", "Declarations", "Rates", Megaphone, "s", "tariffs:read"),
  place("/winter-averages", "Winter averages", "Rates", Snowflake, "z", "bills:read"),
  place("/jobs", "Jobs", "House", Workflow, "o", "jobs:read"),
  place("/read-layouts", "Read layouts", "House", FileCode, "1", "readings:read"),
  place("/read-rules", "Read rules", "House", SlidersHorizontal, "2", "readings:read"),
  place("/read-codes", "Read codes", "House", Tags, "3", "readings:read"),
  place("/health", "Health", "House", HeartPulse, ".", "jobs:read"),
  place("/users", "Users", "House", UserCog, "u", "users:manage"),
  place("/roles", "Roles", "House", ShieldCheck, "q", "users:manage"),
  place("/api-clients", "API clients", "House", Plug, "x", "users:manage"),
  place("/audit", "Audit trail", "House", History, "y", "audit:read"),
  place("/guide", "Guide", "House", BookMarked, "g"),
];

/** The places that a person may enter. */
export function placesFor(permissions: readonly Permission[]): readonly Place[] {
  return PLACES.filter(({ needs }) => !needs || permissions.includes(needs));
}

function place(
  to: string,
  text: string,
  group: string,
  icon: LucideIcon,
  key: string,
  needs?: Permission,
): Place {
  return { to, text, group, icon, key, ...(needs ? { needs } : {}) };
}
