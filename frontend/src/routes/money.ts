/** Money and rates: payments, adjustments, tariffs. */

import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { APPROVAL_KINDS } from "@/features/approvals/kinds";
import { FLAGS } from "@/features/winter-averages/flags";
import {
  listSearch,
  listSearchWith,
  optionalDay,
  optionalOf,
  optionalText,
  searchOf,
} from "@/lib/search";
import { app } from "./root";

const payments = createRoute({
  getParentRoute: () => app,
  path: "/payments",
  validateSearch: listSearchWith({
    tender: optionalOf(["cash", "check", "card"]),
    account: optionalText,
  }),
  component: lazyRouteComponent(() => import("@/features/payments/payments"), "Payments"),
});

const takePayment = createRoute({
  getParentRoute: () => app,
  path: "/payments/new",
  validateSearch: searchOf({ account: optionalText }),
  component: lazyRouteComponent(() => import("@/features/payments/take-payment"), "TakePayment"),
});

const payment = createRoute({
  getParentRoute: () => app,
  path: "/payments/$paymentId",
  component: lazyRouteComponent(() => import("@/features/payments/payment"), "Payment"),
});

const adjustments = createRoute({
  getParentRoute: () => app,
  path: "/adjustments",
  validateSearch: listSearchWith({
    shown: optionalOf(["posted", "rejected", "all"]),
    account: optionalText,
  }),
  component: lazyRouteComponent(() => import("@/features/adjustments/adjustments"), "Adjustments"),
});

const askAdjustment = createRoute({
  getParentRoute: () => app,
  path: "/adjustments/new",
  validateSearch: searchOf({ account: optionalText }),
  component: lazyRouteComponent(() => import("@/features/adjustments/ask"), "AskAdjustment"),
});

const leak = createRoute({
  getParentRoute: () => app,
  path: "/adjustments/leak",
  validateSearch: searchOf({ account: optionalText }),
  component: lazyRouteComponent(() => import("@/features/adjustments/leak"), "LeakAdjustment"),
});

const adjustment = createRoute({
  getParentRoute: () => app,
  path: "/adjustments/$adjustmentId",
  component: lazyRouteComponent(() => import("@/features/adjustments/adjustment"), "Adjustment"),
});

const approvals = createRoute({
  getParentRoute: () => app,
  path: "/approvals",
  validateSearch: listSearchWith({ kind: optionalOf(APPROVAL_KINDS) }),
  component: lazyRouteComponent(() => import("@/features/approvals/approvals"), "Approvals"),
});

const tariffs = createRoute({
  getParentRoute: () => app,
  path: "/tariffs",
  validateSearch: listSearch,
  component: lazyRouteComponent(() => import("@/features/tariffs/tariffs"), "Tariffs"),
});

const tariff = createRoute({
  getParentRoute: () => app,
  path: "/tariffs/$tariffId",
  validateSearch: searchOf({
    version: optionalText,
    tab: optionalOf(["schedule", "changes", "test"]),
    other: optionalText,
    job: optionalText,
  }),
  component: lazyRouteComponent(() => import("@/features/tariffs/tariff"), "Tariff"),
});

const editTariff = createRoute({
  getParentRoute: () => app,
  path: "/tariffs/versions/$versionId/edit",
  component: lazyRouteComponent(() => import("@/features/tariffs/draft/edit"), "EditDraft"),
});

const declarations = createRoute({
  getParentRoute: () => app,
  path: "/declarations",
  validateSearch: listSearch,
  component: lazyRouteComponent(
    () => import("@/features/declarations/declarations"),
    "Declarations",
  ),
});

const evapotranspiration = createRoute({
  getParentRoute: () => app,
  path: "/evapotranspiration",
  validateSearch: searchOf({ zone: optionalText }),
  component: lazyRouteComponent(
    () => import("@/features/declarations/evapotranspiration"),
    "Evapotranspiration",
  ),
});

const winterAverages = createRoute({
  getParentRoute: () => app,
  path: "/winter-averages",
  validateSearch: listSearchWith({
    tab: optionalOf(["proposals", "in-force"]),
    account: optionalText,
  }),
  component: lazyRouteComponent(
    () => import("@/features/winter-averages/winter-averages"),
    "WinterAverages",
  ),
});

const winterProposal = createRoute({
  getParentRoute: () => app,
  path: "/winter-averages/$proposalId",
  validateSearch: listSearchWith({ flag: optionalOf(FLAGS) }),
  component: lazyRouteComponent(
    () => import("@/features/winter-averages/proposal"),
    "WinterProposal",
  ),
});

const glAccounts = createRoute({
  getParentRoute: () => app,
  path: "/gl-accounts",
  validateSearch: searchOf({ on: optionalDay }),
  component: lazyRouteComponent(() => import("@/features/gl/gl-accounts"), "GlAccounts"),
});

export const money = [
  payments,
  takePayment,
  payment,
  adjustments,
  askAdjustment,
  leak,
  adjustment,
  approvals,
  tariffs,
  tariff,
  editTariff,
  declarations,
  evapotranspiration,
  winterAverages,
  winterProposal,
  glAccounts,
] as const;
