/** The tables of connections, and their migrations. */
import { type Kysely, type Migration, sql } from "kysely";
import { runMigrations } from "./run-migrations.ts";

/** Connections, with what is kept of their traffic. */
export const connectionTable = "scim_connection";
/** Tokens, as digests. */
export const tokenTable = "scim_connection_token";
/** Which connection manages which resource. */
export const markTable = "scim_connection_mark";
/** The provisioning logs. */
export const logTable = "scim_connection_log";

const tables: Migration = {
  async up(db) {
    await db.schema
      .createTable(connectionTable)
      .addColumn("id", "text", (column) => column.primaryKey())
      .addColumn("position", "bigint", (column) => column.generatedAlwaysAsIdentity())
      .addColumn("organisation", "text", (column) => column.notNull())
      .addColumn("workspace", "text", (column) => column.notNull())
      .addColumn("default_role", "text", (column) => column.notNull())
      .addColumn("ceiling", "text")
      .addColumn("up_to_default", "jsonb", (column) => column.notNull())
      .addColumn("up_to_ceiling", "jsonb", (column) => column.notNull())
      .addColumn("state", "text", (column) => column.notNull())
      .addColumn("created_at", "timestamptz", (column) => column.notNull())
      .addColumn("updated_at", "timestamptz", (column) => column.notNull())
      .addColumn("log_sequence", "bigint", (column) => column.notNull().defaultTo(0))
      .addColumn("connected_at", "timestamptz")
      .addColumn("last_request_at", "timestamptz")
      .addColumn("last_error", "jsonb")
      .addColumn("identity_provider", "text", (column) => column.notNull().defaultTo("unknown"))
      .execute();
    await createTokenTable(db);
    await createMarkTable(db);
    await db.schema
      .createTable(logTable)
      .addColumn("connection_id", "text", (column) =>
        column.notNull().references(`${connectionTable}.id`).onDelete("cascade"),
      )
      .addColumn("sequence", "bigint", (column) => column.notNull())
      .addColumn("entry", "jsonb", (column) => column.notNull())
      .addPrimaryKeyConstraint("scim_connection_log_pkey", ["connection_id", "sequence"])
      .execute();
    const on = async (name: string, table: string, columns: readonly string[]): Promise<void> => {
      const keys = sql.join(columns.map((column) => sql.id(column)));
      await sql`create index ${sql.id(name)} on ${sql.table(table)} (${keys})`.execute(db);
    };
    await on("scim_connection_organisation", connectionTable, ["organisation"]);
    await on("scim_connection_workspace", connectionTable, ["workspace"]);
    await on("scim_connection_token_connection", tokenTable, ["connection_id"]);
    await on("scim_connection_mark_connection", markTable, [
      "connection_id",
      "resource_type",
      "workspace",
      "resource_id",
    ]);
  },
};

async function createTokenTable(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable(tokenTable)
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("position", "bigint", (column) => column.generatedAlwaysAsIdentity())
    .addColumn("connection_id", "text", (column) =>
      column.notNull().references(`${connectionTable}.id`).onDelete("cascade"),
    )
    .addColumn("label", "text", (column) => column.notNull())
    .addColumn("prefix", "text", (column) => column.notNull())
    .addColumn("hash", "text", (column) => column.notNull().unique())
    .addColumn("created_at", "timestamptz", (column) => column.notNull())
    .addColumn("last_used_at", "timestamptz")
    .addColumn("expires_at", "timestamptz")
    .addColumn("revoked_at", "timestamptz")
    .execute();
}

async function createMarkTable(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable(markTable)
    .addColumn("workspace", "text", (column) => column.notNull())
    .addColumn("resource_type", "text", (column) => column.notNull())
    .addColumn("resource_id", "text", (column) => column.notNull())
    .addColumn("connection_id", "text", (column) => column.references(`${connectionTable}.id`).onDelete("set null"))
    .addColumn("organisation", "text", (column) => column.notNull())
    .addColumn("since", "timestamptz", (column) => column.notNull())
    .addColumn("linked", "boolean", (column) => column.notNull())
    .addPrimaryKeyConstraint("scim_connection_mark_pkey", ["workspace", "resource_type", "resource_id"])
    .execute();
}

/** By name, in the order in which they are applied. */
const migrations: Readonly<Record<string, Migration>> = { "0001_connections": tables };

/** Creates the tables of connections, or brings them up to date. Its own records are in `scim_connection_migration`. */
export async function migrateConnections<Database>(db: Kysely<Database>): Promise<void> {
  await runMigrations(db, migrations, "scim_connection_migration");
}
