/** Opens the database: an embedded PostgreSQL, which is gone when the process ends, or a server. */
import { PGlite } from "@electric-sql/pglite";
import { Kysely, PostgresDialect } from "kysely";
import pg from "pg";
import { pgliteDialect } from "scimkit/kysely";
import { migrate } from "./migrations.ts";
import type { Database } from "./tables.ts";

/**
 * The database with its tables up to date. `destroy()` closes it.
 *
 * @param url - `postgres://…`; undefined for the embedded one
 */
export async function openDatabase(url: string | undefined): Promise<Kysely<Database>> {
  const db = new Kysely<Database>({ dialect: url === undefined ? embedded() : server(url) });
  await migrate(db);
  return db;
}

function embedded() {
  return pgliteDialect(() => PGlite.create());
}

function server(url: string): PostgresDialect {
  const pool = new pg.Pool({ connectionString: url, max: 20 });
  const complain = (error: Error): void => console.error(`Database: ${error.message}`);
  // A connection that breaks is answered with 503 where it is used; without listeners it would end the process.
  pool.on("error", complain);
  pool.on("connect", (client) => client.on("error", complain));
  return new PostgresDialect({ pool });
}
