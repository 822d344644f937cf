/** The whole list as a file; names and addresses of customers only for a reason that is kept. */

import { Download } from "lucide-react";
import { lazy, type ReactElement, Suspense, useState } from "react";
import { Button as AriaButton } from "react-aria-components";
import { type FileKind, hasConfidential, saveList } from "@/api/lists";
import { Menu, MenuItem } from "../menu";
import { toastProblem } from "../toast";

// Forms are no part of what a list costs to open.
const ExportFull = lazy(() => import("./export-full"));

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
        <Suspense fallback={null}>
          <ExportFull url={url} kind={asked} onClose={() => setAsked(null)} />
        </Suspense>
      ) : null}
    </>
  );
}
