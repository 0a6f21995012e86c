/** What the database itself says of a table: its columns, their types, and what is unique. */
import { type Kysely, sql } from "kysely";

/** How values of a column are compared and converted. */
export type Kind =
  | "text"
  | "citext"
  | "boolean"
  | "integer"
  | "number"
  | "uuid"
  | "timestamptz"
  | "timestamp"
  | "json"
  | "other";

/** One column. */
export interface CatalogColumn {
  /** The column's name in the database; a plugin may have made it of the host's name. */
  readonly name: string;
  /** As `\d` prints it: `character varying(80)`. */
  readonly type: string;
  readonly kind: Kind;
  readonly notNull: boolean;
  /** Whether the database has a value for it when an insert has none: a default or an identity. */
  readonly hasDefault: boolean;
  /** Whether the database computes it and lets nobody write it. */
  readonly generated: boolean;
  /** The bytes of an integer type: 2, 4 or 8. */
  readonly bytes: number;
}

/** A unique index: its keys as columns or expressions, and the rows it covers. */
export interface UniqueIndex {
  readonly name: string;
  readonly keys: readonly string[];
  /** The condition of a partial index. */
  readonly where: string | undefined;
  readonly primary: boolean;
}

/** One table, as it is. */
export interface CatalogTable {
  readonly name: string;
  /** By the name the mapping uses. */
  readonly columns: ReadonlyMap<string, CatalogColumn>;
  readonly unique: readonly UniqueIndex[];
  /** The keys of GIN indexes, as PostgreSQL prints them. */
  readonly inverted: readonly string[];
  /** The columns, by their names in the database, that a foreign key or check constraint speaks of. */
  readonly constraints: ReadonlyMap<string, readonly string[]>;
}

interface Described {
  readonly relation: string | null;
  readonly columns: string;
  readonly indexes: string;
  readonly constraints: string;
}

/**
 * Reads a table from PostgreSQL's catalog; Kysely's plugins (schemas, camel case) apply to `table` and `columns`.
 *
 * @returns undefined if there is no such table; columns that are not there are not in the result
 */
export async function readCatalog<Database>(
  db: Kysely<Database>,
  table: string,
  columns: Iterable<string>,
): Promise<CatalogTable | undefined> {
  const relation = sql`${sql.table(table)}`.compile(db).sql;
  const { rows } = await sql<Described>`
    select r.oid::regclass::text as relation,
      (select coalesce(json_agg(json_build_object(
          'name', a.attname, 'type', format_type(a.atttypid, a.atttypmod), 'base', b.typname, 'category', b.typcategory,
          'notNull', a.attnotnull, 'hasDefault', a.atthasdef or a.attidentity <> '',
          'generated', a.attgenerated <> '', 'bytes', b.typlen)), '[]')::text
        from pg_attribute a
        join pg_type d on d.oid = a.atttypid
        join pg_type b on b.oid = case when d.typtype = 'd' then d.typbasetype else d.oid end
        where a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped) as columns,
      (select coalesce(json_agg(json_build_object(
          'name', c.relname, 'primary', i.indisprimary, 'unique', i.indisunique, 'where', pg_get_expr(i.indpred, i.indrelid),
          'keys', (select json_agg(pg_get_indexdef(i.indexrelid, k, true)) from generate_series(1, i.indnkeyatts) k))),
          '[]')::text
        from pg_index i join pg_class c on c.oid = i.indexrelid join pg_am m on m.oid = c.relam
        where i.indrelid = r.oid and (i.indisunique or m.amname = 'gin') and i.indisvalid) as indexes,
      (select coalesce(json_agg(json_build_object(
          'name', n.conname,
          'columns', (select json_agg(a.attname) from pg_attribute a
            where a.attrelid = r.oid and a.attnum = any(n.conkey)))), '[]')::text
        from pg_constraint n where n.conrelid = r.oid and n.contype in ('f', 'c')) as constraints
    from (select to_regclass(${relation}) as oid) r`.execute(db);
  const [described] = rows;
  if (described === undefined || described.relation === null) return undefined;
  const indexes = list(described.indexes);
  return {
    name: described.relation,
    columns: readColumns(list(described.columns), nameInDatabase(db, columns)),
    unique: indexes
      .filter((index) => index.unique === true)
      .map((index) => ({
        name: textOf(index.name),
        keys: texts(index.keys),
        where: typeof index.where === "string" ? index.where : undefined,
        primary: index.primary === true,
      })),
    inverted: indexes.filter((index) => index.unique !== true).flatMap((index) => texts(index.keys)),
    constraints: new Map(list(described.constraints).map((one) => [textOf(one.name), texts(one.columns)])),
  };
}

/** Column names as Kysely's plugins write them, by the mapping's names. */
function nameInDatabase<Database>(db: Kysely<Database>, columns: Iterable<string>): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const column of columns) {
    const quoted = sql`${sql.id(column)}`.compile(db).sql;
    names.set(column, quoted.slice(1, -1).replaceAll('""', '"'));
  }
  return names;
}

function readColumns(
  described: readonly Readonly<Record<string, unknown>>[],
  names: ReadonlyMap<string, string>,
): ReadonlyMap<string, CatalogColumn> {
  const byName = new Map(described.map((column) => [textOf(column.name), column]));
  const columns = new Map<string, CatalogColumn>();
  for (const [mapped, name] of names) {
    const column = byName.get(name);
    if (column === undefined) continue;
    columns.set(mapped, {
      name,
      type: textOf(column.type),
      kind: kinds.get(textOf(column.base)) ?? (column.category === "S" ? "text" : "other"),
      notNull: column.notNull === true,
      hasDefault: column.hasDefault === true,
      generated: column.generated === true,
      bytes: Number(column.bytes),
    });
  }
  return columns;
}

const kinds: ReadonlyMap<string, Kind> = new Map([
  ["bool", "boolean"],
  ["citext", "citext"],
  ["float4", "number"],
  ["float8", "number"],
  ["int2", "integer"],
  ["int4", "integer"],
  ["int8", "integer"],
  ["json", "json"],
  ["jsonb", "json"],
  ["numeric", "number"],
  ["timestamp", "timestamp"],
  ["timestamptz", "timestamptz"],
  ["uuid", "uuid"],
]);

function list(text: string): readonly Readonly<Record<string, unknown>>[] {
  const parsed: unknown = JSON.parse(text);
  return Array.isArray(parsed) ? parsed : [];
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
