/** Every address of the app. Screens load when they are opened; only the shell comes first. */

import type { QueryClient } from "@tanstack/react-query";
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from "@tanstack/react-router";
import { z } from "zod";
import { sessionQuery } from "@/api/session";
import { ACCOUNT_CLASSES, ACCOUNT_TABS } from "@/features/accounts/kinds";
import { RUN_STATES, RUN_TABS } from "@/features/bill-runs/states";
import { listSearch, optionalOf, optionalText } from "@/lib/search";
import { Failed, Missing } from "@/shell/failed";
import { Frame } from "@/shell/frame";

interface Context {
  cache: QueryClient;
}

const root = createRootRouteWithContext<Context>()({ component: Outlet });

const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  validateSearch: z.object({
    // Only a path of this app: an address elsewhere would make the door a trap.
    to: z
      .string()
      .regex(/^\/(?!\/)/)
      .optional()
      .catch(undefined),
  }),
  component: lazyRouteComponent(() => import("@/features/sign-in/sign-in"), "SignIn"),
});

const app = createRoute({
  getParentRoute: () => root,
  id: "app",
  beforeLoad: async ({ context, location }) => {
    const session = await context.cache.ensureQueryData(sessionQuery);
    if (session === null) throw redirect({ to: "/sign-in", search: { to: location.href } });
    return { session };
  },
  component: function App() {
    return <Frame session={app.useRouteContext().session} />;
  },
});

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

const parcels = createRoute({
  getParentRoute: () => app,
  path: "/parcels",
  validateSearch: listSearch,
  component: lazyRouteComponent(() => import("@/features/parcels/parcels"), "Parcels"),
});

const parcel = createRoute({
  getParentRoute: () => app,
  path: "/parcels/$parcelId",
  component: lazyRouteComponent(() => import("@/features/parcels/parcel"), "Parcel"),
});

const meters = createRoute({
  getParentRoute: () => app,
  path: "/meters",
  validateSearch: listSearch.extend({ status: optionalOf(["active", "retired"]) }),
  component: lazyRouteComponent(() => import("@/features/meters/meters"), "Meters"),
});

const meter = createRoute({
  getParentRoute: () => app,
  path: "/meters/$meterId",
  component: lazyRouteComponent(() => import("@/features/meters/meter"), "Meter"),
});

const servicePoint = createRoute({
  getParentRoute: () => app,
  path: "/service-points/$servicePointId",
  component: lazyRouteComponent(() => import("@/features/meters/service-point"), "ServicePoint"),
});

const billRuns = createRoute({
  getParentRoute: () => app,
  path: "/bill-runs",
  validateSearch: listSearch.extend({ state: optionalOf(RUN_STATES) }),
  component: lazyRouteComponent(() => import("@/features/bill-runs/bill-runs"), "BillRuns"),
});

const billRun = createRoute({
  getParentRoute: () => app,
  path: "/bill-runs/$runId",
  validateSearch: listSearch.extend({
    tab: optionalOf(RUN_TABS),
    severity: optionalOf(["block", "warn"]),
    excused: z.boolean().optional().catch(undefined),
  }),
  component: lazyRouteComponent(() => import("@/features/bill-runs/bill-run"), "BillRun"),
});

const accounts = createRoute({
  getParentRoute: () => app,
  path: "/accounts",
  validateSearch: listSearch.extend({
    class: optionalOf(ACCOUNT_CLASSES),
    status: optionalOf(["open", "closed"]),
  }),
  component: lazyRouteComponent(() => import("@/features/accounts/accounts"), "Accounts"),
});

const account = createRoute({
  getParentRoute: () => app,
  path: "/accounts/$accountId",
  validateSearch: listSearch.extend({ tab: optionalOf(ACCOUNT_TABS) }),
  component: lazyRouteComponent(() => import("@/features/accounts/account"), "Account"),
});

const tariffs = createRoute({
  getParentRoute: () => app,
  path: "/tariffs",
  validateSearch: listSearch,
  component: lazyRouteComponent(() => import("@/features/tariffs/tariffs"), "Tariffs"),
});

const tariff = createRoute({
  getParentRoute: () => app,
  path: "/tariffs/$tariffId",
  validateSearch: z.object({ version: optionalText }),
  component: lazyRouteComponent(() => import("@/features/tariffs/tariff"), "Tariff"),
});

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

const tree = root.addChildren([
  signIn,
  app.addChildren([
    home,
    jobs,
    users,
    audit,
    parcels,
    parcel,
    meters,
    meter,
    servicePoint,
    billRuns,
    billRun,
    accounts,
    account,
    tariffs,
    imports,
    readImport,
    editList,
    tariff,
  ]),
]);

export function makeRouter(cache: QueryClient) {
  return createRouter({
    routeTree: tree,
    context: { cache },
    defaultPreload: "intent",
    defaultErrorComponent: Failed,
    defaultNotFoundComponent: Missing,
    scrollRestoration: true,
  });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
