/** The text of a PDF that the server sent, read by a library that did not write it. */

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import type { Page } from "playwright-core";

const EXTRACT = `
import sys, io, json
from pypdf import PdfReader
pages = PdfReader(io.BytesIO(sys.stdin.buffer.read())).pages
print(json.dumps([page.extract_text() for page in pages]))
`;

/** Fetches a PDF as the person at this desk and gives the text of each page. */
export async function pagesOfPdf(page: Page, path: string): Promise<string[]> {
  const answer = await page.request.get(path);
  const body = await answer.body();
  assert.ok(answer.ok(), `${path}: ${answer.status()} ${body.toString().slice(0, 300)}`);
  assert.equal(body.subarray(0, 4).toString(), "%PDF");
  const read = spawnSync(process.env.PYTHON ?? "python3", ["-c", EXTRACT], { input: body });
  assert.equal(read.status, 0, `the PDF could not be read: ${read.stderr}`);
  return JSON.parse(read.stdout.toString());
}
