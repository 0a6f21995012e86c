/** The database of both examples: an embedded PostgreSQL, or the server of `DATABASE_URL`. */
import { PGlite } from "@electric-sql/pglite";
import { Kysely, PostgresDialect } from "kysely";
import pg from "pg";
import { pgliteDialect } from "scimkit/kysely";

const url = process.env.DATABASE_URL || undefined;

/** The app's own tables are none of this example's business. */
export const db = new Kysely<Record<string, never>>({
  dialect: url === undefined ? pgliteDialect(() => PGlite.create()) : new PostgresDialect({ pool: poolOf(url) }),
});

/** Where people and teams are kept, for the greeting. */
export const place: string =
  url === undefined ? "an embedded PostgreSQL, until the app ends (DATABASE_URL: a server)" : new URL(url).host;

/** A connection that breaks is answered with 503 where it is used; without listeners it would end the process. */
function poolOf(connectionString: string): pg.Pool {
  const pool = new pg.Pool({ connectionString });
  const complain = (error: Error): void => console.error(error.message);
  pool.on("error", complain);
  pool.on("connect", (client) => client.on("error", complain));
  return pool;
}
