/** Who is signed in and what they may do. */

import { type QueryClient, queryOptions, useQueryClient } from "@tanstack/react-query";
import { createContext, useContext } from "react";
import { client, keepCsrfToken, type Schema } from "./client";
import { asProblem } from "./problem";

export type Session = Schema<"SessionOut">;
export type Permission = Session["user"]["permissions"][number];

const SESSION_KEY = ["session"] as const;

/** The session, or null when nobody is signed in. */
export const sessionQuery = queryOptions({
  queryKey: SESSION_KEY,
  queryFn: async (): Promise<Session | null> => {
    try {
      const { data } = await client.GET("/api/v1/session");
      return data ? keep(data) : null;
    } catch (error) {
      if (asProblem(error).status === 401) return null;
      throw error;
    }
  },
  staleTime: Number.POSITIVE_INFINITY,
  retry: false,
});

function keep(session: Session): Session {
  keepCsrfToken(session.csrf_token);
  return session;
}

/** Opens a session. Rejects with an `ApiProblem` for wrong credentials or too many attempts. */
export async function signIn(cache: QueryClient, body: Schema<"SignInRequest">): Promise<void> {
  const { data } = await client.POST("/api/v1/session", { body });
  if (data) cache.setQueryData(SESSION_KEY, keep(data));
}

/** Ends the session and forgets all that was read in it. */
export async function signOut(cache: QueryClient): Promise<void> {
  await client.DELETE("/api/v1/session").catch((error) => {
    if (asProblem(error).status !== 401) throw error;
  });
  keepCsrfToken("");
  cache.clear();
  cache.setQueryData(SESSION_KEY, null);
}

const Current = createContext<Session | null>(null);
export const SessionProvider = Current.Provider;

/** The session; only for screens behind the sign-in page. */
export function useSession(): Session {
  const session = useContext(Current);
  if (!session) throw new Error("useSession is only for screens behind the sign-in page");
  return session;
}

/** The id of whoever is signed in, or null. */
export function usePerson(): string | null {
  return useContext(Current)?.user.id ?? null;
}

/** Whether the person may do this. The server checks it again. */
export function useMay(permission: Permission): boolean {
  return useSession().user.permissions.includes(permission);
}

/** Forgets every answer of these paths, so that what is on the screen is read again. */
export function useForget(): (...paths: string[]) => Promise<void> {
  const cache = useQueryClient();
  return async (...paths) => {
    await Promise.all(paths.map((path) => cache.invalidateQueries({ queryKey: ["get", path] })));
  };
}
