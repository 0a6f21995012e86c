/** Rules, journal, jobs and receipts of a connection, in SQL. */
import { type QueryExecutorProvider, type RawBuilder, sql } from "kysely";
import type { AccessUnit } from "scimkit/access";
import { isStorable, parseRecord, printRecord, readEntry, readJob, readReceipt, readRule } from "./access-records.ts";
import type { AccessTables } from "./access-tables.ts";

/** What of {@link AccessUnit} is about what was decided and done. */
export type AccessHistory = Pick<
  AccessUnit,
  | "rules"
  | "saveRule"
  | "removeRule"
  | "record"
  | "journal"
  | "deactivatedSince"
  | "saveJob"
  | "jobs"
  | "saveReceipt"
  | "receipts"
>;

interface RecordRow {
  readonly record: string;
}

/** Finished jobs that are kept. */
const keptJobs = 50;

/** The history of one connection, within a transaction. */
export function accessHistory(trx: QueryExecutorProvider, tables: AccessTables, connection: string): AccessHistory {
  const mine = sql`connection_id = ${connection}`;
  const records = async (table: RawBuilder<unknown>, rest: RawBuilder<unknown>) => {
    const { rows } = await sql<RecordRow>`select record::text as record from ${table} where ${mine} ${rest}`.execute(
      trx,
    );
    return rows.map(({ record }) => parseRecord(record));
  };
  return {
    rules: async () => (await records(tables.rule, sql`order by position`)).map(readRule),
    async saveRule(rule) {
      await sql`insert into ${tables.rule} (connection_id, id, record)
        values (${connection}, ${rule.id}, ${printRecord(rule)}::jsonb)
        on conflict (connection_id, id) do update set record = excluded.record`.execute(trx);
    },
    async removeRule(id) {
      if (!isStorable(id)) return false;
      const { rows } = await sql`delete from ${tables.rule} where ${mine} and id = ${id} returning id`.execute(trx);
      return rows.length > 0;
    },
    async saveJob(job) {
      const isOpen = job.finished === undefined;
      await sql`insert into ${tables.job} (connection_id, id, record, is_open)
        values (${connection}, ${job.id}, ${printRecord(job)}::jsonb, ${isOpen})
        on conflict (connection_id, id) do update set record = excluded.record, is_open = excluded.is_open`.execute(
        trx,
      );
      if (isOpen) return;
      await sql`delete from ${tables.job} where ${mine} and not is_open and position <= (
        select position from ${tables.job} where ${mine} and not is_open
        order by position desc limit 1 offset ${keptJobs})`.execute(trx);
    },
    jobs: async () => (await records(tables.job, sql`order by position`)).map(readJob),
    async saveReceipt(receipt, oldest) {
      await sql`delete from ${tables.receipt}
        where ${mine} and not is_open and at < ${oldest.toISOString()}::timestamptz`.execute(trx);
      const { id, at, complete } = receipt;
      await sql`insert into ${tables.receipt} (connection_id, id, at, record, is_open)
        values (${connection}, ${id}, ${at.toISOString()}::timestamptz, ${printRecord(receipt)}::jsonb, ${!complete})
        on conflict (connection_id, id) do update
        set at = excluded.at, record = excluded.record, is_open = excluded.is_open`.execute(trx);
    },
    async receipts(which, limit) {
      const wanted = which === "open" ? sql`and is_open` : sql``;
      const found = await records(tables.receipt, sql`${wanted} order by position desc limit ${limit}`);
      return found.map(readReceipt);
    },
    ...journalIn(trx, tables, connection),
  };
}

function journalIn(
  trx: QueryExecutorProvider,
  tables: AccessTables,
  connection: string,
): Pick<AccessUnit, "record" | "journal" | "deactivatedSince"> {
  const mine = sql`connection_id = ${connection}`;
  return {
    async record(entry, oldest) {
      await sql`delete from ${tables.journal} where ${mine} and at < ${oldest.toISOString()}::timestamptz`.execute(trx);
      const { at, request, resourceId, deactivation } = entry;
      const { rows } = await sql<{ sequence: string }>`
        insert into ${tables.journal} (connection_id, at, request, resource_id, deactivation, record)
        values (${connection}, ${at.toISOString()}::timestamptz, ${request}, ${resourceId}, ${deactivation},
          ${printRecord(entry)}::jsonb)
        returning sequence::text as sequence`.execute(trx);
      return { ...entry, sequence: Number(rows[0]?.sequence) };
    },
    async journal({ request, revertOf, since, before, limit }) {
      const conditions = [
        mine,
        ...(request === undefined ? [] : [sql`request = ${request}`]),
        ...(revertOf === undefined ? [] : [sql`record ->> 'revertOf' = ${revertOf}`]),
        ...(since === undefined ? [] : [sql`at >= ${since.toISOString()}::timestamptz`]),
        ...(before === undefined ? [] : [sql`sequence < ${before}`]),
      ];
      const { rows } = await sql<RecordRow & { readonly number: string }>`
        select sequence::text as number, record::text as record from ${tables.journal}
        where ${sql.join(conditions, sql` and `)} order by sequence desc limit ${limit}`.execute(trx);
      return rows.map(({ number, record }) => readEntry(Number(number), parseRecord(record)));
    },
    async deactivatedSince(since) {
      const { rows } = await sql<{ count: string }>`select count(distinct resource_id)::text as count
        from ${tables.journal}
        where ${mine} and deactivation and at >= ${since.toISOString()}::timestamptz`.execute(trx);
      return Number(rows[0]?.count ?? 0);
    },
  };
}
