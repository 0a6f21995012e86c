/** How the tests run: sources, not builds, behind the package's own names. */
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const source = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  resolve: {
    alias: [
      { find: /^scimkit$/, replacement: source("./src/index.ts") },
      { find: /^scimkit\/memory$/, replacement: source("./src/store/memory.ts") },
      { find: /^scimkit\/express$/, replacement: source("./adapters/express/index.ts") },
      { find: /^scimkit\/koa$/, replacement: source("./adapters/koa/index.ts") },
      { find: /^scimkit\/fetch$/, replacement: source("./adapters/fetch/index.ts") },
      { find: /^scimkit\/node$/, replacement: source("./adapters/node/index.ts") },
      { find: /^scimkit\/kysely$/, replacement: source("./adapters/kysely/index.ts") },
      { find: /^scimkit\/testing$/, replacement: source("./src/testing/index.ts") },
      { find: /^scimkit\/connections$/, replacement: source("./src/connections/index.ts") },
      { find: /^scimkit\/portal$/, replacement: source("./adapters/portal/index.ts") },
    ],
  },
  test: {
    include: ["test/**/*.test.ts"],
    testTimeout: 30_000,
  },
});
