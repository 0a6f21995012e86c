/** Where access can be kept: in memory, on an embedded PostgreSQL, on a server. */
import { type AccessStore, type AccessUnit, memoryAccess } from "scimkit/access";
import { kyselyAccess } from "scimkit/kysely";
import { afterAll, beforeAll, beforeEach, describe } from "vitest";
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

/** What a test does with a store. */
export interface StoreUnderTest {
  readonly store: AccessStore;
  /** Work on a connection, `c1` by default. */
  inside<T>(work: (unit: AccessUnit) => Promise<T>, connection?: string): Promise<T>;
}

/** Describes what every store does; the connections `c1` and `c2` are forgotten before each test. */
export function describeStores(what: string, body: (given: StoreUnderTest) => void): void {
  describe.each(stores)(`${what}: %s`, (_name, open) => {
    let opened: OpenStore;
    const store: AccessStore = {
      within: (...given) => opened.store.within(...given),
      waiting: () => opened.store.waiting(),
      forget: (connection) => opened.store.forget(connection),
    };
    beforeAll(async () => {
      opened = await open();
    });
    beforeEach(async () => {
      for (const connection of ["c1", "c2"]) await store.forget(connection);
    });
    afterAll(() => opened.close());
    body({ store, inside: (work, connection = "c1") => store.within(connection, undefined, "shared", work) });
  });
}
