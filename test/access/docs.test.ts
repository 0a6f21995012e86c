/** docs/access.md is true: its program runs, its snippets compile, it names every option and event, its links lead somewhere. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { compiled } from "../../scripts/readme-snippet.ts";
import { compileModules } from "../kysely/compile.ts";
import { root } from "../package/sources.ts";

const page = readFileSync(join(root, "docs/access.md"), "utf8");
const [first = "", ...others] = [...page.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(([, code = ""]) => code);

let program: ChildProcess | undefined;
afterEach(() => {
  program?.kill();
});

test("the program provisions by the token that it prints", async () => {
  const listening = ".listen(0, function () { console.log(this.address().port); })";
  const code = compiled(first.replace(".listen(3000)", listening), "esm");
  program = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "--eval", code], {
    cwd: root,
    stdio: ["ignore", "pipe", "inherit"],
  });
  let printed = "";
  program.stdout?.on("data", (chunk: Buffer) => {
    printed += chunk.toString();
  });
  while (printed.trim().split("\n").length < 2 && program.stdout !== null) await once(program.stdout, "data");
  const lines = printed.trim().split("\n");
  const secret = lines.find((line) => line.startsWith("scim_")) ?? "";
  const base = `http://127.0.0.1:${lines.find((line) => /^\d+$/.test(line))}/scim/v2`;
  const headers = { Authorization: `Bearer ${secret}`, "Content-Type": "application/scim+json" };
  const post = async (path: string, body: object): Promise<Response> =>
    fetch(`${base}${path}`, { method: "POST", headers, body: JSON.stringify(body) });
  const created = await post("/Users", { userName: "ann@x.example" });
  const { id } = Object(await created.json());
  expect((await post("/Groups", { displayName: "Product owners", members: [{ value: id }] })).status).toBe(201);
  const deactivate = { schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"] };
  const answer = await fetch(`${base}/Users/${id}`, {
    method: "PATCH",
    headers,
    body: JSON.stringify({ ...deactivate, Operations: [{ op: "replace", path: "active", value: false }] }),
  });
  expect([answer.status, Object(await answer.json()).detail]).toEqual([409, "The last owner stays."]);
});

test("every snippet compiles", () => {
  const given = 'declare const access: import("scimkit/access").Access;\ndeclare const connection: string;\n';
  const errors = compileModules([first, ...others.map((snippet) => `${given}${snippet}export {};`)]);
  expect(others.length).toBeGreaterThan(0);
  expect(errors.map((each) => each.map(({ message }) => message))).toEqual([first, ...others].map(() => []));
});

test("every option and every event is named", () => {
  const source = (file: string): string => readFileSync(join(root, "src/access", file), "utf8");
  const [, options = ""] = source("options.ts").split("export interface AccessOptions");
  const names = [...options.matchAll(/^ {2}(?:readonly )?(\w+)\??[(:]/gm)].map(([, name = ""]) => name);
  const events = [...source("access-event.ts").matchAll(/readonly type: "([\w.]+)"/g)].map(([, name = ""]) => name);
  expect(names).toEqual(expect.arrayContaining(["connections", "receiptDays", "admit"]));
  expect(events).toHaveLength(4);
  expect([...names, ...events].filter((name) => !new RegExp(`\\b${name}\\b`).test(page))).toEqual([]);
});

test("every link leads to a file that is there", () => {
  const links = [...page.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, path = ""]) => path);
  expect(links).toContain("kysely.md");
  expect(links.filter((path) => !existsSync(join(root, "docs", path)))).toEqual([]);
});
