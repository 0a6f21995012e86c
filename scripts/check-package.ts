/** Checks the packed tarball as a user meets it: installed, imported, required, type-checked, bundled. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "..");
const folder = mkdtempSync(join(tmpdir(), "scimkit-package-"));

function run(command: string, args: readonly string[], cwd = root): string {
  return execFileSync(command, args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
}

function step(name: string, work: () => void): void {
  work();
  console.log(`ok  ${name}`);
}

/** The README's first TypeScript block, without its `listen`. */
function readmeSnippet(): string {
  const [, snippet] = /```ts\n([\s\S]*?)```/.exec(readFileSync(join(root, "README.md"), "utf8")) ?? [];
  if (snippet === undefined) throw new Error("README.md has no TypeScript example.");
  return snippet;
}

/** Asks the mounted example what an IdP's connection test asks. */
const probe = `
const server = app.listen(0, async () => {
  const url = "http://localhost:" + server.address().port + "/scim/v2/Users?filter=userName+eq+%22x%22";
  const answer = await fetch(url, { headers: { Authorization: "Bearer t" } });
  const { totalResults } = await answer.json();
  if (answer.status !== 200 || totalResults !== 0) throw new Error("Test Connection failed: " + answer.status);
  server.close();
});
`;

function runnable(): string {
  return `${readmeSnippet().replace(/app\.listen\(.*\);/, "")}${probe}`;
}

function asCommonJs(code: string): string {
  return code
    .replace(/import (\w+) from "([^"]+)";/g, 'const $1 = require("$2");')
    .replace(/import (\{[^}]+\}) from "([^"]+)";/g, 'const $1 = require("$2");');
}

function tsconfig(moduleResolution: "node16" | "bundler"): string {
  return JSON.stringify({
    compilerOptions: {
      module: moduleResolution === "node16" ? "node16" : "esnext",
      moduleResolution,
      target: "es2022",
      strict: true,
      exactOptionalPropertyTypes: true,
      noEmit: true,
      types: ["node"],
    },
    files: ["host.ts"],
  });
}

try {
  const packed: unknown = JSON.parse(run("npm", ["pack", "--json", "--pack-destination", folder]));
  const listed = Array.isArray(packed) ? packed : Object.values(packed ?? {});
  const [first]: readonly unknown[] = listed;
  if (typeof first !== "object" || first === null || !("filename" in first)) throw new Error("npm pack said nothing.");
  const tarball = join(folder, String(first.filename));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "host", private: true, type: "module" }));
  run(
    "npm",
    [
      "install",
      "--no-audit",
      "--no-fund",
      tarball,
      "zod@4",
      "express@5",
      "typescript@5.9",
      "@types/express@5",
      "@types/node@20",
    ],
    folder,
  );

  step("an ESM host runs the README's first example", () => {
    writeFileSync(join(folder, "host.mjs"), runnable());
    execFileSync("node", ["host.mjs"], { cwd: folder, env: { ...process.env, SCIM_TOKEN: "t" }, stdio: "inherit" });
  });
  step("a CommonJS host runs it", () => {
    writeFileSync(join(folder, "host.cjs"), asCommonJs(runnable()));
    execFileSync("node", ["host.cjs"], { cwd: folder, env: { ...process.env, SCIM_TOKEN: "t" }, stdio: "inherit" });
  });
  step("ESM and CommonJS know each other's errors", () => {
    writeFileSync(
      join(folder, "errors.mjs"),
      `import { createRequire } from "node:module";
import { ScimError } from "scimkit";
const other = createRequire(import.meta.url)("scimkit").ScimError;
if (!(other.notFound("x") instanceof ScimError) || !(ScimError.notFound("x") instanceof other)) process.exit(1);`,
    );
    run("node", ["errors.mjs"], folder);
  });
  writeFileSync(join(folder, "host.ts"), readmeSnippet());
  for (const moduleResolution of ["node16", "bundler"] as const) {
    step(`a TypeScript host compiles it under moduleResolution ${moduleResolution}`, () => {
      writeFileSync(join(folder, "tsconfig.json"), tsconfig(moduleResolution));
      run("npx", ["tsc", "-p", "."], folder);
    });
  }
  step("a bundle of the core needs nothing from Node", () => {
    writeFileSync(
      join(folder, "edge.mjs"),
      'export * from "scimkit"; export * from "scimkit/memory"; export * from "scimkit/fetch";',
    );
    const bundle = run(
      join(root, "node_modules/.bin/esbuild"),
      ["edge.mjs", "--bundle", "--format=esm", "--platform=neutral", "--main-fields=module,main", "--log-level=error"],
      folder,
    );
    if (/["']node:/.test(bundle)) throw new Error("The bundle of the core imports from Node.");
  });
  step("publint", () => run("npx", ["publint", "--strict", tarball]));
  step("are the types wrong?", () => run("npx", ["attw", tarball, "--profile", "node16"]));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
