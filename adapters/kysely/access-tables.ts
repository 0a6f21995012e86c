/** The tables of access, and their migrations. */
import { type Kysely, type Migration, type RawBuilder, sql } from "kysely";
import { runMigrations } from "./run-migrations.ts";
import { tableName } from "./table-name.ts";

const names = {
  lock: "scim_access",
  rule: "scim_access_rule",
  user: "scim_access_user",
  group: "scim_access_group",
  member: "scim_access_member",
  journal: "scim_access_journal",
  job: "scim_access_job",
  receipt: "scim_access_receipt",
} as const;

/** The tables, as statements name them. */
export type AccessTables = Readonly<Record<keyof typeof names, RawBuilder<unknown>>>;

/** @param schema - default: whatever the database's search path finds */
export function accessTables(schema: string | undefined): AccessTables {
  const named = (name: string): RawBuilder<unknown> => sql.id(...(schema === undefined ? [name] : [schema, name]));
  return {
    lock: named(names.lock),
    rule: named(names.rule),
    user: named(names.user),
    group: named(names.group),
    member: named(names.member),
    journal: named(names.journal),
    job: named(names.job),
    receipt: named(names.receipt),
  };
}

/** Ids are compared and ordered by their bytes, as the memory store does. */
const id = sql`text collate "C"`;

async function createTables(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable(names.lock)
    .addColumn("connection_id", "text", (column) => column.primaryKey())
    .execute();
  await db.schema
    .createTable(names.user)
    .addColumn("connection_id", "text", (column) => column.notNull())
    .addColumn("id", id, (column) => column.notNull())
    .addColumn("active", "boolean", (column) => column.notNull())
    .addColumn("granted", "jsonb", (column) => column.notNull())
    .addPrimaryKeyConstraint("scim_access_user_pkey", ["connection_id", "id"])
    .execute();
  await db.schema
    .createTable(names.group)
    .addColumn("connection_id", "text", (column) => column.notNull())
    .addColumn("id", id, (column) => column.notNull())
    .addColumn("display_name", "text", (column) => column.notNull())
    .addColumn("folded_name", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("scim_access_group_pkey", ["connection_id", "id"])
    .execute();
  await db.schema
    .createTable(names.member)
    .addColumn("connection_id", "text", (column) => column.notNull())
    .addColumn("group_id", id, (column) => column.notNull())
    .addColumn("member_id", id, (column) => column.notNull())
    .addColumn("since", "timestamptz", (column) => column.notNull())
    .addColumn("request", "text")
    .addPrimaryKeyConstraint("scim_access_member_pkey", ["connection_id", "group_id", "member_id"])
    .execute();
  await createRecords(db);
  const on = async (name: string, table: string, columns: string[]): Promise<void> => {
    await db.schema.createIndex(name).on(table).columns(columns).execute();
  };
  await on("scim_access_group_name", names.group, ["connection_id", "folded_name"]);
  await on("scim_access_member_member", names.member, ["connection_id", "member_id"]);
  await on("scim_access_journal_request", names.journal, ["connection_id", "request"]);
  await on("scim_access_journal_at", names.journal, ["connection_id", "at"]);
}

/** Rules, journal, jobs and receipts: what is looked for in columns, and the rest as it is. */
async function createRecords(db: Kysely<unknown>): Promise<void> {
  const record = (name: string) =>
    db.schema
      .createTable(name)
      .addColumn("connection_id", "text", (column) => column.notNull())
      .addColumn("position", "bigint", (column) => column.generatedAlwaysAsIdentity())
      .addColumn("id", "text", (column) => column.notNull())
      .addColumn("record", "jsonb", (column) => column.notNull());
  await record(names.rule).addPrimaryKeyConstraint("scim_access_rule_pkey", ["connection_id", "id"]).execute();
  for (const name of [names.job, names.receipt]) {
    await record(name)
      .addColumn("is_open", "boolean", (column) => column.notNull())
      .addPrimaryKeyConstraint(`${name}_pkey`, ["connection_id", "id"])
      .execute();
    await db.schema
      .createIndex(`${name}_open`)
      .on(name)
      .column("connection_id")
      .where(sql.ref("is_open"), "=", true)
      .execute();
  }
  await db.schema
    .createTable(names.journal)
    .addColumn("connection_id", "text", (column) => column.notNull())
    .addColumn("sequence", "bigint", (column) => column.generatedAlwaysAsIdentity())
    .addColumn("at", "timestamptz", (column) => column.notNull())
    .addColumn("request", "text", (column) => column.notNull())
    .addColumn("resource_id", "text", (column) => column.notNull())
    .addColumn("deactivation", "boolean", (column) => column.notNull())
    .addColumn("record", "jsonb", (column) => column.notNull())
    .addPrimaryKeyConstraint("scim_access_journal_pkey", ["connection_id", "sequence"])
    .execute();
}

/** Jobs and receipts are read in the order in which they came. */
async function createPositionIndexes(db: Kysely<unknown>): Promise<void> {
  for (const name of [names.job, names.receipt]) {
    await db.schema.createIndex(`${name}_position`).on(name).columns(["connection_id", "position"]).execute();
  }
}

/** When a receipt was last tried; a process that does not know of it yet leaves it to the database. */
async function addReceiptTimes(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable(names.receipt)
    .addColumn("at", "timestamptz", (column) => column.notNull().defaultTo(sql`now()`))
    .execute();
  await sql`update ${tableName(db, names.receipt)} set at = (record ->> 'at')::timestamptz`.execute(db);
  await db.schema
    .createIndex(`${names.receipt}_at`)
    .on(names.receipt)
    .columns(["connection_id", "at"])
    .where(sql.ref("is_open"), "=", false)
    .execute();
}

/** Whose roles a job has left as they were. */
async function addBlocked(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable(names.user).addColumn("blocked", "jsonb").execute();
  await db.schema
    .createIndex(`${names.user}_blocked`)
    .on(names.user)
    .columns(["connection_id", "id"])
    .where(sql.ref("blocked"), "is not", null)
    .execute();
}

/** What took a request back. */
async function indexReverts(db: Kysely<unknown>): Promise<void> {
  await sql`create index scim_access_journal_revert_of on ${tableName(db, names.journal)}
    (connection_id, (record ->> 'revertOf')) where (record ->> 'revertOf') is not null`.execute(db);
}

/**
 * Creates the tables of access, or brings them up to date. Its own records are in `scim_access_migration`.
 *
 * @param schema - where they are; made if it is not there
 */
export async function migrateAccess<Database>(db: Kysely<Database>, schema: string | undefined): Promise<void> {
  const into = (step: (trx: Kysely<unknown>) => Promise<void>): Migration => ({
    up: (trx: Kysely<unknown>) => step(schema === undefined ? trx : trx.withSchema(schema)),
  });
  /** By name, in the order in which they are applied. */
  const migrations: Readonly<Record<string, Migration>> = {
    "0001_access": into(createTables),
    "0002_positions": into(createPositionIndexes),
    "0003_receipt_times": into(addReceiptTimes),
    "0004_blocked": into(addBlocked),
    "0005_reverts": into(indexReverts),
  };
  await runMigrations(db, migrations, "scim_access_migration", schema);
}
