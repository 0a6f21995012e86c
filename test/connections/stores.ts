/** Where connections can live: in memory, and in the tables of scimkit/kysely, on PGlite and on a server. */
import { PGlite } from "@electric-sql/pglite";
import { Kysely, PostgresDialect, sql } from "kysely";
import pg from "pg";
import type { GroupStore, UserStore } from "scimkit";
import { type ConnectionContext, type ConnectionStore, memoryConnections } from "scimkit/connections";
import { kyselyConnections, pgliteDialect, scimkitTables } from "scimkit/kysely";
import { memoryStores } from "scimkit/memory";
import { startPostgres } from "../postgres.ts";

/** A place for connections, and for what they provision. */
export interface Place {
  readonly name: string;
  open(): Promise<OpenPlace>;
}

/** A place that is empty, and ready. */
export interface OpenPlace {
  readonly store: ConnectionStore;
  readonly users: UserStore<ConnectionContext>;
  readonly groups: GroupStore<ConnectionContext>;
  close(): Promise<void>;
}

const server = await startPostgres();

/** Ends the server, if there is one. */
export async function stopServer(): Promise<void> {
  await server?.stop();
}

const memory: Place = {
  name: "memory",
  open: async () => ({
    store: memoryConnections(),
    ...memoryStores<ConnectionContext>({ tenant: ({ workspace }) => workspace }),
    close: async () => {},
  }),
};

const pglite: Place = { name: "PGlite", open: async () => openTables(await pgliteDatabase()) };

let postgresPlaces: readonly Place[] = [];
if (server !== undefined) postgresPlaces = [{ name: "PostgreSQL", open: async () => openTables(openPool(server.url)) }];

/** Every place there is on this machine. */
export const places: readonly Place[] = [memory, pglite, ...postgresPlaces];

/** The places where several processes, or connections, write at the same time. */
export const concurrentPlaces: readonly Place[] = postgresPlaces;

async function pgliteDatabase(): Promise<Kysely<unknown>> {
  return new Kysely<unknown>({ dialect: pgliteDialect(await PGlite.create()) });
}

/** A pool of connections to the server. */
export function openPool(url: string): Kysely<unknown> {
  const pool = new pg.Pool({ connectionString: url, max: 20 });
  pool.on("error", () => {});
  return new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
}

/** The URL of the server's database, if there is a server. */
export const serverUrl: string | undefined = server?.url;

async function openTables(db: Kysely<unknown>): Promise<OpenPlace> {
  const store = kyselyConnections(db);
  const tables = scimkitTables<unknown, ConnectionContext>(db, { tenant: ({ workspace }) => workspace });
  await store.migrate();
  await tables.migrate();
  await sql`truncate scim_connection cascade`.execute(db);
  await sql`truncate scim_connection_mark`.execute(db);
  await sql`truncate scim_resource cascade`.execute(db);
  return { store, users: tables.users, groups: tables.groups, close: () => db.destroy() };
}
