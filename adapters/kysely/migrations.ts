/** The migrations of the ready-made tables. */
import { type Kysely, type Migration, sql } from "kysely";
import { runMigrations } from "./run-migrations.ts";
import { schemaOf, tableName } from "./table-name.ts";

/** Resources of every type. */
export const resourceTable = "scim_resource";
/** Memberships: a group, and a user or a group in it. */
export const memberTable = "scim_member";
/** Values that must be unique in a tenant. */
export const uniqueTable = "scim_unique";

const tables: Migration = {
  async up(db) {
    await db.schema
      .createTable(resourceTable)
      .addColumn("id", "uuid", (column) => column.primaryKey())
      .addColumn("tenant", "text", (column) => column.notNull())
      .addColumn("type", "text", (column) => column.notNull())
      .addColumn("resource", "jsonb", (column) => column.notNull())
      .addColumn("created_at", "timestamptz", (column) => column.notNull())
      .addColumn("updated_at", "timestamptz", (column) => column.notNull())
      .addColumn("version", "bigint", (column) => column.notNull())
      .execute();
    await createMemberTable(db);
    await db.schema
      .createTable(uniqueTable)
      .addColumn("tenant", "text", (column) => column.notNull())
      .addColumn("type", "text", (column) => column.notNull())
      .addColumn("attribute", "text", (column) => column.notNull())
      .addColumn("value", "text", (column) => column.notNull())
      .addColumn("resource_id", "uuid", (column) =>
        column.notNull().references(`${resourceTable}.id`).onDelete("cascade"),
      )
      .addPrimaryKeyConstraint("scim_unique_pkey", ["tenant", "type", "attribute", "value"])
      .execute();
    await createIndexes(db);
  },
};

async function createMemberTable(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable(memberTable)
    .addColumn("group_id", "uuid", (column) => column.notNull().references(`${resourceTable}.id`).onDelete("cascade"))
    .addColumn("user_id", "uuid", (column) => column.references(`${resourceTable}.id`).onDelete("cascade"))
    .addColumn("child_id", "uuid", (column) => column.references(`${resourceTable}.id`).onDelete("cascade"))
    .addUniqueConstraint("scim_member_user", ["group_id", "user_id"])
    .addUniqueConstraint("scim_member_child", ["group_id", "child_id"])
    .addCheckConstraint("scim_member_one", sql`(user_id is null) <> (child_id is null)`)
    .execute();
}

/** What each index is for: pages, look-ups by value, and memberships of a user or group. */
async function createIndexes(db: Kysely<unknown>): Promise<void> {
  const on = async (name: string, table: string, keys: string): Promise<void> => {
    await sql`create index ${sql.id(name)} on ${tableName(db, table)} ${sql.raw(keys)}`.execute(db);
  };
  await on("scim_resource_page", resourceTable, "(tenant, type, id)");
  await on("scim_resource_user_name", resourceTable, "(tenant, type, lower(resource ->> 'userName'))");
  await on("scim_resource_external_id", resourceTable, "(tenant, type, (resource ->> 'externalId'))");
  await on("scim_resource_display_name", resourceTable, "(tenant, type, lower(resource ->> 'displayName'))");
  await on(
    "scim_resource_emails",
    resourceTable,
    "using gin ((lower((resource -> 'emails')::text)::jsonb) jsonb_path_ops)",
  );
  await on("scim_unique_resource", uniqueTable, "(resource_id)");
  await on("scim_member_of_user", memberTable, "(user_id)");
  await on("scim_member_of_child", memberTable, "(child_id)");
}

/** By name, in the order in which they are applied. */
const migrations: Readonly<Record<string, Migration>> = { "0001_tables": tables };

/**
 * Creates the ready-made tables, or brings them up to date. Safe to call whenever a process starts. Its own records are
 * in `scim_migration`, apart from the host's.
 */
export async function migrate<Database>(db: Kysely<Database>): Promise<void> {
  await runMigrations(db, migrations, "scim_migration", schemaOf(db));
}
