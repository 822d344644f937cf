/** Home, and what keeps the house: jobs, users, the audit trail. */

import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { listSearch, optionalOf, optionalText } from "@/lib/search";
import { app } from "./root";

const home = createRoute({
  getParentRoute: () => app,
  path: "/",
  component: lazyRouteComponent(() => import("@/features/home/home"), "Home"),
});

const jobs = createRoute({
  getParentRoute: () => app,
  path: "/jobs",
  validateSearch: listSearch.extend({
    state: optionalOf(["queued", "running", "done", "failed"]),
    kind: optionalText,
  }),
  component: lazyRouteComponent(() => import("@/features/jobs/jobs"), "Jobs"),
});

const users = createRoute({
  getParentRoute: () => app,
  path: "/users",
  validateSearch: listSearch,
  component: lazyRouteComponent(() => import("@/features/users/users"), "Users"),
});

const audit = createRoute({
  getParentRoute: () => app,
  path: "/audit",
  validateSearch: listSearch.extend({ subject: optionalText }),
  component: lazyRouteComponent(() => import("@/features/audit/audit"), "Audit"),
});

export const house = [home, jobs, users, audit] as const;
