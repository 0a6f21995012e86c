/** The examples: `npm start`, `start:express` and `start:koa` print a line that works, provision the host's people, and end cleanly. */
import { type ChildProcess, exec, spawn } from "node:child_process";
import { once } from "node:events";
import { promisify } from "node:util";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { startPostgres } from "../postgres.ts";
import { root } from "./sources.ts";

const token = "a-token-of-the-test";

let example: ChildProcess | undefined;

afterEach(() => {
  if (example?.exitCode === null) example.kill("SIGTERM");
});

describe.each(["start:express", "start:koa"])("npm run %s", (script) => {
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

const server = await startPostgres();
afterAll(() => server?.stop());

describe.runIf(server !== undefined)("DATABASE_URL", () => {
  it("has people and teams outlive the app, on a server", async () => {
    const env = { SCIM_TOKEN: token, DATABASE_URL: server?.url ?? "" };
    const [, url = ""] = /^SCIM URL\s+(\S+)$/m.exec(await started("start:express", env)) ?? [];
    await create(`${url}/Users`, { userName: "ann@x.io" });
    const ended = example === undefined ? [] : once(example, "exit");
    example?.kill("SIGTERM");
    expect(await ended).toEqual([0, null]);
    const [, again = ""] = /^SCIM URL\s+(\S+)$/m.exec(await started("start:koa", env)) ?? [];
    const page = await fetch(new URL("/", again));
    expect(await page.json()).toMatchObject({ users: [{ userName: "ann@x.io" }] });
  });
});

describe("npm start", () => {
  it("prints a way to sign in, the portal's URL, the SCIM URL, the token and a curl line that works", async () => {
    const said = await started("start", { SCIM_TOKEN: token, OWNER_PASSWORD: "correct horse battery" });
    const [, signIn = ""] = /^Sign in\s+(\S+)$/m.exec(said) ?? [];
    const form = { email: "olivia@contoso.example", password: "correct horse battery" };
    expect(said).toContain(form.email);
    expect(said).toContain(form.password);
    const [, portal = ""] = /^Portal\s+(\S+)$/m.exec(said) ?? [];
    const body = new URLSearchParams(form);
    const entered = await fetch(new URL("/sign-in/password", signIn), { method: "POST", body, redirect: "manual" });
    const [cookie = ""] = (entered.headers.get("set-cookie") ?? "").split(";");
    const page = await fetch(portal, { headers: { Cookie: cookie } });
    expect([page.status, page.url]).toEqual([200, portal]);
    expect(new URL(/^SCIM URL\s+(\S+)$/m.exec(said)?.[1] ?? "").pathname).toBe("/scim/v2");
    expect(/^Token\s+(\S+)$/m.exec(said)?.[1]).toBe(token);
    const [, header = "", target = ""] = /curl -H '([^']+)' (\S+)$/m.exec(said) ?? [];
    const [name = "", value = ""] = header.split(": ");
    const response = await fetch(target, { headers: { [name]: value } });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ totalResults: 1 });
  });

  it("makes up a token and a password, and npm run demo:entra finds the token", async () => {
    const said = await started("start", { SCIM_TOKEN: "", OWNER_PASSWORD: "" });
    expect(/^Token\s+(\S+)$/m.exec(said)?.[1]).toMatch(/^scim_[\w-]{43}$/);
    expect(said).toMatch(/^\s+with [\w-]{12}$/m);
    const [, demo = ""] = /^Demo\s+(.+)$/m.exec(said) ?? [];
    expect(demo).toMatch(/^PORT=\d+ npm run demo:entra$/);
    const { stdout } = await promisify(exec)(`${demo} --silent -- --fast`, { cwd: root, env: environment });
    expect(stdout).toContain("Done: 6 people are provisioned");
  });

  it("ends with 0 on SIGTERM, while somebody watches", async () => {
    const said = await started("start", { SCIM_TOKEN: token, OWNER_PASSWORD: "correct horse battery" });
    const [, signIn = ""] = /^Sign in\s+(\S+)$/m.exec(said) ?? [];
    const body = new URLSearchParams({ email: "olivia@contoso.example", password: "correct horse battery" });
    const entered = await fetch(new URL("/sign-in/password", signIn), { method: "POST", body, redirect: "manual" });
    const [cookie = ""] = (entered.headers.get("set-cookie") ?? "").split(";");
    const workspace = await fetch(signIn, { headers: { Cookie: cookie } });
    const live = await fetch(`${workspace.url}/live`, { headers: { Cookie: cookie } });
    expect(live.headers.get("content-type")).toBe("text/event-stream");
    const ended = example === undefined ? [] : once(example, "exit");
    example?.kill("SIGTERM");
    expect(await ended).toEqual([0, null]);
  });

  it("says what to do when a setting makes no sense", async () => {
    await expect(started("start", { PORT: "eighty" })).rejects.toThrow('PORT is "eighty"');
    await expect(started("start", { PUBLIC_URL: "tandem" })).rejects.toThrow('PUBLIC_URL is "tandem"');
    await expect(started("start", { SCIM_TOKEN: "with a space" })).rejects.toThrow("SCIM_TOKEN");
  });
});

/** What the examples are started in: nothing of what the machine that runs the tests has set. */
const environment = { ...process.env, PORT: "0", SCIM_TOKEN: "", OWNER_PASSWORD: "", PUBLIC_URL: "", DATABASE_URL: "" };

/** Starts an example on a free port; what it has said once it listens. */
async function started(script: string, env: Readonly<Record<string, string>>): Promise<string> {
  example = spawn("npm", ["run", "--silent", script], { cwd: root, env: { ...environment, ...env } });
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
