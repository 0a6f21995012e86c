/** The packed tarball in a folder of its own, and programs run there. */
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import lock from "../package-lock.json" with { type: "json" };
import { compiled } from "./readme-snippet.ts";

/** The two module systems the package is built for. */
export type Format = "esm" | "cjs";

/** The root of the repository. */
export const root: string = fileURLToPath(new URL("..", import.meta.url));
/** Where the tarball is and is installed: outside the repository, so that nothing is found by accident. */
export const folder: string = mkdtempSync(join(tmpdir(), "scimkit-package-"));

const installed = new Map(Object.entries<{ readonly version?: string }>(lock.packages));

/** Runs a command; what it says is shown only when it fails. */
export function run(command: string, parameters: readonly string[], cwd: string = folder): string {
  try {
    return execFileSync(command, parameters, { cwd, encoding: "utf8", stdio: "pipe", maxBuffer: 1 << 26 });
  } catch (error) {
    if (error instanceof Error && "stdout" in error && "stderr" in error)
      console.error(`${error.stdout}${error.stderr}`);
    throw error;
  }
}

/** Builds and packs; the tarball's path. */
export function pack(): string {
  const output = run("npm", ["pack", "--json", "--silent", "--pack-destination", folder], root);
  const name = /"filename": "([^"]+)"/.exec(output)?.[1];
  if (name === undefined) throw new Error(`npm pack does not say what it has packed: ${output}`);
  return join(folder, name);
}

/** Installs the tarball, and packages in the versions that the repository's lock file has. */
export function install(tarball: string, packages: readonly string[]): void {
  writeFileSync(join(folder, "package.json"), '{ "private": true }');
  const exact = packages.map((name) => `${name}@${installed.get(`node_modules/${name}`)?.version ?? "latest"}`);
  run("npm", ["install", "--no-audit", "--no-fund", "--prefer-offline", tarball, ...exact]);
}

/** Writes a program, in TypeScript, as a module of one format; its path. */
export function write(name: string, code: string, format: Format): string {
  const path = join(folder, `${name}.${format === "esm" ? "mjs" : "cjs"}`);
  writeFileSync(path, compiled(code, format));
  return path;
}

/** Runs a program to its end. */
export function runProgram(name: string, code: string, format: Format): void {
  run(process.execPath, [write(name, code, format)]);
}

/** A port nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("There is no free port.");
  return address.port;
}

/** Starts a program that serves, asks it something as soon as it answers, and ends it. */
export async function whileServing<T>(program: string, ask: () => Promise<T>): Promise<T> {
  const server = spawn(process.execPath, [program], {
    cwd: folder,
    env: { ...process.env, SCIM_TOKEN: "a-token" },
    stdio: ["ignore", "ignore", "inherit"],
  });
  try {
    for (let attempt = 1; ; attempt++) {
      try {
        return await ask();
      } catch (error) {
        const refused = error instanceof TypeError && server.exitCode === null && attempt < 100;
        if (!refused) throw error;
        await sleep(100);
      }
    }
  } finally {
    server.kill();
  }
}
