/** How reading is set up: layouts of vendors' files, thresholds of the rules, codes. */

import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { listSearchWith, optionalFlag, optionalOf, optionalText, searchOf } from "@/lib/search";
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

const rules = createRoute({
  getParentRoute: () => app,
  path: "/read-rules",
  validateSearch: searchOf({ season: optionalOf(["summer", "winter"]) }),
  component: lazyRouteComponent(() => import("@/features/read-rules/rules"), "ReadRules"),
});

const rule = createRoute({
  getParentRoute: () => app,
  path: "/read-rules/$name",
  component: lazyRouteComponent(() => import("@/features/read-rules/rule"), "ReadRule"),
});

const codes = createRoute({
  getParentRoute: () => app,
  path: "/read-codes",
  validateSearch: listSearchWith({
    kind: optionalOf(["skip", "trouble", "note"]),
    retired: optionalFlag,
  }),
  component: lazyRouteComponent(() => import("@/features/read-rules/codes"), "ReadCodes"),
});

export const reading = [layouts, layout, setUpLayout, rules, rule, codes] as const;
