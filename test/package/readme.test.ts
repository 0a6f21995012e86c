/** The README is true: its first program runs, its commands and links exist. */
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import manifest from "../../package.json" with { type: "json" };
import { compiled, firstSnippet, onPort } from "../../scripts/readme-snippet.ts";
import { root } from "./sources.ts";

const readme = readFileSync(join(root, "README.md"), "utf8");

let program: ChildProcess | undefined;

afterEach(async () => {
  if (program === undefined || program.exitCode !== null) return;
  const ended = new Promise((resolve) => program?.once("exit", resolve));
  program.kill();
  await ended;
  program = undefined;
});

describe("The README's first program", () => {
  it("answers an identity provider's connection test, and provisions a user", async () => {
    const port = await freePort();
    const base = `http://127.0.0.1:${port}/scim/v2`;
    const code = compiled(onPort(firstSnippet(), port), "esm");
    program = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "--eval", code], {
      cwd: root,
      env: { ...process.env, SCIM_TOKEN: "a-token" },
      stdio: ["ignore", "pipe", "inherit"],
    });
    const headers = { Authorization: "Bearer a-token", "Content-Type": "application/scim+json" };
    const probe = `${base}/Users?filter=userName+eq+%22d3f5b8a0-0c77-4b2e-8b53-5b7a4bd4b7c1%22`;
    const test = await answer(() => fetch(probe, { headers }));
    expect(test.status).toBe(200);
    expect(await test.json()).toMatchObject({ totalResults: 0, Resources: [] });
    const created = await fetch(`${base}/Users`, {
      method: "POST",
      headers,
      body: JSON.stringify({ schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"], userName: "ann@x.io" }),
    });
    expect(created.status).toBe(201);
    expect((await fetch(probe, { headers: { Authorization: "Bearer another" } })).status).toBe(401);
  });

  it("is on the first screen, with the installation and the commands", () => {
    const lines = readme.split("\n");
    const at = (text: string): number => lines.findIndex((line) => line.includes(text)) + 1;
    expect(at("npm install scimkit")).toBeLessThan(10);
    expect(at("app.listen(3000)")).toBeLessThan(40);
    expect(firstSnippet().trimEnd().split("\n").length).toBeLessThanOrEqual(23);
    for (const command of ["npm start", "npm run demo:entra", "npm run start:koa", "npm test"])
      expect(at(command)).toBeLessThan(50);
  });
});

describe("The README", () => {
  it("names only commands that package.json has", () => {
    const named = [...readme.matchAll(/npm (?:run )?([a-z]+:[a-z]+|start|test|bench|coverage)/g)].map(
      ([, name]) => name,
    );
    expect(named.filter((name) => !Object.hasOwn(manifest.scripts, name ?? ""))).toEqual([]);
  });

  it("links only to files that are there", () => {
    const links = [...readme.matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, path]) => path ?? "");
    expect(links.length).toBeGreaterThan(0);
    expect(links.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("There is no free port.");
  return address.port;
}

/** Asks until somebody listens. */
async function answer(ask: () => Promise<Response>): Promise<Response> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await ask();
    } catch (error) {
      if (attempt === 100) throw error;
      await sleep(100);
    }
  }
}
