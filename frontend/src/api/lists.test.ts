import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { hasConfidential, listUrl } from "./lists";

interface Part {
  $ref?: string;
  items?: Part;
  confidential?: boolean;
  properties?: Record<string, Part>;
}
interface Contract {
  paths: Record<
    string,
    { get?: { responses: Record<string, { content?: Record<string, { schema?: Part }> }> } }
  >;
  components: { schemas: Record<string, Part> };
}

const contract = JSON.parse(
  readFileSync(join(process.cwd(), "../openapi/openapi.json"), "utf8"),
) as Contract;

function whole(part: Part | undefined): Part {
  const name = part?.$ref?.split("/").at(-1);
  return (name ? contract.components.schemas[name] : part) ?? {};
}

test("exports ask for a reason just where the contract marks a field confidential", () => {
  const lists = Object.entries(contract.paths).flatMap(([path, { get }]) => {
    const body = whole(get?.responses["200"]?.content?.["application/json"]?.schema);
    const rows = body.properties?.total ? whole(body.properties.items?.items) : null;
    const fields = Object.values(rows?.properties ?? {});
    return rows ? [{ path, marked: fields.some(({ confidential }) => confidential === true) }] : [];
  });
  expect(lists.length).toBeGreaterThan(20);
  expect(lists.filter(({ marked }) => marked).length).toBeGreaterThan(3);
  expect(lists.filter(({ path, marked }) => hasConfidential(path) !== marked)).toEqual([]);
});

test("a list's address fills its path and leaves empty filters out", () => {
  const url = listUrl(
    "/api/v1/runs/{run_id}/x",
    { run_id: "a b" },
    { q: "", limit: 5, open: true },
  );
  expect(url).toBe("/api/v1/runs/a%20b/x?limit=5&open=true");
});
