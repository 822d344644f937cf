/** The places of the app: the navigation, the palette and the `g` chords read this one list. */

import {
  ArrowLeftRight,
  BookOpenText,
  FileDown,
  Gauge,
  History,
  House,
  ListChecks,
  type LucideIcon,
  ReceiptText,
  Scale,
  UserCog,
  Users,
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
  { to: "/", text: "Home", group: "", icon: House, key: "h" },
  { to: "/accounts", text: "Accounts", group: "", icon: Users, key: "a", needs: "accounts:read" },
  {
    to: "/imports",
    text: "Imports",
    group: "Reading",
    icon: FileDown,
    key: "i",
    needs: "readings:read",
  },
  {
    to: "/edit-list",
    text: "Edit list",
    group: "Reading",
    icon: ListChecks,
    key: "e",
    needs: "readings:read",
  },
  {
    to: "/bill-runs",
    text: "Bill runs",
    group: "Billing",
    icon: ReceiptText,
    key: "b",
    needs: "bills:read",
  },
  {
    to: "/payments",
    text: "Payments",
    group: "Money",
    icon: ArrowLeftRight,
    key: "p",
    needs: "payments:read",
  },
  {
    to: "/adjustments",
    text: "Adjustments",
    group: "Money",
    icon: Scale,
    key: "j",
    needs: "ledger:read",
  },
  {
    to: "/tariffs",
    text: "Tariffs",
    group: "Rates",
    icon: BookOpenText,
    key: "t",
    needs: "tariffs:read",
  },
  { to: "/jobs", text: "Jobs", group: "House", icon: Gauge, key: "o", needs: "jobs:read" },
  { to: "/users", text: "Users", group: "House", icon: UserCog, key: "u", needs: "users:manage" },
  {
    to: "/audit",
    text: "Audit trail",
    group: "House",
    icon: History,
    key: "l",
    needs: "audit:read",
  },
];

/** The places that a person may enter. */
export function placesFor(permissions: readonly Permission[]): readonly Place[] {
  return PLACES.filter(({ needs }) => !needs || permissions.includes(needs));
}
