/** docs/access.md is true: its program runs, and its rule gives what it says. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { compiled } from "../../scripts/readme-snippet.ts";
import { root } from "../package/sources.ts";

let program: ChildProcess | undefined;
afterEach(() => {
  program?.kill();
});

test("the program provisions by the token that it prints", async () => {
  const page = readFileSync(join(root, "docs/access.md"), "utf8");
  const source = /```ts\n([\s\S]*?)```/.exec(page)?.[1] ?? "";
  const listening = ".listen(0, function () { console.log(this.address().port); })";
  const code = compiled(source.replace(".listen(3000)", listening), "esm");
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
