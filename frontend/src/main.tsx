import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { isPassing, whenSignedOut } from "./api/client";
import { sessionQuery } from "./api/session";
import { makeRouter } from "./routes/router";
import "./styles/index.css";

const RETRIES = 2;

const cache = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      retry: (count, error) => count < RETRIES && isPassing(error),
    },
    mutations: { retry: false },
  },
});
const router = makeRouter(cache);

whenSignedOut(() => {
  if (cache.getQueryData(sessionQuery.queryKey) === null) return;
  cache.setQueryData(sessionQuery.queryKey, null);
  const { href } = router.state.location;
  void router.navigate({ to: "/sign-in", search: { to: href } });
});

const place = document.getElementById("root");
if (!place) throw new Error("index.html has no #root");
createRoot(place).render(
  <StrictMode>
    <QueryClientProvider client={cache}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </StrictMode>,
);
