/** The root, the door, and the frame around every screen behind it. */

import type { QueryClient } from "@tanstack/react-query";
import {
  createRootRouteWithContext,
  createRoute,
  lazyRouteComponent,
  Outlet,
  redirect,
} from "@tanstack/react-router";
import { sessionQuery } from "@/api/session";
import { searchOf } from "@/lib/search";
import { Frame } from "@/shell/frame";

interface Context {
  cache: QueryClient;
}

export const root = createRootRouteWithContext<Context>()({ component: Outlet });

export const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  validateSearch: searchOf({
    // Only a path of this app: an address elsewhere would make the door a trap.
    to: (value) => (typeof value === "string" && /^\/(?!\/)/.test(value) ? value : undefined),
  }),
  component: lazyRouteComponent(() => import("@/features/sign-in/sign-in"), "SignIn"),
});

export const app = createRoute({
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
