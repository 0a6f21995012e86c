/** The examples: `npm start` and `npm run start:koa` print a line that works, provision the host's people, and end cleanly. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { afterEach, describe, expect, it } from "vitest";
import { root } from "./sources.ts";

const token = "a-token-of-the-test";

let example: ChildProcess | undefined;

afterEach(() => {
  if (example?.exitCode === null) example.kill("SIGTERM");
});

describe.each(["start", "start:koa"])("npm run %s", (script) => {
  it("prints the SCIM URL, the token and a curl line that works", async () => {
    const said = await started(script, { SCIM_TOKEN: token });
    const [, url = ""] = /^SCIM URL\s+(\S+)$/m.exec(said) ?? [];
    expect(new URL(url).pathname).toBe("/scim/v2");
    expect(/^Token\s+(\S+)$/m.exec(said)?.[1]).toBe(token);
    const [, header = "", target = ""] = /curl -H '([^']+)' (\S+)$/m.exec(said) ?? [];
    const [name = "", value = ""] = header.split(": ");
    const response = await fetch(target, { headers: { [name]: value } });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ totalResults: 0 });
  });

  it("makes up a token of its own", async () => {
    const said = await started(script, { SCIM_TOKEN: "" });
    expect(/^Token\s+(\S+)$/m.exec(said)?.[1]).toMatch(/^[\w-]{43}$/);
  });

  it("has the people and teams that were provisioned", async () => {
    const [, url = ""] = /^SCIM URL\s+(\S+)$/m.exec(await started(script, { SCIM_TOKEN: token })) ?? [];
    const ann = await create(`${url}/Users`, { userName: "ann@x.io", displayName: "Ann" });
    await create(`${url}/Groups`, { displayName: "Design", members: [{ value: ann }] });
    const page = await fetch(new URL("/", url));
    expect(await page.json()).toEqual({
      users: [{ userName: "ann@x.io", displayName: "Ann", active: true }],
      teams: [{ name: "Design", members: ["ann@x.io"] }],
    });
  });

  it("ends with 0 on SIGTERM", async () => {
    await started(script, { SCIM_TOKEN: token });
    const ended = example === undefined ? [] : once(example, "exit");
    example?.kill("SIGTERM");
    expect(await ended).toEqual([0, null]);
  });

  it("says what to do when the port makes no sense", async () => {
    await expect(started(script, { PORT: "eighty" })).rejects.toThrow('PORT is "eighty"');
  });
});

/** Starts an example on a free port; what it has said once it listens. */
async function started(script: string, env: Readonly<Record<string, string>>): Promise<string> {
  example = spawn("npm", ["run", "--silent", script], { cwd: root, env: { ...process.env, PORT: "0", ...env } });
  let said = "";
  return new Promise((resolve, reject) => {
    const listen = (chunk: Buffer): void => {
      said += chunk.toString();
      if (/curl .*\n/.test(said)) resolve(said);
    };
    example?.stdout?.on("data", listen);
    example?.stderr?.on("data", listen);
    example?.once("exit", () => reject(new Error(said)));
  });
}

async function create(url: string, resource: Record<string, unknown>): Promise<unknown> {
  const headers = { Authorization: `Bearer ${token}`, "Content-Type": "application/scim+json" };
  const response = await fetch(url, { method: "POST", headers, body: JSON.stringify(resource) });
  const body: unknown = await response.json();
  expect(response.status).toBe(201);
  return typeof body === "object" && body !== null && "id" in body ? body.id : undefined;
}
