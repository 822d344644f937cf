/** Home, and what keeps the house: jobs, users, policies, other systems, the audit trail. */

import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import {
  listSearch,
  listSearchWith,
  optionalDay,
  optionalOf,
  optionalText,
  searchOf,
} from "@/lib/search";
import { Missing } from "@/shell/failed";
import { app } from "./root";

const home = createRoute({
  getParentRoute: () => app,
  path: "/",
  component: lazyRouteComponent(() => import("@/features/home/home"), "Home"),
});

const jobs = createRoute({
  getParentRoute: () => app,
  path: "/jobs",
  validateSearch: listSearchWith({
    state: optionalOf(["queued", "running", "done", "failed", "cancelled"]),
    kind: optionalText,
  }),
  component: lazyRouteComponent(() => import("@/features/jobs/jobs"), "Jobs"),
});

const job = createRoute({
  getParentRoute: () => app,
  path: "/jobs/$jobId",
  component: lazyRouteComponent(() => import("@/features/jobs/job"), "JobPage"),
});

const health = createRoute({
  getParentRoute: () => app,
  path: "/health",
  component: lazyRouteComponent(() => import("@/features/health/health"), "HealthPage"),
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
  validateSearch: listSearchWith({
    subject: optionalText,
    actor: optionalText,
    since: optionalDay,
    until: optionalDay,
    action: optionalText,
  }),
  component: lazyRouteComponent(() => import("@/features/audit/audit"), "Audit"),
});

const policies = createRoute({
  getParentRoute: () => app,
  path: "/policies",
  validateSearch: listSearchWith({ show: optionalOf(["waiting"]) }),
  component: lazyRouteComponent(() => import("@/features/policies/policies"), "Policies"),
});

const policy = createRoute({
  getParentRoute: () => app,
  path: "/policies/$group/$name",
  component: lazyRouteComponent(() => import("@/features/policies/policy"), "PolicyPage"),
});

const roles = createRoute({
  getParentRoute: () => app,
  path: "/roles",
  component: lazyRouteComponent(() => import("@/features/users/matrix"), "RoleMatrix"),
});

const apiClients = createRoute({
  getParentRoute: () => app,
  path: "/api-clients",
  validateSearch: listSearch,
  component: lazyRouteComponent(() => import("@/features/api-clients/clients"), "ApiClients"),
});

const guide = createRoute({
  getParentRoute: () => app,
  path: "/guide",
  validateSearch: searchOf({ q: optionalText }),
  component: lazyRouteComponent(() => import("@/features/guide/contents"), "GuideContents"),
});

const guidePage = createRoute({
  getParentRoute: () => app,
  path: "/guide/$page",
  component: lazyRouteComponent(() => import("@/features/guide/page"), "GuidePage"),
});
const missing = createRoute({ getParentRoute: () => app, path: "$", component: Missing });

export const house = [
  home,
  jobs,
  job,
  health,
  users,
  audit,
  policies,
  policy,
  roles,
  apiClients,
  guide,
  guidePage,
  missing,
] as const;
