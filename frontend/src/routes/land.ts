/** Land, plant and people: parcels, meters, service points, accounts. */

import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import {
  ACCOUNT_CLASSES,
  ACCOUNT_PANELS,
  ACCOUNT_TABS,
  ACCOUNT_VIEWS,
  OWING,
  TIMELINE_SHOWS,
} from "@/features/accounts/kinds";
import { listSearch, listSearchWith, optionalOf, optionalText } from "@/lib/search";
import { app } from "./root";

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
  validateSearch: listSearchWith({ status: optionalOf(["active", "retired"]) }),
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

const accounts = createRoute({
  getParentRoute: () => app,
  path: "/accounts",
  validateSearch: listSearchWith({
    class: optionalOf(ACCOUNT_CLASSES),
    status: optionalOf(["open", "closed"]),
    by: optionalOf(ACCOUNT_VIEWS),
    how: optionalOf(["call", "counter", "letter", "email", "field"]),
    owing: optionalOf(OWING),
    flag: optionalText,
  }),
  component: lazyRouteComponent(() => import("@/features/accounts/accounts"), "Accounts"),
});

const account = createRoute({
  getParentRoute: () => app,
  path: "/accounts/$accountId",
  validateSearch: listSearchWith({
    tab: optionalOf(ACCOUNT_TABS),
    show: optionalOf(TIMELINE_SHOWS),
    panel: optionalOf(ACCOUNT_PANELS),
  }),
  component: lazyRouteComponent(() => import("@/features/accounts/account"), "Account"),
});

export const land = [parcels, parcel, meters, meter, servicePoint, accounts, account] as const;
