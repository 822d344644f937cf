/** Files of reads go up as they are, byte for byte: the office keeps what the vendor sent. */

import { type Schema, unsafeHeaders } from "@/api/client";
import type { RowOf } from "@/api/lists";
import { problemOf } from "@/api/problem";

export type ReadImport = RowOf<"/api/v1/read-imports">;

export interface Chosen {
  layout: string;
  settings: Record<string, string>;
  file: File;
}

async function send<Answer>(
  path: string,
  query: [string, string][],
  chosen: Chosen,
): Promise<Answer> {
  const settings = Object.entries(chosen.settings).map(([name, value]): [string, string] => [
    "setting",
    `${name}=${value}`,
  ]);
  const search = new URLSearchParams([["layout", chosen.layout], ...query, ...settings]);
  const response = await fetch(`${path}?${search}`, {
    method: "POST",
    headers: { ...unsafeHeaders(), "Content-Type": "application/octet-stream" },
    body: chosen.file,
  });
  if (!response.ok) throw await problemOf(response);
  return (await response.json()) as Answer;
}

/** Keeps a reader's photo under an id of ours; a line of hand entry then names it. */
export async function keepPhoto(id: string, file: File): Promise<void> {
  const search = new URLSearchParams({ photo_id: id, file_name: file.name });
  const response = await fetch(`/api/v1/read-photos?${search}`, {
    method: "POST",
    headers: { ...unsafeHeaders(), "Content-Type": "application/octet-stream" },
    body: file,
  });
  if (!response.ok) throw await problemOf(response);
}

/** What the layout understands of the file; nothing is stored. */
export function previewFile(chosen: Chosen): Promise<Schema<"PreviewOut">> {
  return send("/api/v1/read-imports/preview", [], chosen);
}

/** Imports the file. Rejects with every line, column and reason when it is refused. */
export function importFile(id: string, chosen: Chosen): Promise<ReadImport> {
  const query: [string, string][] = [
    ["import_id", id],
    ["file_name", chosen.file.name],
  ];
  return send("/api/v1/read-imports", query, chosen);
}
