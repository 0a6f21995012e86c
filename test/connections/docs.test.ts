/** docs/connections.md is true: its program runs, its snippets compile, it names every option, its links lead somewhere. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { compiled } from "../../scripts/readme-snippet.ts";
import { compileModules } from "../kysely/compile.ts";
import { root } from "../package/sources.ts";

const page = readFileSync(join(root, "docs/connections.md"), "utf8");
const snippets = [...page.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(([, code = ""]) => code);
const [first = "", ...others] = snippets;

let program: ChildProcess | undefined;
afterEach(() => {
  program?.kill();
});

/** What a host has already when it reads on. */
const given: readonly (readonly [name: string, declaration: string])[] = [
  ["connections", "declare const connections: import('scimkit/connections').Connections;"],
  ["store", "declare const store: import('scimkit/connections').ConnectionStore;"],
  ["token", "declare const token: import('scimkit/connections').Token;"],
];
const prelude = `
import type * as kysely from "kysely";
import { createScim } from "scimkit";
import { type ConnectionContext, createConnections } from "scimkit/connections";
interface Database {
  users: {
    id: kysely.Generated<number>; workspace_id: string; email: string; scim_external_id: string | null;
    role: string; scim_attributes: unknown;
  };
}
type Account = import('scimkit/connections').SignInAccount;
declare const db: kysely.Kysely<Database>;
declare const id: string;
declare const userId: string;
declare const email: string;
declare const inAYear: Date;
declare const assertion: { readonly oid: string };
declare function workspaces(organisation: string): { id: string; name: string }[];
declare function roles(): { id: string; name: string }[];
declare function isVerified(user: string, workspace: string): Promise<boolean>;
declare function accountByEmail(email: string): Promise<Account | undefined>;
declare function signOnUrl(organisation: string): Promise<string | undefined>;
declare function redirect(url: string): void;
declare function mailResetLink(email: string): void;
declare function show(text: string): void;
declare function askForPassword(): void;
declare function startSession(users: readonly { workspace: string; user: string }[]): void;
`;

function withPrelude(snippet: string): string {
  const missing = given.filter(([name]) => !new RegExp(`const (?:\\{[^}]*\\b)?${name}\\b`).test(snippet));
  return [prelude, ...missing.map(([, declaration]) => declaration), snippet, "export {};"].join("\n");
}

describe("docs/connections.md", () => {
  it("has a program that provisions by the token that it prints", async () => {
    const listening = ".listen(0, function () { console.log(this.address().port); })";
    const code = compiled(first.replace(".listen(3000)", listening), "esm");
    expect(code).toContain("this.address()");
    program = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "--eval", code], {
      cwd: root,
      stdio: ["ignore", "pipe", "inherit"],
    });
    let printed = "";
    program.stdout?.on("data", (chunk: Buffer) => {
      printed += chunk.toString();
    });
    const lines = (): readonly string[] => printed.trim().split("\n");
    while (!lines().some((line) => /^\d+$/.test(line)) && program.stdout !== null) await once(program.stdout, "data");
    const secret = lines().find((line) => line.startsWith("scim_")) ?? "";
    const port = lines().find((line) => /^\d+$/.test(line));
    const headers = { Authorization: `Bearer ${secret}`, "Content-Type": "application/scim+json" };
    const answer = await fetch(`http://127.0.0.1:${port}/scim/v2/Users`, {
      method: "POST",
      headers,
      body: JSON.stringify({ userName: "ann@x.example" }),
    });
    expect(answer.status).toBe(201);
    while (!printed.includes("ann@x.example") && program.stdout !== null) await once(program.stdout, "data");
    expect(lines()).toContain("ann@x.example is a member of acme-main");
    expect(lines()).toContain("connection.created");
  });

  it("has snippets that compile", () => {
    expect(others.length).toBeGreaterThanOrEqual(8);
    const errors = compileModules([first, ...others.map(withPrelude)]);
    expect(errors.map((found) => found.map(({ message }) => message))).toEqual(errors.map(() => []));
  });

  it("names every option", () => {
    const source = readFileSync(join(root, "src/connections/options.ts"), "utf8");
    const from = source.indexOf("export interface ConnectionsOptions");
    const options = [...source.slice(from).matchAll(/^ {2}(?:readonly )?(\w+)\??[(:]/gm)].map(([, name = ""]) => name);
    expect(options).toContain("fallbackRole");
    expect(options.filter((name) => !page.includes(`\`${name}`))).toEqual([]);
  });

  it("counts the methods of a store", () => {
    const source = readFileSync(join(root, "src/connections/store.ts"), "utf8");
    const methods = source.slice(source.indexOf("export interface ConnectionStore")).match(/^ {2}\w+\(/gm);
    expect(page).toContain(`${methods?.length} methods`);
  });

  it("links only to files that are there", () => {
    const links = [...page.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, path = ""]) => path);
    expect(links.length).toBeGreaterThan(2);
    expect(links.filter((path) => !existsSync(join(root, "docs", path)))).toEqual([]);
  });
});
