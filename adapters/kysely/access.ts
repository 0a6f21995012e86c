/** kyselyAccess: rules, memberships, journal and jobs in tables of their own. */
import { type Kysely, type QueryExecutorProvider, sql } from "kysely";
import type { AccessStore, AccessUnit } from "scimkit/access";
import { accessHistory } from "./access-history.ts";
import { accessPeople } from "./access-people.ts";
import { type AccessTables, accessTables, migrateAccess } from "./access-tables.ts";
import { schemaOf } from "./table-name.ts";
import { inTransaction, reading } from "./transaction.ts";

/** An {@link AccessStore} with tables that it makes itself. */
export interface KyselyAccess extends AccessStore {
  /**
   * Creates the tables, or brings them up to date; call it when the host starts, before the first request. Processes
   * that start together take turns.
   */
  migrate(): Promise<void>;
}

/** What {@link kyselyAccess} takes beside the database. */
export interface KyselyAccessOptions {
  /**
   * The schema of the tables, made by `migrate` if it is not there. Default: that of `db.withSchema(…)`, else the
   * database's own, mostly `public`.
   */
  readonly schema?: string;
}

/**
 * Access in tables of its own: `scim_access`, and others whose names begin so. What a SCIM write changes of it is written in
 * the transaction of the write, where the store of the resources is one of scimkit/kysely's on the same database.
 *
 * @example
 * const store = kyselyAccess(db);
 * await store.migrate();
 * const access = createAccess({ connections, store, … });
 */
export function kyselyAccess<Database>(db: Kysely<Database>, options: KyselyAccessOptions = {}): KyselyAccess {
  const schema = options.schema ?? schemaOf(db);
  const tables = accessTables(schema);
  return {
    migrate: () => migrateAccess(db, schema),
    async within(connection, tx, mode, work) {
      if (isTransaction(tx)) return await work(await begin(tx, tables, connection, mode));
      return await inTransaction(db, async (trx) => work(await begin(trx, tables, connection, mode)));
    },
    async waiting() {
      const query = sql<{ connection: string }>`
        select connection_id as connection from ${tables.job} where is_open
        union select connection_id from ${tables.receipt} where is_open order by connection`;
      const { rows } = await reading(() => query.execute(db));
      return rows.map(({ connection }) => connection);
    },
    async forget(connection) {
      await inTransaction(db, async (trx) => {
        await lock(trx, tables, connection, "exclusive");
        for (const table of Object.values(tables)) {
          await sql`delete from ${table} where connection_id = ${connection}`.execute(trx);
        }
      });
    },
  };
}

/** The transaction of a store of scimkit/kysely, which `beforeCommit` was given. */
function isTransaction(tx: unknown): tx is Kysely<unknown> {
  return typeof tx === "object" && tx !== null && "isTransaction" in tx && tx.isTransaction === true;
}

async function begin(
  trx: QueryExecutorProvider,
  tables: AccessTables,
  connection: string,
  mode: "shared" | "exclusive",
): Promise<AccessUnit> {
  await lock(trx, tables, connection, mode);
  return { tx: trx, ...accessPeople(trx, tables, connection), ...accessHistory(trx, tables, connection) };
}

/** The row of the connection is what its transactions wait for. */
async function lock(
  trx: QueryExecutorProvider,
  tables: AccessTables,
  connection: string,
  mode: "shared" | "exclusive",
): Promise<void> {
  const held = sql`select 1 from ${tables.lock} where connection_id = ${connection}
    for ${sql.raw(mode === "shared" ? "share" : "update")}`;
  // Once, mostly: the row comes with the first work, and goes when the connection is forgotten.
  while ((await held.execute(trx)).rows.length === 0) {
    await sql`insert into ${tables.lock} (connection_id) values (${connection}) on conflict do nothing`.execute(trx);
  }
}
