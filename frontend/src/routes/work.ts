/** Reading and billing: imports, the edit list, bill runs. */

import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { BILL_SHOWS, EXCEPTION_CODES, RUN_STATES, RUN_TABS } from "@/features/bill-runs/states";
import { BILL_KINDS, BILL_STATES } from "@/features/bills/kinds";
import {
  listSearch,
  listSearchWith,
  optionalDay,
  optionalFlag,
  optionalOf,
  optionalText,
  optionalYear,
  searchOf,
} from "@/lib/search";
import { app } from "./root";

const imports = createRoute({
  getParentRoute: () => app,
  path: "/imports",
  validateSearch: listSearchWith({
    state: optionalOf(["queued", "imported", "refused"]),
    open: optionalFlag,
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
  validateSearch: listSearchWith({
    rule: optionalText,
    import: optionalText,
    walk: optionalText,
    all: optionalFlag,
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
  validateSearch: searchOf({
    on: optionalDay,
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
  validateSearch: listSearchWith({
    months: optionalOf(["3", "24"]),
    reader: optionalText,
    skipped: optionalFlag,
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
  validateSearch: listSearchWith({ state: optionalOf(RUN_STATES) }),
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
  validateSearch: listSearchWith({
    tab: optionalOf(RUN_TABS),
    code: optionalOf(EXCEPTION_CODES),
    severity: optionalOf(["block", "warn"]),
    show: optionalOf(BILL_SHOWS),
    excused: optionalFlag,
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
  validateSearch: listSearchWith({
    tab: optionalOf(["calendar", "accounts"]),
    year: optionalYear,
  }),
  component: lazyRouteComponent(() => import("@/features/cycles/cycle"), "Cycle"),
});

const bills = createRoute({
  getParentRoute: () => app,
  path: "/bills",
  validateSearch: listSearchWith({
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
  validateSearch: searchOf({ lang: optionalOf(["en", "es"]) }),
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
