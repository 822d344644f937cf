import type { ReactElement } from "react";
import { Dialog } from "@/components/dialog";
import { useAppearance } from "@/lib/appearance";
import { useKeyGroups } from "@/lib/shortcuts";

const NAMES: Record<string, string> = { ctrl: "Ctrl", Enter: "Enter" };

/** What `?` shows: every key that works on this page. */
export function KeySheet({
  isOpen,
  onClose,
}: {
  isOpen: boolean;
  onClose: () => void;
}): ReactElement {
  const groups = useKeyGroups();
  const { singleKeys } = useAppearance();
  return (
    <Dialog title="Keys" isOpen={isOpen} onClose={onClose} wide>
      <div className="body">
        {singleKeys ? null : (
          <p className="help">Single-letter keys are switched off in your menu, top right.</p>
        )}
        <div className="key-groups">
          {groups.map((group) => (
            <section key={group.title}>
              <h3>{group.title}</h3>
              <dl>
                {group.keys.map((entry) => (
                  <div key={entry.keys}>
                    <dt>
                      {entry.keys.split(" ").map((part) => (
                        <kbd key={part}>{label(part)}</kbd>
                      ))}
                    </dt>
                    <dd>{entry.label}</dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}
        </div>
      </div>
    </Dialog>
  );
}

function label(part: string): string {
  return part
    .split("+")
    .map((key) => NAMES[key] ?? (key.length === 1 ? key.toUpperCase() : key))
    .join("+");
}
