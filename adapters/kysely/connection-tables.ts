/** The tables of connections, and their migrations. */
import { type Kysely, type Migration, type RawBuilder, sql } from "kysely";
import { runMigrations } from "./run-migrations.ts";

const names = {
  connection: "scim_connection",
  token: "scim_connection_token",
  mark: "scim_connection_mark",
  traffic: "scim_connection_traffic",
  log: "scim_connection_log",
} as const;

/** The tables, as statements name them. */
export interface ConnectionTables {
  /** Connections: rows that seldom change. */
  readonly connection: RawBuilder<unknown>;
  /** Tokens, as digests. */
  readonly token: RawBuilder<unknown>;
  /** Which connection manages which resource. */
  readonly mark: RawBuilder<unknown>;
  /** What changes with every request of a connection. */
  readonly traffic: RawBuilder<unknown>;
  /** The provisioning logs. */
  readonly log: RawBuilder<unknown>;
}

/** @param schema - default: whatever the database's search path finds */
export function connectionTables(schema: string | undefined): ConnectionTables {
  const named = (name: string): RawBuilder<unknown> => sql.id(...(schema === undefined ? [name] : [schema, name]));
  return {
    connection: named(names.connection),
    token: named(names.token),
    mark: named(names.mark),
    traffic: named(names.traffic),
    log: named(names.log),
  };
}

async function createTables(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable(names.connection)
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
    .execute();
  await createTokenTable(db);
  await createMarkTable(db);
  await createLogTables(db);
  const on = async (name: string, table: string, columns: string[]): Promise<void> => {
    await db.schema.createIndex(name).on(table).columns(columns).execute();
  };
  await on("scim_connection_organisation", names.connection, ["organisation"]);
  await on("scim_connection_workspace", names.connection, ["workspace"]);
  await on("scim_connection_token_connection", names.token, ["connection_id"]);
  await on("scim_connection_mark_connection", names.mark, [
    "connection_id",
    "resource_type",
    "workspace",
    "resource_id",
  ]);
}

async function createTokenTable(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable(names.token)
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("position", "bigint", (column) => column.generatedAlwaysAsIdentity())
    .addColumn("connection_id", "text", (column) =>
      column.notNull().references(`${names.connection}.id`).onDelete("cascade"),
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
    .createTable(names.mark)
    .addColumn("workspace", "text", (column) => column.notNull())
    .addColumn("resource_type", "text", (column) => column.notNull())
    .addColumn("resource_id", "text", (column) => column.notNull())
    .addColumn("connection_id", "text", (column) => column.references(`${names.connection}.id`).onDelete("set null"))
    .addColumn("organisation", "text", (column) => column.notNull())
    .addColumn("since", "timestamptz", (column) => column.notNull())
    .addColumn("linked", "boolean", (column) => column.notNull())
    .addPrimaryKeyConstraint("scim_connection_mark_pkey", ["workspace", "resource_type", "resource_id"])
    .execute();
}

async function createLogTables(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable(names.traffic)
    .addColumn("connection_id", "text", (column) =>
      column.primaryKey().references(`${names.connection}.id`).onDelete("cascade"),
    )
    .addColumn("log_sequence", "bigint", (column) => column.notNull().defaultTo(0))
    .addColumn("connected_at", "timestamptz")
    .addColumn("last_request_at", "timestamptz")
    .addColumn("last_error", "jsonb")
    .addColumn("identity_provider", "text", (column) => column.notNull().defaultTo("unknown"))
    .execute();
  await db.schema
    .createTable(names.log)
    .addColumn("connection_id", "text", (column) =>
      column.notNull().references(`${names.connection}.id`).onDelete("cascade"),
    )
    .addColumn("sequence", "bigint", (column) => column.notNull())
    .addColumn("entry", "jsonb", (column) => column.notNull())
    .addPrimaryKeyConstraint("scim_connection_log_pkey", ["connection_id", "sequence"])
    .execute();
}

/**
 * Creates the tables of connections, or brings them up to date. Its own records are in `scim_connection_migration`.
 *
 * @param schema - where they are; made if it is not there
 */
export async function migrateConnections<Database>(db: Kysely<Database>, schema: string | undefined): Promise<void> {
  /** By name, in the order in which they are applied. */
  const migrations: Readonly<Record<string, Migration>> = {
    "0001_connections": {
      up: async (trx: Kysely<unknown>) => createTables(schema === undefined ? trx : trx.withSchema(schema)),
    },
  };
  await runMigrations(db, migrations, "scim_connection_migration", schema);
}
