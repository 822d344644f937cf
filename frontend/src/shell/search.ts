/** What the palette finds: pages at once, the office's things from the server. */

import { keepPreviousData } from "@tanstack/react-query";
import { CreditCard, Gauge, type LucideIcon, MapPinned, ReceiptText, User } from "lucide-react";
import { api, type Schema } from "@/api/client";
import { useSession } from "@/api/session";
import { usePaused } from "@/lib/paused";
import { placesFor } from "./places";

type Finding = Schema<"Finding">;

export interface Found {
  href: string;
  text: string;
  detail: string;
  hint: string;
  icon: LucideIcon;
  /** Closed accounts and retired meters: found, but grey. */
  isFaded?: boolean;
}

interface FoundGroup {
  title: string;
  items: readonly Found[];
}

const PAUSE_MS = 90;
const KINDS: Record<Finding["kind"], { title: string; icon: LucideIcon }> = {
  account: { title: "Accounts", icon: User },
  parcel: { title: "Parcels", icon: MapPinned },
  meter: { title: "Meters", icon: Gauge },
  bill: { title: "Bills", icon: ReceiptText },
  payment: { title: "Payments", icon: CreditCard },
};

export function useFound(words: string): { groups: FoundGroup[]; isSearching: boolean } {
  const scrap = usePaused(words.trim(), PAUSE_MS);
  const query = api.useQuery(
    "get",
    "/api/v1/search",
    { params: { query: { q: scrap } } },
    { enabled: scrap !== "", placeholderData: keepPreviousData },
  );
  const found = scrap === "" ? [] : (query.data?.items ?? []);
  const groups = Object.entries(KINDS).map(([kind, { title, icon }]) => ({
    title,
    items: found.filter((one) => one.kind === kind).map((one) => itemOf(one, icon)),
  }));
  return {
    groups: [...groups, { title: "Pages", items: usePages(words.trim().toLowerCase()) }],
    isSearching: query.isFetching || scrap !== words.trim(),
  };
}

function itemOf(finding: Finding, icon: LucideIcon): Found {
  return {
    href: hrefOf(finding),
    text: finding.title,
    detail: finding.subtitle,
    hint: finding.active ? "" : "closed",
    icon,
    isFaded: !finding.active,
  };
}

function hrefOf({ kind, id }: Finding): string {
  return `/${kind}s/${id}`;
}

function usePages(scrap: string): Found[] {
  const { user } = useSession();
  return placesFor(user.permissions)
    .filter((place) => place.text.toLowerCase().includes(scrap))
    .map((place) => ({
      href: place.to,
      text: place.text,
      detail: place.group,
      hint: `G ${place.key.toUpperCase()}`,
      icon: place.icon,
    }));
}
