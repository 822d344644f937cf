import { useIsFetching, useQueryClient } from "@tanstack/react-query";
import { CloudOff } from "lucide-react";
import { type ReactElement, useEffect, useState } from "react";
import { asProblem } from "@/api/problem";

const RETRY_MS = 4000;

/** Says that the server cannot be reached, tries again by itself, and goes when it answers. */
export function Connection(): ReactElement | null {
  const cache = useQueryClient();
  const fetching = useIsFetching();
  const [isLost, setLost] = useState(false);
  useEffect(() => {
    const unsubscribe = cache.getQueryCache().subscribe((event) => {
      if (event.type !== "updated") return;
      if (event.action.type === "error" && asProblem(event.action.error).status === 0)
        setLost(true);
      if (event.action.type === "success") setLost(false);
    });
    const down = () => setLost(true);
    const up = () => setLost(false);
    window.addEventListener("offline", down);
    window.addEventListener("online", up);
    return () => {
      unsubscribe();
      window.removeEventListener("offline", down);
      window.removeEventListener("online", up);
    };
  }, [cache]);
  useEffect(() => {
    if (!isLost) return;
    const timer = setInterval(() => {
      void fetch("/healthz").then(
        (answer) => {
          if (!answer.ok) return;
          setLost(false);
          void cache.refetchQueries({
            type: "active",
            predicate: (query) => query.state.error !== null,
          });
        },
        () => {},
      );
    }, RETRY_MS);
    return () => clearInterval(timer);
  }, [isLost, cache]);
  if (!isLost) return null;
  return (
    <div className="connection" role="status">
      <CloudOff aria-hidden />
      The server cannot be reached. {fetching > 0 ? "Trying again…" : "What you type is kept."}
    </div>
  );
}
