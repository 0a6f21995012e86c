/** Marks of connections in the database, written in the transaction of the SCIM write. */
import { type Kysely, type RawBuilder, sql, Transaction } from "kysely";
import type { ConnectionStore } from "scimkit/connections";
import { type JsonRow, parseRow, readMark, rowOf } from "./connection-rows.ts";
import type { ConnectionTables } from "./connection-tables.ts";
import { reading } from "./transaction.ts";

/** The part of a {@link ConnectionStore} that is about marks. */
export type MarkStore = Pick<ConnectionStore, "mark" | "unmark" | "findMark" | "marks" | "countMarks">;

/** Marks in `scim_connection_mark`. */
export function kyselyMarks<Database>(db: Kysely<Database>, tables: ConnectionTables): MarkStore {
  /** Runs a statement as this database's plugins write it, on the transaction of a Kysely store, if it is one. */
  const within = async (tx: unknown, statement: RawBuilder<JsonRow>): Promise<readonly JsonRow[]> => {
    const query = statement.compile(db);
    const executor = tx instanceof Transaction ? tx : db;
    return (await executor.executeQuery<JsonRow>(query)).rows;
  };
  return {
    // The shared lock makes a pause wait for writes under way: when it is in force, no mark comes after it.
    async mark(
      { connection, organisation, workspace, resourceType, resourceId, since, linked },
      tx,
      evenPaused = false,
    ) {
      if (connection === undefined) return false;
      const rows = await within(
        tx,
        sql<JsonRow>`insert into ${tables.mark} as m
            (workspace, resource_type, resource_id, connection_id, organisation, since, linked)
          select ${workspace}, ${resourceType}, ${resourceId}, c.id, ${organisation}, ${since.toISOString()}::timestamptz,
            ${linked}::boolean
          from ${tables.connection} as c where c.id = ${connection} and (c.state = 'active' or ${evenPaused}::boolean) for share
          on conflict (workspace, resource_type, resource_id) do update set connection_id = excluded.connection_id,
            organisation = excluded.organisation, since = excluded.since, linked = excluded.linked
          returning ${rowOf("mark", "m")}`,
      );
      return rows.length > 0;
    },
    async unmark(workspace, resourceType, resourceId, tx) {
      await within(
        tx,
        sql<JsonRow>`delete from ${tables.mark}
          where workspace = ${workspace} and resource_type = ${resourceType} and resource_id = ${resourceId}`,
      );
    },
    async findMark(workspace, resourceType, resourceId) {
      if (cannotBe(workspace, resourceType, resourceId)) return undefined;
      const { rows } = await reading(() =>
        sql<JsonRow>`select ${rowOf("mark", "m")} from ${tables.mark} as m
          where workspace = ${workspace} and resource_type = ${resourceType} and resource_id = ${resourceId}`.execute(
          db,
        ),
      );
      return rows[0] && readMark(parseRow(rows[0].row));
    },
    async marks(connection, resourceType, after, limit) {
      const past = after === undefined ? sql`true` : sql`(m.workspace, m.resource_id) > (${sql.join(position(after))})`;
      const { rows } = await sql<JsonRow>`select ${rowOf("mark", "m")} from ${tables.mark} as m
        where m.connection_id = ${connection} and m.resource_type = ${resourceType} and ${past}
        order by m.workspace, m.resource_id limit ${limit + 1}`.execute(db);
      const marks = rows.slice(0, limit).map(({ row }) => readMark(parseRow(row)));
      const last = rows.length > limit ? marks.at(-1) : undefined;
      return { marks, ...(last === undefined ? {} : { next: JSON.stringify([last.workspace, last.resourceId]) }) };
    },
    async countMarks(connection, workspace) {
      const { rows } =
        await sql<JsonRow>`select json_build_object('type', resource_type, 'count', count(*))::text as "row"
        from ${tables.mark}
        where connection_id = ${connection} and workspace = ${workspace} group by resource_type`.execute(db);
      return new Map(
        rows.map(({ row }) => {
          const { type, count } = parseRow(row);
          return [String(type), Number(count)] as const;
        }),
      );
    },
  };
}

/** Text that no column holds, and that the database would refuse to look for. */
export function cannotBe(...texts: readonly string[]): boolean {
  return texts.some((text) => text.includes("\0"));
}

function position(after: string): readonly string[] {
  const read: unknown = JSON.parse(after);
  return Array.isArray(read) ? read.map(String) : [];
}
