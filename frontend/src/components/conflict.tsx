/** Someone else was faster (412): what they changed beside what you typed, and the two ways on. */

import type { ReactElement } from "react";
import { said } from "@/lib/said";
import { Button } from "./button";
import { Dialog } from "./dialog";
import { Table } from "./table";

export interface Difference {
  label: string;
  /** As it was when this screen was opened. */
  was: string;
  now: string;
  mine: string;
}

/** The fields that someone changed meanwhile, by label. */
export function differences(
  labels: Record<string, string>,
  was: Record<string, unknown>,
  now: Record<string, unknown>,
  mine: Record<string, unknown>,
): Difference[] {
  return Object.entries(labels)
    .map(([name, label]) => ({
      label,
      was: said(was[name]),
      now: said(now[name]),
      mine: said(mine[name] ?? was[name]),
    }))
    .filter(({ was: before, now: after }) => before !== after);
}

interface ConflictProps {
  differences: readonly Difference[];
  onTheirs: () => void;
  onMine: () => void;
}

export function ConflictSheet({
  differences: found,
  onTheirs,
  onMine,
}: ConflictProps): ReactElement {
  return (
    <Dialog
      title="Someone changed this meanwhile"
      isOpen
      onClose={onTheirs}
      role="alertdialog"
      wide
    >
      <div className="body">
        <p>
          Nothing of yours is saved yet. Keep theirs, or save yours over it; both stand in the audit
          trail.
        </p>
        {found.length > 0 ? (
          <Table>
            <thead>
              <tr>
                <th>Field</th>
                <th>You saw</th>
                <th>Now</th>
                <th>Yours</th>
              </tr>
            </thead>
            <tbody>
              {found.map((difference) => (
                <tr key={difference.label}>
                  <td>{difference.label}</td>
                  <td className="muted">{difference.was}</td>
                  <td>{difference.now}</td>
                  <td>{difference.mine}</td>
                </tr>
              ))}
            </tbody>
          </Table>
        ) : (
          <p className="muted">
            The fields of this form are as you saw them; something else changed.
          </p>
        )}
      </div>
      <footer>
        <Button onPress={onMine}>Save mine over it</Button>
        <Button variant="primary" onPress={onTheirs}>
          Keep theirs
        </Button>
      </footer>
    </Dialog>
  );
}
