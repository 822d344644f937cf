/** The whole list as a file; names and addresses of customers only for a reason that is kept. */

import { Download } from "lucide-react";
import { type ReactElement, useState } from "react";
import { Button as AriaButton } from "react-aria-components";
import { type FileKind, hasConfidential, saveList } from "@/api/lists";
import { ActDialog } from "../act";
import { Menu, MenuItem } from "../menu";
import { toastProblem } from "../toast";

interface ExportProps {
  /** The list's own path, `/api/v1/accounts`. */
  path: string;
  /** The list as it is filtered and sorted now. */
  url: string;
}

const KINDS: readonly (readonly [FileKind, string])[] = [
  ["csv", "CSV"],
  ["xlsx", "Excel"],
];

export function Export({ path, url }: ExportProps): ReactElement {
  const [asked, setAsked] = useState<FileKind | null>(null);
  const confidential = hasConfidential(path);
  return (
    <>
      <Menu
        label="Export"
        onAction={(key) => {
          const [kind, more] = key.split(" ") as [FileKind, string?];
          if (more) setAsked(kind);
          else saveList(url, kind).catch(toastProblem);
        }}
        trigger={
          <AriaButton className="btn quiet small">
            <Download aria-hidden /> Export
          </AriaButton>
        }
      >
        {KINDS.map(([kind, name]) => (
          <MenuItem key={kind} id={kind} text={name}>
            {confidential ? `${name}, customers redacted` : `All that match, as ${name}`}
          </MenuItem>
        ))}
        {confidential
          ? KINDS.map(([kind, name]) => (
              <MenuItem key={kind} id={`${kind} full`} text={`${name} with customers`}>
                {name} with customers, for a reason…
              </MenuItem>
            ))
          : null}
      </Menu>
      {asked ? (
        <ActDialog
          title="Export with customers"
          button={`Export as ${asked === "csv" ? "CSV" : "Excel"}`}
          reason={{ label: "What is it for? The log keeps it.", min: 5, max: 300 }}
          onClose={() => setAsked(null)}
          onAct={(reason) => saveList(url, asked, reason)}
        >
          <p>
            Names, addresses and what tells a customer are confidential (Gov. Code § 7927.410). This
            file shows them; who took it and why is kept in the audit trail.
          </p>
        </ActDialog>
      ) : null}
    </>
  );
}
