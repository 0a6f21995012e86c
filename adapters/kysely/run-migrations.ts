/** Running migrations of scimkit's own tables, apart from the host's. */
import { type Kysely, type Migration, Migrator } from "kysely";

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
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => ({ ...migrations }) },
    migrationTableName: records,
    migrationLockTableName: `${records}_lock`,
    ...(schema === undefined ? {} : { migrationTableSchema: schema }),
  });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
}
