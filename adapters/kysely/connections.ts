/** kyselyConnections: connections, their tokens, marks and logs in tables of their own. */
import { type Kysely, type QueryExecutorProvider, sql } from "kysely";
import type { ConnectionRecord, ConnectionStore, TokenRecord } from "scimkit/connections";
import { kyselyLogs } from "./connection-log.ts";
import { cannotBe, kyselyMarks } from "./connection-marks.ts";
import { type JsonRow, jsonOf, parseRow, readConnection, readToken, rowOf } from "./connection-rows.ts";
import { connectionTable, migrateConnections, tokenTable } from "./connection-tables.ts";
import { isObject } from "./read-row.ts";
import { inTransaction, reading } from "./transaction.ts";

/** A {@link ConnectionStore} with tables that it makes itself. */
export interface KyselyConnections extends ConnectionStore {
  /**
   * Creates the tables, or brings them up to date; call it when the host starts, before the first request. Processes
   * that start together take turns.
   */
  migrate(): Promise<void>;
}

/**
 * Connections in four tables of their own: `scim_connection`, `scim_connection_token`, `scim_connection_mark` and
 * `scim_connection_log`. `db.withSchema("scim")` puts them into a schema. Marks are written in the transaction of the
 * SCIM write, where the store of the resources is one of scimkit/kysely's on the same database.
 *
 * @example
 * const store = kyselyConnections(db);
 * await store.migrate();
 * const connections = createConnections({ store, … });
 */
export function kyselyConnections<Database>(db: Kysely<Database>): KyselyConnections {
  return {
    migrate: () => migrateConnections(db),
    ...connectionsIn(db),
    ...tokensIn(db),
    ...kyselyMarks(db),
    ...kyselyLogs(db),
  };
}

const connections = sql.table(connectionTable);
const tokens = sql.table(tokenTable);

function connectionsIn<Database>(
  db: Kysely<Database>,
): Pick<ConnectionStore, "insert" | "find" | "list" | "update" | "delete"> {
  return {
    async insert(record, check) {
      await inTransaction(db, async (trx) => {
        await lockTable(trx, "share row exclusive");
        check(await othersOf(record, trx));
        await insertConnection(record, trx);
      });
    },
    async find(id) {
      if (cannotBe(id)) return undefined;
      const { rows } = await reading(() =>
        sql<JsonRow>`select ${rowOf("connection", "c")} from ${connections} as c where c.id = ${id}`.execute(db),
      );
      return rows[0] && readConnection(parseRow(rows[0].row));
    },
    async list(organisation) {
      if (cannotBe(organisation)) return [];
      const { rows } = await sql<JsonRow>`select ${rowOf("connection", "c")} from ${connections} as c
        where c.organisation = ${organisation} order by c.position`.execute(db);
      return rows.map(({ row }) => readConnection(parseRow(row)));
    },
    async update(id, change, check) {
      if (cannotBe(id)) return undefined;
      return await inTransaction(db, async (trx) => {
        // The lock that writing takes anyway, taken first: two transactions never wait for each other.
        await lockTable(trx, check === undefined ? "row exclusive" : "share row exclusive");
        const { rows } = await sql<JsonRow>`select ${rowOf("connection", "c")} from ${connections} as c
          where c.id = ${id} for no key update`.execute(trx);
        const [found] = rows;
        if (found === undefined) return undefined;
        const next = change(readConnection(parseRow(found.row)));
        check?.(next, await othersOf(next, trx));
        await updateConnection(next, trx);
        return next;
      });
    },
    async delete(id) {
      if (cannotBe(id)) return false;
      return await inTransaction(db, async (trx) => {
        const { rows } = await sql<JsonRow>`delete from ${connections} as c where c.id = ${id}
          returning ${rowOf("connection", "c")}`.execute(trx);
        return rows.length > 0;
      });
    },
  };
}

async function lockTable(trx: QueryExecutorProvider, mode: "share row exclusive" | "row exclusive"): Promise<void> {
  await sql`lock table ${connections} in ${sql.raw(mode)} mode`.execute(trx);
}

async function othersOf(
  { id, organisation, workspace }: ConnectionRecord,
  trx: QueryExecutorProvider,
): Promise<readonly ConnectionRecord[]> {
  const { rows } = await sql<JsonRow>`select ${rowOf("connection", "c")} from ${connections} as c
    where c.id <> ${id} and (c.organisation = ${organisation} or c.workspace = ${workspace})
    order by c.position`.execute(trx);
  return rows.map(({ row }) => readConnection(parseRow(row)));
}

