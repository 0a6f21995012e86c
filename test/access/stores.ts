/** Where access can be kept: in memory, on an embedded PostgreSQL, on a server. */
import { type AccessStore, memoryAccess } from "scimkit/access";
import { kyselyAccess } from "scimkit/kysely";
import { openDatabase } from "../kysely/host.ts";
import { startPostgres } from "../postgres.ts";

/** A store that is open. */
export interface OpenStore {
  readonly store: AccessStore;
  close(): Promise<void>;
}

const server = await startPostgres();

/** Ends the server, if there is one. */
export async function stopServer(): Promise<void> {
  await server?.stop();
}

async function onDatabase(url?: string): Promise<OpenStore> {
  const db = await openDatabase(url);
  const store = kyselyAccess(db, { schema: "access" });
  await store.migrate();
  await store.migrate();
  return { store, close: () => db.destroy() };
}

/** Every store there is on this machine, by its name. */
export const stores: readonly (readonly [string, () => Promise<OpenStore>])[] = [
  ["memory", async () => ({ store: memoryAccess(), close: async () => {} })],
  ["PGlite", () => onDatabase()],
  ...(server === undefined ? [] : [["PostgreSQL", () => onDatabase(server.url)] as const]),
];
