/** `npm run check:package`: the packed tarball, installed into an empty folder, does what the README says it does. */
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import manifest from "../package.json" with { type: "json" };
import { acrossFormats, oneError, typedMounts } from "./package-hosts.ts";
import { type Format, folder, freePort, install, pack, root, run, runProgram, whileServing, write } from "./packed.ts";
import { firstSnippet, onPort } from "./readme-snippet.ts";

const entries = Object.keys(manifest.exports)
  .filter((subpath) => subpath !== "./package.json")
  .map((subpath) => `scimkit${subpath.slice(1)}`);
const peers = Object.keys(manifest.peerDependencies);
const hostTypes = ["@types/node", "@types/express", "@types/koa"];

try {
  const tarball = pack();
  await check("publint finds nothing", () => run("npx", ["publint", tarball, "--strict"], root));
  // The profile leaves out the resolution of before TypeScript 4.7, which cannot read an exports map.
  await check("attw resolves the types of every entry", () =>
    run("npx", ["attw", tarball, "--profile", "node16"], root),
  );
  await check("it installs into an empty folder", () => install(tarball, [...peers, ...hostTypes]));
  for (const format of ["esm", "cjs"] as const) {
    await check(`${format}: every entry loads`, () => runProgram("entries", entries.map(asImport).join("\n"), format));
    await check(`${format}: the README's first program answers`, () => readmeAnswers(format));
    await check(`${format}: an error of one entry is an error of all`, () => runProgram("one-error", oneError, format));
    await check(`${format}: ScimError is built once`, () => builtOnce(format));
  }
  await check("an error of one format is an error of the other", () => runProgram("across", acrossFormats, "esm"));
  await check("a TypeScript host compiles under node16", () => compiles("node16"));
  await check("a TypeScript host compiles under bundler", () => compiles("bundler"));
  await check('a bundle of "scimkit" needs nothing of Node', bundles);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function check(what: string, doIt: () => unknown): Promise<void> {
  try {
    await doIt();
    console.log(`  ok  ${what}`);
  } catch (cause) {
    throw new Error(`Not so: ${what}.`, { cause });
  }
}

function asImport(entry: string, index: number): string {
  return `import * as entry${index} from "${entry}";\nif (Object.keys(entry${index}).length === 0) throw new Error("${entry}");`;
}

async function readmeAnswers(format: Format): Promise<void> {
  const port = await freePort();
  const program = write("readme", onPort(firstSnippet(), port), format);
  const headers = { Authorization: "Bearer a-token", "Content-Type": "application/scim+json" };
  const users = `http://127.0.0.1:${port}/scim/v2/Users`;
  await whileServing(program, async () => {
    const test = await fetch(`${users}?filter=userName+eq+%22nobody%22`, { headers });
    const created = await fetch(users, { method: "POST", headers, body: '{"userName":"ann"}' });
    const again = await fetch(users, { method: "POST", headers, body: '{"userName":"ann"}' });
    const statuses = [test.status, created.status, again.status].join();
    if (statuses !== "200,201,409") throw new Error(`It answers ${statuses}.`);
  });
}

function builtOnce(format: Format): void {
  const dist = join(folder, "node_modules/scimkit/dist");
  const files = readdirSync(dist).filter((file) => file.endsWith(format === "esm" ? ".js" : ".cjs"));
  const having = files.filter((file) =>
    readFileSync(join(dist, file), "utf8").includes('Symbol.for("scimkit.ScimError")'),
  );
  if (having.length !== 1) throw new Error(`It is in ${having.join(", ") || "none of the files"}.`);
}

/** Declarations are checked too, ours and not those of the frameworks: a host without skipLibCheck has to compile. */
function compiles(resolution: "node16" | "bundler"): void {
  const module = resolution === "node16" ? "node16" : "esnext";
  const strict = { strict: true, exactOptionalPropertyTypes: true, noEmit: true, target: "es2022", types: ["node"] };
  const host = `${firstSnippet()}${typedMounts}`;
  writeFileSync(join(folder, "host.mts"), host);
  writeFileSync(join(folder, "host.cts"), host);
  writeFileSync(
    join(folder, "tsconfig.json"),
    JSON.stringify({
      compilerOptions: { ...strict, module, moduleResolution: resolution, esModuleInterop: true, skipLibCheck: false },
      files: ["host.mts", "host.cts"],
    }),
  );
  const errors = typeErrors().filter((line) => /^(?:host\.|node_modules\/scimkit\/)/.test(line));
  if (errors.length > 0) throw new Error(errors.join("\n"));
}

function typeErrors(): string[] {
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  const parameters = [tsc, "-p", folder, "--pretty", "false"];
  const { status, stdout } = spawnSync(process.execPath, parameters, { cwd: folder, encoding: "utf8" });
  const errors = stdout.split("\n").filter((line) => line.includes("error TS"));
  if (status !== 0 && errors.length === 0) throw new Error(`tsc ended with ${status}.`);
  return errors;
}

async function bundles(): Promise<void> {
  const contents = 'export * from "scimkit";\nexport * from "scimkit/fetch";\nexport * from "scimkit/memory";';
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: folder },
    bundle: true,
    format: "esm",
    platform: "browser",
    write: false,
    logLevel: "silent",
  });
  const text = outputFiles[0]?.text ?? "";
  const nodeOnly = /(?:from|import|require)\s*\(?\s*["']node:|\bprocess\.|\bBuffer\./.exec(text);
  if (text === "" || nodeOnly !== null) throw new Error(`It has "${nodeOnly?.[0] ?? "nothing"}" in it.`);
}
