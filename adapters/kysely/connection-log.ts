/** The provisioning logs of connections in the database. */
import { type Kysely, sql } from "kysely";
import { type ConnectionStore, trafficAfter } from "scimkit/connections";
import { type JsonRow, parseRow, readEntry, readTraffic, rowOf } from "./connection-rows.ts";
import type { ConnectionTables } from "./connection-tables.ts";
import { inTransaction } from "./transaction.ts";

/** The part of a {@link ConnectionStore} that is about logs. */
export type LogStore = Pick<ConnectionStore, "append" | "entries" | "traffic">;

/** Logs in `scim_connection_log`, numbered by their connection, which is why they are exactly as long as they may be. */
export function kyselyLogs<Database>(db: Kysely<Database>, tables: ConnectionTables): LogStore {
  return {
    async append(connection, entries, keep) {
      const numbered = entries.map((entry, index) => ({ ...entry, sequence: index + 1 }));
      const { connected, lastRequest, lastError, identityProvider } = trafficAfter(
        { identityProvider: "unknown" },
        numbered,
      );
      const error = lastError === undefined ? null : JSON.stringify(lastError);
      await inTransaction(db, async (trx) => {
        const { rows } = await sql<JsonRow>`update ${tables.traffic} set
            log_sequence = log_sequence + ${entries.length}::int,
            connected_at = coalesce(connected_at, ${connected?.toISOString() ?? null}::timestamptz),
            last_request_at = greatest(last_request_at, ${lastRequest?.toISOString() ?? null}::timestamptz),
            last_error = coalesce(jsonb_set(${error}::jsonb, '{sequence}',
              to_jsonb(log_sequence + ${lastError?.sequence ?? 0}::int)), last_error),
            identity_provider = coalesce(nullif(${identityProvider}, 'unknown'), identity_provider)
          where connection_id = ${connection}
          returning json_build_object('last', log_sequence)::text as "row"`.execute(trx);
        const [updated] = rows;
        if (updated === undefined) return;
        const last = Number(parseRow(updated.row).last);
        const kept = JSON.stringify(numbered.slice(-keep));
        await sql`insert into ${tables.log} (connection_id, sequence, entry)
          select ${connection}, sequence, jsonb_set(entry, '{sequence}', to_jsonb(sequence))
          from (select value as entry, (value ->> 'sequence')::bigint + ${last - entries.length}::bigint as sequence
            from jsonb_array_elements(${kept}::jsonb)) as e`.execute(trx);
        await sql`delete from ${tables.log}
          where connection_id = ${connection} and sequence <= ${last - keep}::bigint`.execute(trx);
      });
    },
    async entries(connection, limit, before) {
      const below = before === undefined ? sql`true` : sql`sequence < ${before}::bigint`;
      const { rows } = await sql<JsonRow>`select entry::text as "row" from ${tables.log}
        where connection_id = ${connection} and ${below} order by sequence desc limit ${limit}`.execute(db);
      return rows.map(({ row }) => readEntry(parseRow(row)));
    },
    async traffic(connection) {
      const { rows } = await sql<JsonRow>`select ${rowOf("traffic", "t")} from ${tables.traffic} as t
        where t.connection_id = ${connection}`.execute(db);
      return rows[0] && readTraffic(parseRow(rows[0].row));
    },
  };
}
