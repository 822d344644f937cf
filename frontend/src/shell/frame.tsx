import {
  Link,
  Outlet,
  type RouterHistory,
  useRouter,
  useRouterState,
} from "@tanstack/react-router";
import { Search } from "lucide-react";
import { lazy, type ReactElement, Suspense, useEffect, useMemo, useRef, useState } from "react";
import { Button, RouterProvider } from "react-aria-components";
import { type Session, SessionProvider } from "@/api/session";
import { ZoneProvider } from "@/components/figures";
import { HelpProvider } from "@/components/page";
import { Toasts } from "@/components/toast";
import { isBusyHere, listenForShortcuts, useShortcuts } from "@/lib/shortcuts";
import { Connection } from "./connection";
import { guideFor } from "./guide";
import { Mark } from "./mark";
import { Nav } from "./nav";
import { placesFor } from "./places";
import { UserMenu } from "./user-menu";

// Opened by a key, so they need not come with the first screen.
const Palette = lazy(() => import("./palette").then((m) => ({ default: m.Palette })));
const KeySheet = lazy(() => import("./key-sheet").then((m) => ({ default: m.KeySheet })));

const PALETTE_MS = 1500;

/** The frame around every screen behind the sign-in page. */
export function Frame({ session }: { session: Session }): ReactElement {
  const router = useRouter();
  const [open, setOpen] = useState<"palette" | "keys" | null>(null);
  useEffect(listenForShortcuts, []);
  useEffect(() => {
    // Fetched in quiet, so that the first `/` does not lose the letters typed after it.
    const timer = setTimeout(() => void import("./palette"), PALETTE_MS);
    return () => clearTimeout(timer);
  }, []);
  const shortcuts = useMemo(
    () => [
      { keys: "/", label: "Search everywhere", act: () => setOpen("palette") },
      { keys: "ctrl+k", label: "Search everywhere", act: () => setOpen("palette") },
      { keys: "?", label: "Keys of this page", act: () => setOpen("keys") },
      { keys: "F1", label: "This page in the guide", act: () => openGuide(router.history) },
      ...placesFor(session.user.permissions).map((place) => ({
        keys: `g ${place.key}`,
        label: place.text,
        act: () => router.history.push(place.to),
      })),
    ],
    [session.user.permissions, router],
  );
  useShortcuts("Everywhere", shortcuts);
  return (
    <SessionProvider value={session}>
      <ZoneProvider value={session.timezone}>
        <RouterProvider navigate={(to) => router.history.push(to)}>
          <div className="frame">
            <a className="skip" href="#main">
              Skip to the page
            </a>
            <header className="topbar">
              <Link className="brand" to="/" aria-label="Curbstop, home">
                <Mark />
                <span className="name">Curbstop</span>
              </Link>
              <Button className="search-everywhere" onPress={() => setOpen("palette")}>
                <Search aria-hidden />
                <span className="grow truncate">Search accounts, meters, addresses</span>
                <kbd>/</kbd>
              </Button>
              <span className="grow" />
              <UserMenu onKeys={() => setOpen("keys")} />
            </header>
            <Nav />
            <Main />
          </div>
          <Suspense fallback={null}>
            {open === "palette" ? <Palette isOpen onClose={() => setOpen(null)} /> : null}
            {open === "keys" ? <KeySheet isOpen onClose={() => setOpen(null)} /> : null}
          </Suspense>
          <Connection />
          <Toasts />
        </RouterProvider>
      </ZoneProvider>
    </SessionProvider>
  );
}

/** The page. A new one takes the focus, so that the keyboard and the screen reader start there. */
function Main(): ReactElement {
  const main = useRef<HTMLElement>(null);
  const path = useRouterState({ select: (state) => state.resolvedLocation?.pathname });
  // biome-ignore lint/correctness/useExhaustiveDependencies: each new path is a new page
  useEffect(() => {
    const held = document.activeElement;
    if (held && held !== document.body && main.current?.contains(held)) return;
    main.current?.focus({ preventScroll: true });
  }, [path]);
  return (
    <main id="main" className="main" ref={main} tabIndex={-1}>
      <HelpProvider value={<Guide />}>
        <Outlet />
      </HelpProvider>
    </main>
  );
}

/** To the page's task in the guide, also by F1. */
function Guide(): ReactElement | null {
  const path = useRouterState({ select: (state) => state.location.pathname });
  if (path.startsWith("/guide")) return null;
  return (
    <Link to={guideFor(path)} className="to-guide" aria-keyshortcuts="F1">
      Guide
    </Link>
  );
}

/** In a tab of its own where the person would lose what is half typed. */
function openGuide(history: RouterHistory): void {
  const address = guideFor(history.location.pathname);
  if (isBusyHere()) window.open(address, "_blank", "noopener");
  else history.push(address);
}
