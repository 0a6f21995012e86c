/** The names of tables, as Kysely's plugins write them. */
import { type Kysely, type RawBuilder, sql } from "kysely";

/** A table's name for a statement: in the schema and the case that the plugins of `db` give it. */
export function tableName<Database>(db: Kysely<Database>, table: string): RawBuilder<unknown> {
  return sql.raw(qualifiedName(db, table));
}

/** The name as text, quoted: `"app"."users"`. Raw SQL by itself is given no schema, so a query built of nodes is asked. */
export function qualifiedName<Database>(db: Kysely<Database>, table: string): string {
  const unchecked = db.withTables<Readonly<Record<string, object>>>();
  const { sql: text } = unchecked.selectFrom(unchecked.dynamic.table(table).as("t")).compile();
  const [, name] = /^select from (.+) as "t"$/s.exec(text) ?? [];
  if (name === undefined) throw new Error(`The table "${table}" has no name that PostgreSQL knows: ${text}.`);
  return name;
}

/** The schema that the plugins of `db` put tables into; undefined where they leave it to the connection. */
export function schemaOf<Database>(db: Kysely<Database>): string | undefined {
  const [, schema] = /^"((?:[^"]|"")+)"\./.exec(qualifiedName(db, "t")) ?? [];
  return schema?.replaceAll('""', '"');
}
