import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  RouterProvider,
} from "@tanstack/react-router";
import { render } from "@testing-library/react";
import type { ReactElement } from "react";

/** Renders a component inside a router and a fresh query cache; gives the history back. */
export async function renderAt(element: () => ReactElement, path = "/") {
  const root = createRootRoute();
  const here = createRoute({ getParentRoute: () => root, path: "/", component: element });
  const there = createRoute({
    getParentRoute: () => root,
    path: "$",
    component: () => <h1>Elsewhere</h1>,
  });
  const history = createMemoryHistory({ initialEntries: [path] });
  const router = createRouter({ routeTree: root.addChildren([here, there]), history });
  const cache = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  await router.load();
  const view = render(
    <QueryClientProvider client={cache}>
      {/* biome-ignore lint/suspicious/noExplicitAny: the app's own router type is registered */}
      <RouterProvider router={router as any} />
    </QueryClientProvider>,
  );
  return { ...view, history, cache };
}
