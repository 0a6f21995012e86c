/** Bundles what the benchmark runs, as it would be shipped: no loader at run time that rewrites the code it measures. */
import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Inside node_modules, so that the bundles find their dependencies and no tool looks at them. */
const outDirectory = here("../node_modules/.cache/scimkit-bench");

/** Bundles files of `bench/` together with scimkit's sources; gives the directory, where `a/b.ts` is now `a/b.mjs`. */
export async function bundle(files: readonly string[]): Promise<string> {
  mkdirSync(outDirectory, { recursive: true });
  await build({
    entryPoints: files.map(here),
    outdir: outDirectory,
    outbase: here("."),
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    packages: "external",
    tsconfig: here("../tsconfig.json"),
    logLevel: "warning",
  });
  return outDirectory;
}
