/** docs/kysely.md is true: its programs compile, its links lead somewhere, and it names every option. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { root } from "../package/sources.ts";
import { compileModules } from "./compile.ts";

const page = readFileSync(join(root, "docs/kysely.md"), "utf8");
const readme = readFileSync(join(root, "README.md"), "utf8");

/** What a host has already when it reads on. */
const given: readonly (readonly [name: string, declaration: string])[] = [
  ["users", "declare const users: import('scimkit/kysely').KyselyUsers<Database, Ctx>;"],
  ["groups", "declare const groups: import('scimkit/kysely').KyselyGroups<Database, Ctx>;"],
  ["tables", "declare const tables: import('scimkit/kysely').ScimkitTables<Database, Ctx>;"],
];
const prelude = `
import type * as kysely from "kysely";
interface Ctx { readonly workspaceId: number; readonly defaultRole: string }
interface Database {
  users: {
    id: kysely.Generated<number>; workspace_id: number; email: string; scim_external_id: string | null;
    first_name: string | null; last_name: string | null; disabled_at: Date | null; department: string | null;
    role: string; scim_attributes: unknown; password_hash: string | null;
  };
  teams: { id: kysely.Generated<number>; workspace_id: number; name: string };
  team_members: { team_id: number; user_id: number };
  devices: { id: kysely.Generated<number>; serial_number: string };
  audit: { workspace_id: number; entry: string };
}
declare const db: kysely.Kysely<Database>;
declare const ctx: Ctx;
declare const connectionString: string;
declare function authenticate(): Ctx;
declare function hash(text: string): Promise<string>;
`;
const imports = `
import { createScim } from "scimkit";
import { kyselyGroups, kyselyStore, kyselyUsers, scimkitTables } from "scimkit/kysely";
`;

/** A snippet with what it takes for granted. */
function program(snippet: string): string {
  const missing = given.filter(([name]) => !new RegExp(`const (?:\\{[^}]*\\b)?${name}\\b`).test(snippet));
  const known = snippet.includes("import {") ? "" : imports;
  return [prelude, known, ...missing.map(([, declaration]) => declaration), snippet, "export {};"].join("\n");
}

const snippetsOf = (text: string): readonly string[] =>
  [...text.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(([, code = ""]) => code);

describe("docs/kysely.md", () => {
  const readmes = snippetsOf(readme).filter((snippet) => snippet.includes("scimkit/kysely"));
  const snippets = [...snippetsOf(page), ...readmes];
  const errors = compileModules(snippets.map(program));

  it.each(snippets.map((snippet, at) => [snippet.split("\n").slice(0, 4).join(" "), at] as const))("%s", (_, at) => {
    expect(errors[at]?.map(({ message }) => message)).toEqual([]);
  });

  it("and the README show a mapping", () => {
    expect(snippets.filter((snippet) => snippet.includes("kyselyUsers({")).length).toBe(2);
  });

  it("names every option of a mapping", () => {
    const source = readFileSync(join(root, "adapters/kysely/mapping.ts"), "utf8");
    const options = [...source.matchAll(/^ {2}(?:readonly )?(\w+)\??[(:]/gm)].map(([, name = ""]) => name);
    expect(options).toContain("softDelete");
    expect(options.filter((name) => !new RegExp(`\\b${name}\\b`).test(page))).toEqual([]);
  });

  it("links only to files that are there", () => {
    const links = [...page.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, path = ""]) => path);
    expect(links.filter((path) => !existsSync(join(root, "docs", path)))).toEqual([]);
    const anchors = [...page.matchAll(/\]\(#([^)]+)\)/g)].map(([, name = ""]) => name);
    const headings = [...page.matchAll(/^#+ (.+)$/gm)].map(([, text = ""]) => text.toLowerCase().replaceAll(" ", "-"));
    expect(anchors.filter((name) => !headings.includes(name))).toEqual([]);
  });
});
