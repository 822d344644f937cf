import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Keyboard, LogOut } from "lucide-react";
import type { ReactElement } from "react";
import { Button } from "react-aria-components";
import { signOut, useSession } from "@/api/session";
import { Menu, MenuChoice, MenuItem } from "@/components/menu";
import { toastProblem } from "@/components/toast";
import { type Appearance, changeAppearance, useAppearance } from "@/lib/appearance";
import { initials, words } from "@/lib/words";

const THEMES = [
  ["system", "As the system"],
  ["light", "Light"],
  ["dark", "Dark"],
] as const;
const DENSITIES = [
  ["dense", "Dense"],
  ["default", "Default"],
  ["comfortable", "Comfortable"],
] as const;

export function UserMenu({ onKeys }: { onKeys: () => void }): ReactElement {
  const { user } = useSession();
  const { theme, density, singleKeys } = useAppearance();
  const cache = useQueryClient();
  const navigate = useNavigate();
  async function leave(): Promise<void> {
    try {
      await signOut(cache);
      await navigate({ to: "/sign-in" });
    } catch (error) {
      toastProblem(error);
    }
  }
  return (
    <Menu
      label="You and this screen"
      onAction={(key) => {
        if (key === "leave") void leave();
        if (key === "keys") onKeys();
      }}
      trigger={
        <Button
          className="user-button"
          aria-label={`${initials(user.name)}, ${user.name}: settings and sign out`}
        >
          <span className="avatar" aria-hidden="true">
            {initials(user.name)}
          </span>
        </Button>
      }
    >
      <MenuChoice
        title={`${user.name} · ${user.roles.map(words).join(", ")}`}
        mode="single"
        selected={[theme]}
        options={THEMES}
        onChange={(chosen) => changeAppearance({ theme: only(chosen) as Appearance["theme"] })}
      />
      <MenuChoice
        title="Rows"
        mode="single"
        selected={[density]}
        options={DENSITIES}
        onChange={(chosen) => changeAppearance({ density: only(chosen) as Appearance["density"] })}
      />
      <MenuChoice
        title="Keyboard"
        mode="multiple"
        selected={singleKeys ? ["single"] : []}
        options={[["single", "Single-letter keys"]]}
        onChange={(chosen) => changeAppearance({ singleKeys: chosen.has("single") })}
      />
      <MenuItem id="keys" text="Keys of this page">
        <Keyboard aria-hidden />
        <span className="grow">Keys of this page</span>
      </MenuItem>
      <MenuItem id="leave" text="Sign out">
        <LogOut aria-hidden />
        <span className="grow">Sign out</span>
      </MenuItem>
    </Menu>
  );
}

function only(chosen: Set<string>): string {
  return [...chosen][0] ?? "";
}
