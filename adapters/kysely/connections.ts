/** kyselyConnections: connections, their tokens, marks and logs in tables of their own. */
import { type Kysely, type QueryExecutorProvider, sql } from "kysely";
import type { ConnectionRecord, ConnectionStore, TokenRecord } from "scimkit/connections";
import { kyselyLogs } from "./connection-log.ts";
import { cannotBe, kyselyMarks } from "./connection-marks.ts";
import { type JsonRow, jsonOf, parseRow, readConnection, readToken, rowOf } from "./connection-rows.ts";
import { type ConnectionTables, connectionTables, migrateConnections } from "./connection-tables.ts";
import { isObject } from "./json-object.ts";
import { schemaOf } from "./table-name.ts";
import { inTransaction, reading } from "./transaction.ts";

/** A {@link ConnectionStore} with tables that it makes itself. */
export interface KyselyConnections extends ConnectionStore {
  /**
   * Creates the tables, or brings them up to date; call it when the host starts, before the first request. Processes
   * that start together take turns.
   */
  migrate(): Promise<void>;
}

/** What {@link kyselyConnections} takes beside the database. */
export interface KyselyConnectionsOptions {
  /**
   * The schema of the tables, made by `migrate` if it is not there. Default: that of `db.withSchema(…)`, else the
   * database's own, mostly `public`.
   */
  readonly schema?: string;
}

/**
 * Connections in tables of their own: `scim_connection`, and others whose names begin so. Marks are written in the
 * transaction of the SCIM write, where the store of the resources is one of scimkit/kysely's on the same database.
 *
 * @example
 * const store = kyselyConnections(db);
 * await store.migrate();
 * const connections = createConnections({ store, … });
 */
export function kyselyConnections<Database>(
  db: Kysely<Database>,
  options: KyselyConnectionsOptions = {},
): KyselyConnections {
  const schema = options.schema ?? schemaOf(db);
  const tables = connectionTables(schema);
  return {
    migrate: () => migrateConnections(db, schema),
    ...connectionsIn(db, tables),
    ...tokensIn(db, tables),
    ...kyselyMarks(db, tables),
    ...kyselyLogs(db, tables),
  };
}

function connectionsIn<Database>(
  db: Kysely<Database>,
  tables: ConnectionTables,
): Pick<ConnectionStore, "insert" | "find" | "list" | "update" | "delete"> {
  return {
    async insert(record, check) {
      await inTransaction(db, async (trx) => {
        await lockTable(trx, tables, "share row exclusive");
        check(await othersOf(record, trx, tables));
        await insertConnection(record, trx, tables);
      });
    },
    async find(id) {
      if (cannotBe(id)) return undefined;
      const { rows } = await reading(() =>
        sql<JsonRow>`select ${rowOf("connection", "c")} from ${tables.connection} as c where c.id = ${id}`.execute(db),
      );
      return rows[0] && readConnection(parseRow(rows[0].row));
    },
    async list(organisation) {
      if (cannotBe(organisation)) return [];
      const { rows } = await sql<JsonRow>`select ${rowOf("connection", "c")} from ${tables.connection} as c
        where c.organisation = ${organisation} order by c.position`.execute(db);
      return rows.map(({ row }) => readConnection(parseRow(row)));
    },
    async update(id, change, check) {
      if (cannotBe(id)) return undefined;
      return await inTransaction(db, async (trx) => {
        // The lock that writing takes anyway, taken first: two transactions never wait for each other.
        await lockTable(trx, tables, check === undefined ? "row exclusive" : "share row exclusive");
        const { rows } = await sql<JsonRow>`select ${rowOf("connection", "c")} from ${tables.connection} as c
          where c.id = ${id} for no key update`.execute(trx);
        const [found] = rows;
        if (found === undefined) return undefined;
        const next = change(readConnection(parseRow(found.row)));
        check?.(next, await othersOf(next, trx, tables));
        await updateConnection(next, trx, tables);
        return next;
      });
    },
    async delete(id) {
      if (cannotBe(id)) return false;
      return await inTransaction(db, async (trx) => {
        const { rows } = await sql<JsonRow>`delete from ${tables.connection} as c where c.id = ${id}
          returning ${rowOf("connection", "c")}`.execute(trx);
        return rows.length > 0;
      });
    },
  };
}

async function lockTable(
  trx: QueryExecutorProvider,
  tables: ConnectionTables,
  mode: "share row exclusive" | "row exclusive",
): Promise<void> {
  await sql`lock table ${tables.connection} in ${sql.raw(mode)} mode`.execute(trx);
}

async function othersOf(
  { id, organisation, workspace }: ConnectionRecord,
  trx: QueryExecutorProvider,
  tables: ConnectionTables,
): Promise<readonly ConnectionRecord[]> {
  const { rows } = await sql<JsonRow>`select ${rowOf("connection", "c")} from ${tables.connection} as c
    where c.id <> ${id} and (c.organisation = ${organisation} or c.workspace = ${workspace})
    order by c.position`.execute(trx);
  return rows.map(({ row }) => readConnection(parseRow(row)));
}

