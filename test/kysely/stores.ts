/** The stores under test: tables of the host's and ready-made ones, on PGlite and on a server. */
import { sql } from "kysely";
import type { GroupStore, UserStore } from "scimkit";
import { scimkitTables } from "scimkit/kysely";
import { startPostgres } from "../postgres.ts";
import { type Ctx, createTables, mapTables, openDatabase } from "./host.ts";

const server = await startPostgres();

/** Ends the server, if there is one. */
export async function stopServer(): Promise<void> {
  await server?.stop();
}

/** The databases there are, by name; no URL means PGlite. */
export const databases: readonly (readonly [name: string, url: string | undefined])[] = [
  ["PGlite", undefined],
  ...(server === undefined ? [] : [["PostgreSQL", server.url] as const]),
];

/** A database with users and groups in it. */
export interface OpenHost {
  readonly users: UserStore<Ctx>;
  readonly groups: GroupStore<Ctx>;
  /** Empties it. */
  clear(): Promise<void>;
  close(): Promise<void>;
}

/** Ways to keep users and groups. */
export const layouts: readonly (readonly [name: string, open: (url: string | undefined) => Promise<OpenHost>])[] = [
  ["mapped tables", openMapped],
  ["ready-made tables", openReadyMade],
];

async function openMapped(url: string | undefined): Promise<OpenHost> {
  const db = await openDatabase(url);
  await createTables(db);
  const { users, groups } = mapTables(db, { managers: false });
  return {
    users,
    groups,
    clear: async () => void (await sql`truncate team_members, teams, users restart identity`.execute(db)),
    close: () => db.destroy(),
  };
}

async function openReadyMade(url: string | undefined): Promise<OpenHost> {
  const db = await openDatabase(url);
  const tables = scimkitTables(db, { tenant: (ctx: Ctx) => String(ctx.workspaceId) });
  await tables.migrate();
  return {
    users: tables.users,
    groups: tables.groups,
    clear: async () => void (await sql`truncate scim_member, scim_unique, scim_resource`.execute(db)),
    close: () => db.destroy(),
  };
}
