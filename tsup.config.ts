/** The build: one entry per subpath of package.json's `exports`, from the source that tsconfig.json's `paths` names. */
import { defineConfig } from "tsup";
import manifest from "./package.json" with { type: "json" };
import tsconfig from "./tsconfig.json" with { type: "json" };

const sources = new Map(Object.entries(tsconfig.compilerOptions.paths));

const entry = Object.fromEntries(
  Object.keys(manifest.exports)
    .filter((subpath) => subpath !== "./package.json")
    .map((subpath) => {
      const source = sources.get(`scimkit${subpath.slice(1)}`)?.[0];
      if (source === undefined) throw new Error(`tsconfig.json has no path for the export "${subpath}".`);
      return [subpath === "." ? "index" : subpath.slice(2), source];
    }),
);

export default defineConfig({
  entry,
  format: ["esm", "cjs"],
  target: "node20",
  platform: "neutral",
  dts: true,
  // One chunk for what entries share, in both formats: a ScimError thrown by one entry is the other's class.
  splitting: true,
  // Also what keeps `??` and `?.` as they are in CommonJS chunks, which tsup would otherwise compile down.
  treeshake: true,
  clean: true,
});
