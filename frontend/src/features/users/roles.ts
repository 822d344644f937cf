import { z } from "zod";
import type { Schema } from "@/api/client";
import { words } from "@/lib/words";

export const ROLES = [
  "technician",
  "cashier",
  "supervisor",
  "accountant",
  "operations",
  "engineering",
  "auditor",
  "administrator",
] as const satisfies readonly Schema<"Role">[];

export const ROLE_OPTIONS = ROLES.map((role) => [role, words(role)] as const);
export const name = z.string().trim().min(1, "Type the name").max(120);
export const roles = z.array(z.enum(ROLES)).min(1, "Choose at least one role");
export const password = z.string().min(12, "At least 12 characters").max(200);
