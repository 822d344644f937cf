/** Reading and billing: imports, the edit list, bill runs. */

import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { z } from "zod";
import { BILL_SHOWS, EXCEPTION_CODES, RUN_STATES, RUN_TABS } from "@/features/bill-runs/states";
import { BILL_KINDS, BILL_STATES } from "@/features/bills/kinds";
import { listSearch, optionalOf, optionalText } from "@/lib/search";
import { app } from "./root";

const imports = createRoute({
  getParentRoute: () => app,
  path: "/imports",
  validateSearch: listSearch.extend({
    state: optionalOf(["queued", "imported", "refused"]),
    open: z.boolean().optional().catch(undefined),
  }),
  component: lazyRouteComponent(() => import("@/features/readings/imports"), "Imports"),
});

const readImport = createRoute({
  getParentRoute: () => app,
  path: "/imports/$importId",
  component: lazyRouteComponent(() => import("@/features/readings/import"), "Import"),
});

const editList = createRoute({
  getParentRoute: () => app,
  path: "/edit-list",
  validateSearch: listSearch.extend({
    rule: optionalText,
    import: optionalText,
    walk: optionalText,
    all: z.boolean().optional().catch(undefined),
  }),
  component: lazyRouteComponent(() => import("@/features/readings/edit-list"), "EditList"),
});

const walks = createRoute({
  getParentRoute: () => app,
  path: "/walks",
  validateSearch: listSearch,
  component: lazyRouteComponent(() => import("@/features/readings/walks"), "Walks"),
});

const walk = createRoute({
  getParentRoute: () => app,
  path: "/walks/$walkId",
  validateSearch: z.object({
    on: z.iso.date().optional().catch(undefined),
  }),
  component: lazyRouteComponent(() => import("@/features/readings/walk"), "WalkEntry"),
});

const reReads = createRoute({
  getParentRoute: () => app,
  path: "/re-reads",
  component: lazyRouteComponent(() => import("@/features/readings/re-reads"), "ReReads"),
});

const readStatistics = createRoute({
  getParentRoute: () => app,
  path: "/read-statistics",
  validateSearch: listSearch.extend({
    months: optionalOf(["3", "24"]),
    reader: optionalText,
    skipped: z.boolean().optional().catch(undefined),
  }),
  component: lazyRouteComponent(() => import("@/features/readings/statistics"), "Statistics"),
});

const readAudits = createRoute({
  getParentRoute: () => app,
  path: "/read-audits",
  validateSearch: listSearch,
  component: lazyRouteComponent(() => import("@/features/readings/audits"), "Audits"),
});

const readAudit = createRoute({
  getParentRoute: () => app,
  path: "/read-audits/$auditId",
  validateSearch: listSearch,
  component: lazyRouteComponent(() => import("@/features/readings/audit"), "Audit"),
});

const register = createRoute({
  getParentRoute: () => app,
  path: "/registers/$registerId",
  component: lazyRouteComponent(() => import("@/features/readings/register"), "Register"),
});

const billRuns = createRoute({
  getParentRoute: () => app,
  path: "/bill-runs",
  validateSearch: listSearch.extend({ state: optionalOf(RUN_STATES) }),
  component: lazyRouteComponent(() => import("@/features/bill-runs/bill-runs"), "BillRuns"),
});

const offCycle = createRoute({
  getParentRoute: () => app,
  path: "/bill-runs/off-cycle",
  component: lazyRouteComponent(() => import("@/features/bill-runs/off-cycle"), "OffCycle"),
});

const billRun = createRoute({
  getParentRoute: () => app,
  path: "/bill-runs/$runId",
  validateSearch: listSearch.extend({
    tab: optionalOf(RUN_TABS),
    code: optionalOf(EXCEPTION_CODES),
    severity: optionalOf(["block", "warn"]),
    show: optionalOf(BILL_SHOWS),
    excused: z.boolean().optional().catch(undefined),
  }),
  component: lazyRouteComponent(() => import("@/features/bill-runs/bill-run"), "BillRun"),
});

const cycles = createRoute({
  getParentRoute: () => app,
  path: "/cycles",
  validateSearch: listSearch,
  component: lazyRouteComponent(() => import("@/features/cycles/cycles"), "Cycles"),
});

const cycle = createRoute({
  getParentRoute: () => app,
  path: "/cycles/$cycleId",
  validateSearch: listSearch.extend({
    tab: optionalOf(["calendar", "accounts"]),
    year: z.number().int().min(1990).max(2100).optional().catch(undefined),
  }),
  component: lazyRouteComponent(() => import("@/features/cycles/cycle"), "Cycle"),
});

const bills = createRoute({
  getParentRoute: () => app,
  path: "/bills",
  validateSearch: listSearch.extend({
    state: optionalOf(BILL_STATES),
    kind: optionalOf(BILL_KINDS),
    account: optionalText,
    run: optionalText,
  }),
  component: lazyRouteComponent(() => import("@/features/bills/bills"), "Bills"),
});

const bill = createRoute({
  getParentRoute: () => app,
  path: "/bills/$billId",
  validateSearch: z.object({ lang: optionalOf(["en", "es"]) }),
  component: lazyRouteComponent(() => import("@/features/bills/bill"), "BillPage"),
});

export const work = [
  imports,
  readImport,
  editList,
  walks,
  walk,
  reReads,
  readStatistics,
  readAudits,
  readAudit,
  register,
  billRuns,
  offCycle,
  billRun,
  cycles,
  cycle,
  bills,
  bill,
] as const;
