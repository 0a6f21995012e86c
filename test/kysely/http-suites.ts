/** The HTTP suites over SQL stores: every test file that runs over `served` rows, imported once more. */
import { readdirSync, readFileSync } from "node:fs";
import type { Kysely } from "kysely";
import { afterAll } from "vitest";
import { type Mount, mounts } from "../mounts.ts";
import { type Served, serve } from "../served.ts";
import { type Database, openDatabase } from "./host.ts";
import type { SqlLayout } from "./layouts.ts";
import { databases, stopServer } from "./stores.ts";

/** Declares the tests of all HTTP suites, over node:http, on this layout in PGlite, and on a server if there is one. */
export async function runHttpSuites(layout: SqlLayout): Promise<void> {
  const mount = mounts.find(({ name }) => name === "node:http");
  if (mount === undefined) throw new Error('There is no mount called "node:http".');
  const opened: Kysely<Database>[] = [];
  const rows: Served[] = [];
  for (const [database, url] of databases) {
    const db = await openDatabase(url);
    opened.push(db);
    await layout.create(db);
    rows.push(row(mount, layout, database, db));
  }
  afterAll(async () => {
    for (const db of opened) await db.destroy();
    await stopServer();
  });
  serve(rows);
  for (const suite of suites()) await import(/* @vite-ignore */ suite);
}

function row(mount: Mount, layout: SqlLayout, database: string, db: Kysely<Database>): Served {
  const { keepsPasswords, keepsUnsetActive } = layout;
  const limits = [keepsPasswords ? "" : " without passwords", keepsUnsetActive ? "" : " where active is true or false"];
  return {
    ...mount,
    name: `${mount.name} on ${layout.name}${limits.join("")} in ${database}`,
    keepsPasswords,
    keepsUnsetActive,
    openStores: async (changePassword = false) => layout.stores(db, changePassword),
  };
}

/** The test files elsewhere that import `served.ts`, or `replayed.ts`, which does so for them. */
function suites(): readonly string[] {
  const root = new URL("../", import.meta.url);
  return readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".test.ts") && !path.startsWith("kysely"))
    .map((path) => new URL(path, root))
    .filter((url) => /from "(?:\.\.\/)+(?:served|replayed)\.ts"/.test(readFileSync(url, "utf8")))
    .map(({ href }) => href)
    .sort();
}
