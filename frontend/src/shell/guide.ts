/**
 * Where the guide explains each screen: page and heading, held by tests. `/accounts/` stands for the
 * pages below a list that have no line of their own.
 */

const TASKS: Readonly<Record<string, string>> = {
  "/": "billing#where-the-day-starts",
  "/approvals": "payments-and-adjustments#correct-a-balance",
  "/accounts": "accounts#finding-an-account",
  "/accounts/": "accounts#a-customer-telephones",
  "/parcels": "meters-and-parcels#parcels",
  "/meters": "meters-and-parcels#service-points-and-meters",
  "/service-points": "meters-and-parcels#service-points-and-meters",
  "/registers": "reading#consumption",
  "/imports": "reading#import-a-file",
  "/walks": "reading#walks-and-hand-entry",
  "/edit-list": "reading#the-edit-list",
  "/re-reads": "reading#the-edit-list",
  "/read-statistics": "reading#who-reads-how",
  "/read-audits": "reading#who-reads-how",
  "/read-layouts": "read-layouts#on-the-screen",
  "/read-rules": "reading#thresholds-and-codes",
  "/read-codes": "reading#thresholds-and-codes",
  "/set-up-layout": "read-layouts#on-the-screen",
  "/bill-runs": "billing#a-run-step-by-step",
  "/bill-runs/off-cycle": "billing#off-cycle",
  "/cycles": "billing#cycles-and-their-calendar",
  "/bills": "billing#why-this-bill-why-is-it-high",
  "/payments": "payments-and-adjustments#take-a-payment",
  "/payments/": "payments-and-adjustments#a-check-comes-back",
  "/payments/new": "payments-and-adjustments#take-a-payment",
  "/adjustments/leak": "payments-and-adjustments#a-leak",
  "/adjustments": "payments-and-adjustments#correct-a-balance",
  "/tariffs": "tariffs",
  "/gl-accounts": "tariffs#in-the-staff-app",
  "/declarations": "tariffs#in-the-staff-app",
  "/evapotranspiration": "tariffs#in-the-staff-app",
  "/winter-averages": "tariffs#in-the-staff-app",
  "/policies": "administration#policies",
  "/health": "administration#health",
  "/jobs": "administration#jobs",
  "/users": "administration#roles",
  "/roles": "administration#roles",
  "/api-clients": "administration#other-systems",
  "/audit": "administration#audit-trail",
};

/** The address of the guide for a path of the app; its contents for a path that it leaves out. */
export function guideFor(path: string): string {
  const [, room = "", page] = path.split("/");
  const task = TASKS[path] ?? (page && TASKS[`/${room}/`]) ?? TASKS[`/${room}`];
  return task ? `/guide/${task}` : "/guide";
}
