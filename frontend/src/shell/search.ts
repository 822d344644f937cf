/** What the palette finds: pages at once, the office's things from the server. */

import type { LucideIcon } from "lucide-react";
import { useSession } from "@/api/session";
import { placesFor } from "./places";

export interface Found {
  href: string;
  text: string;
  detail: string;
  hint: string;
  icon: LucideIcon;
}

interface FoundGroup {
  title: string;
  items: readonly Found[];
}

export function useFound(words: string): { groups: FoundGroup[]; isSearching: boolean } {
  const { user } = useSession();
  const scrap = words.trim().toLowerCase();
  const pages = placesFor(user.permissions)
    .filter((place) => place.text.toLowerCase().includes(scrap))
    .map((place) => ({
      href: place.to,
      text: place.text,
      detail: place.group,
      hint: `G ${place.key.toUpperCase()}`,
      icon: place.icon,
    }));
  return { groups: [{ title: "Pages", items: pages }], isSearching: false };
}
