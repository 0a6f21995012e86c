/** The package's subpaths: what package.json exports, what is built, and what the README names are the same. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import manifest from "../../package.json" with { type: "json" };
import tsconfig from "../../tsconfig.json" with { type: "json" };
import { root } from "./sources.ts";

const subpaths = Object.entries(manifest.exports).filter(([subpath]) => subpath !== "./package.json");
const paths = new Map(Object.entries(tsconfig.compilerOptions.paths));

describe("The exports map", () => {
  it.each(subpaths)("%s has a source", (subpath) => {
    const source = paths.get(`scimkit${subpath.slice(1)}`)?.[0];
    expect(source !== undefined && existsSync(join(root, source))).toBe(true);
  });

  it.each(subpaths)("%s has types and code for both module systems", (subpath, conditions) => {
    const name = subpath === "." ? "./dist/index" : `./dist/${subpath.slice(2)}`;
    expect(conditions).toEqual({
      import: { types: `${name}.d.ts`, default: `${name}.js` },
      require: { types: `${name}.d.cts`, default: `${name}.cjs` },
    });
  });

  it("has every subpath that the README imports, and the README names every subpath", () => {
    const readme = readFileSync(join(root, "README.md"), "utf8");
    const named = new Set([...readme.matchAll(/["`](scimkit(?:\/[a-z]+)?)["`]/g)].map(([, name]) => name));
    expect([...named].sort()).toEqual(subpaths.map(([subpath]) => `scimkit${subpath.slice(1)}`).sort());
  });

  it("ships nothing but the build, the README and the licence", () => {
    expect(manifest.files).toEqual(["dist", "README.md", "LICENSE"]);
    expect(manifest.sideEffects).toBe(false);
  });
});
