/** SQL that is the same in every request. */
import { type QueryExecutorProvider, type RawBuilder, sql } from "kysely";

/** The same SQL as text that the plugins of `db` have already written: Kysely need not take it apart for every request. */
export function constant(db: QueryExecutorProvider, built: RawBuilder<unknown>): RawBuilder<unknown> {
  const { sql: text, parameters } = built.compile(db);
  return parameters.length === 0 ? sql.raw(text) : built;
}

/** The columns of a table, `t.email`, each made once. */
export function columnNames(db: QueryExecutorProvider): (alias: string, column: string) => RawBuilder<unknown> {
  const made = new Map<string, RawBuilder<unknown>>();
  return (alias, column) => {
    const reference = `${alias}.${column}`;
    let name = made.get(reference);
    if (name === undefined) {
      name = constant(db, sql`${sql.ref(reference)}`);
      made.set(reference, name);
    }
    return name;
  };
}
