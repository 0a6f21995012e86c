/** How the tests run: sources, not builds, behind the package's own names (tsconfig.json's `paths`). */
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import tsconfig from "./tsconfig.json" with { type: "json" };

const alias = Object.entries(tsconfig.compilerOptions.paths).map(([name, sources]) => ({
  find: new RegExp(`^${name}$`),
  replacement: fileURLToPath(new URL(sources[0] ?? "", import.meta.url)),
}));

export default defineConfig({
  resolve: { alias },
  test: {
    include: ["test/**/*.test.ts"],
    testTimeout: 60_000,
    // An embedded PostgreSQL or a browser takes seconds to start, on a busy machine many.
    hookTimeout: 120_000,
    expect: { poll: { timeout: 30_000, interval: 100 } },
    // The JSON is for scripts/check-conformance.ts.
    reporters: ["verbose", ["json", { outputFile: "node_modules/.cache/vitest-report.json" }], "./scripts/tally.ts"],
    coverage: {
      include: ["src/**/*.ts", "adapters/**/*.ts"],
      reporter: ["text-summary", "html", "json-summary"],
    },
  },
});
