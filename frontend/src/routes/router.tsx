/** Every address of the app. Screens load when they are opened; only the shell comes first. */

import type { QueryClient } from "@tanstack/react-query";
import { createRouter } from "@tanstack/react-router";
import { Failed } from "@/shell/failed";
import { house } from "./house";
import { land } from "./land";
import { money } from "./money";
import { reading } from "./reading";
import { app, root, signIn } from "./root";
import { work } from "./work";

const tree = root.addChildren([
  signIn,
  app.addChildren([...house, ...land, ...work, ...reading, ...money]),
]);

export function makeRouter(cache: QueryClient) {
  return createRouter({
    routeTree: tree,
    context: { cache },
    defaultPreload: "intent",
    defaultErrorComponent: Failed,
    scrollRestoration: true,
    // The page scrolls, not the window: a new one begins at its top.
    scrollToTopSelectors: ["#main"],
  });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