async function insertConnection(
  record: ConnectionRecord,
  trx: QueryExecutorProvider,
  tables: ConnectionTables,
): Promise<void> {
  await sql`insert into ${tables.connection} (id, organisation, workspace, default_role, ceiling, up_to_default,
      up_to_ceiling, state, created_at, updated_at)
    values (${record.id}, ${record.organisation}, ${record.workspace}, ${record.defaultRole}, ${record.ceiling ?? null},
      ${JSON.stringify(record.upToDefault)}::jsonb, ${JSON.stringify(record.upToCeiling)}::jsonb, ${record.state},
      ${record.created.toISOString()}::timestamptz, ${record.updated.toISOString()}::timestamptz)`.execute(trx);
  await sql`insert into ${tables.traffic} (connection_id) values (${record.id})`.execute(trx);
}

async function updateConnection(
  record: ConnectionRecord,
  trx: QueryExecutorProvider,
  tables: ConnectionTables,
): Promise<void> {
  await sql`update ${tables.connection} set workspace = ${record.workspace}, default_role = ${record.defaultRole},
      ceiling = ${record.ceiling ?? null}, up_to_default = ${JSON.stringify(record.upToDefault)}::jsonb,
      up_to_ceiling = ${JSON.stringify(record.upToCeiling)}::jsonb, state = ${record.state},
      updated_at = ${record.updated.toISOString()}::timestamptz
    where id = ${record.id}`.execute(trx);
}

function tokensIn<Database>(
  db: Kysely<Database>,
  tables: ConnectionTables,
): Pick<ConnectionStore, "insertToken" | "findToken" | "tokens" | "revokeToken" | "touchToken"> {
  return {
    async insertToken(token, check) {
      return await inTransaction(db, async (trx) => {
        const { rows } = await sql<JsonRow>`select ${rowOf("connection", "c")} from ${tables.connection} as c
          where c.id = ${token.connection} for no key update`.execute(trx);
        if (rows.length === 0) return false;
        const changed = check(await tokensOf(token.connection, trx, tables, sql`for update`));
        if (changed !== undefined) await updateToken(changed, trx, tables);
        await insertToken(token, trx, tables);
        return true;
      });
    },
    async findToken(hash) {
      const { rows } = await reading(() =>
        sql<JsonRow>`select json_build_object('token', ${jsonOf("token", "t")},
            'connection', ${jsonOf("connection", "c")})::text as "row"
          from ${tables.token} as t join ${tables.connection} as c on c.id = t.connection_id where t.hash = ${hash}`.execute(
          db,
        ),
      );
      const { token, connection } = rows[0] === undefined ? {} : parseRow(rows[0].row);
      if (!isObject(token) || !isObject(connection)) return undefined;
      return { token: readToken(token), connection: readConnection(connection) };
    },
    tokens: (connection) => tokensOf(connection, db, tables, sql``),
    async revokeToken(connection, id, at) {
      if (cannotBe(id)) return undefined;
      const { rows } = await sql<JsonRow>`update ${tables.token} as t
        set revoked_at = coalesce(t.revoked_at, ${at.toISOString()}::timestamptz)
        where t.connection_id = ${connection} and t.id = ${id} returning ${rowOf("token", "t")}`.execute(db);
      return rows[0] && readToken(parseRow(rows[0].row));
    },
    async touchToken(id, at, notAfter) {
      await sql`update ${tables.token} set last_used_at = ${at.toISOString()}::timestamptz
        where id = ${id} and (last_used_at is null or last_used_at <= ${notAfter.toISOString()}::timestamptz)`.execute(
        db,
      );
    },
  };
}

async function tokensOf(
  connection: string,
  db: QueryExecutorProvider,
  tables: ConnectionTables,
  lock: ReturnType<typeof sql>,
): Promise<readonly TokenRecord[]> {
  const { rows } = await sql<JsonRow>`select ${rowOf("token", "t")} from ${tables.token} as t
    where t.connection_id = ${connection} order by t.position ${lock}`.execute(db);
  return rows.map(({ row }) => readToken(parseRow(row)));
}

async function updateToken(
  { id, label, expires, revoked }: TokenRecord,
  trx: QueryExecutorProvider,
  tables: ConnectionTables,
): Promise<void> {
  await sql`update ${tables.token} set label = ${label}, expires_at = ${expires?.toISOString() ?? null}::timestamptz,
      revoked_at = ${revoked?.toISOString() ?? null}::timestamptz
    where id = ${id}`.execute(trx);
}

async function insertToken(token: TokenRecord, trx: QueryExecutorProvider, tables: ConnectionTables): Promise<void> {
  await sql`insert into ${tables.token} (id, connection_id, label, prefix, hash, created_at, expires_at)
    values (${token.id}, ${token.connection}, ${token.label}, ${token.prefix}, ${token.hash},
      ${token.created.toISOString()}::timestamptz, ${token.expires?.toISOString() ?? null}::timestamptz)`.execute(trx);
}