async function insertConnection(record: ConnectionRecord, trx: QueryExecutorProvider): Promise<void> {
  await sql`insert into ${connections} (id, organisation, workspace, default_role, ceiling, up_to_default,
      up_to_ceiling, state, created_at, updated_at)
    values (${record.id}, ${record.organisation}, ${record.workspace}, ${record.defaultRole}, ${record.ceiling ?? null},
      ${JSON.stringify(record.upToDefault)}::jsonb, ${JSON.stringify(record.upToCeiling)}::jsonb, ${record.state},
      ${record.created.toISOString()}::timestamptz, ${record.updated.toISOString()}::timestamptz)`.execute(trx);
}

async function updateConnection(record: ConnectionRecord, trx: QueryExecutorProvider): Promise<void> {
  await sql`update ${connections} set workspace = ${record.workspace}, default_role = ${record.defaultRole},
      ceiling = ${record.ceiling ?? null}, up_to_default = ${JSON.stringify(record.upToDefault)}::jsonb,
      up_to_ceiling = ${JSON.stringify(record.upToCeiling)}::jsonb, state = ${record.state},
      updated_at = ${record.updated.toISOString()}::timestamptz
    where id = ${record.id}`.execute(trx);
}

function tokensIn<Database>(
  db: Kysely<Database>,
): Pick<ConnectionStore, "insertToken" | "findToken" | "tokens" | "revokeToken" | "touchToken"> {
  return {
    async insertToken(token, check) {
      return await inTransaction(db, async (trx) => {
        const { rows } = await sql<JsonRow>`select ${rowOf("connection", "c")} from ${connections} as c
          where c.id = ${token.connection} for no key update`.execute(trx);
        if (rows.length === 0) return false;
        const changed = check(await tokensOf(token.connection, trx, sql`for update`));
        if (changed !== undefined) await updateToken(changed, trx);
        await insertToken(token, trx);
        return true;
      });
    },
    async findToken(hash) {
      const { rows } = await reading(() =>
        sql<JsonRow>`select json_build_object('token', ${jsonOf("token", "t")},
            'connection', ${jsonOf("connection", "c")})::text as "row"
          from ${tokens} as t join ${connections} as c on c.id = t.connection_id where t.hash = ${hash}`.execute(db),
      );
      const { token, connection } = rows[0] === undefined ? {} : parseRow(rows[0].row);
      if (!isObject(token) || !isObject(connection)) return undefined;
      return { token: readToken(token), connection: readConnection(connection) };
    },
    tokens: (connection) => tokensOf(connection, db, sql``),
    async revokeToken(connection, id, at) {
      if (cannotBe(id)) return undefined;
      const { rows } = await sql<JsonRow>`update ${tokens} as t
        set revoked_at = coalesce(t.revoked_at, ${at.toISOString()}::timestamptz)
        where t.connection_id = ${connection} and t.id = ${id} returning ${rowOf("token", "t")}`.execute(db);
      return rows[0] && readToken(parseRow(rows[0].row));
    },
    async touchToken(id, at, notAfter) {
      await sql`update ${tokens} set last_used_at = ${at.toISOString()}::timestamptz
        where id = ${id} and (last_used_at is null or last_used_at <= ${notAfter.toISOString()}::timestamptz)`.execute(
        db,
      );
    },
  };
}

async function tokensOf(
  connection: string,
  db: QueryExecutorProvider,
  lock: ReturnType<typeof sql>,
): Promise<readonly TokenRecord[]> {
  const { rows } = await sql<JsonRow>`select ${rowOf("token", "t")} from ${tokens} as t
    where t.connection_id = ${connection} order by t.position ${lock}`.execute(db);
  return rows.map(({ row }) => readToken(parseRow(row)));
}

async function updateToken({ id, label, expires, revoked }: TokenRecord, trx: QueryExecutorProvider): Promise<void> {
  await sql`update ${tokens} set label = ${label}, expires_at = ${expires?.toISOString() ?? null}::timestamptz,
      revoked_at = ${revoked?.toISOString() ?? null}::timestamptz
    where id = ${id}`.execute(trx);
}

async function insertToken(token: TokenRecord, trx: QueryExecutorProvider): Promise<void> {
  await sql`insert into ${tokens} (id, connection_id, label, prefix, hash, created_at, expires_at)
    values (${token.id}, ${token.connection}, ${token.label}, ${token.prefix}, ${token.hash},
      ${token.created.toISOString()}::timestamptz, ${token.expires?.toISOString() ?? null}::timestamptz)`.execute(trx);
}
