/** Running migrations of scimkit's own tables, apart from the host's. */
import { type Kysely, type Migration, Migrator, sql } from "kysely";

/**
 * Applies the migrations that have not been applied. Safe to call whenever a process starts: processes take turns, and
 * what is done is not done again.
 *
 * @param migrations - by name, in the order in which they are applied
 * @param records - the table that says what is done; its lock is `<records>_lock`
 * @param schema - where those are; made if it is not there. Default: the database's own
 */
export async function runMigrations<Database>(
  db: Kysely<Database>,
  migrations: Readonly<Record<string, Migration>>,
  records: string,
  schema?: string,
): Promise<void> {
  const place = schema ?? (await schemaFound(db, records));
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => ({ ...migrations }) },
    migrationTableName: records,
    migrationLockTableName: `${records}_lock`,
    ...(place === undefined ? {} : { migrationTableSchema: place }),
  });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
}

/** Where the search path finds a table, or would make it: a migrator left to itself takes one of any schema for it. */
async function schemaFound<Database>(db: Kysely<Database>, table: string): Promise<string | undefined> {
  const { rows } = await sql<{ place: string | null }>`select coalesce(
    (select n.nspname::text from pg_class as c join pg_namespace as n on n.oid = c.relnamespace
      where c.oid = to_regclass(${table}::text)), current_schema()::text) as place`.execute(db);
  return rows[0]?.place ?? undefined;
}
