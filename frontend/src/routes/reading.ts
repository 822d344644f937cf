/** How reading is set up: layouts of vendors' files. */

import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { optionalText, searchOf } from "@/lib/search";
import { app } from "./root";

const layouts = createRoute({
  getParentRoute: () => app,
  path: "/read-layouts",
  component: lazyRouteComponent(() => import("@/features/layouts/layouts"), "Layouts"),
});

const layout = createRoute({
  getParentRoute: () => app,
  path: "/read-layouts/$name",
  validateSearch: searchOf({ version: optionalText }),
  component: lazyRouteComponent(() => import("@/features/layouts/layout"), "Layout"),
});

const setUpLayout = createRoute({
  getParentRoute: () => app,
  path: "/set-up-layout",
  validateSearch: searchOf({ from: optionalText }),
  component: lazyRouteComponent(() => import("@/features/layouts/set-up"), "SetUpLayout"),
});

export const reading = [layouts, layout, setUpLayout] as const;
