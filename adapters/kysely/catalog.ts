/** What the database itself says of a table: its columns, their types, and what is unique. */
import { type Kysely, sql } from "kysely";
import { qualifiedName } from "./table-name.ts";

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
  /** The type to cast its values to: that beneath a domain, without a length. */
  readonly cast: string;
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

/** The columns of a table, by the names that the host uses for them. */
export type CatalogColumns = Pick<ReadonlyMap<string, CatalogColumn>, "get" | "has">;

/** One table, as it is. */
export interface CatalogTable {
  readonly name: string;
  /** Whether it is a table proper, whose rows have an `xmin`; not a view or a foreign table. */
  readonly isTable: boolean;
  readonly columns: CatalogColumns;
  readonly unique: readonly UniqueIndex[];
  /** The keys of GIN indexes, as PostgreSQL prints them. */
  readonly inverted: readonly string[];
  /** The columns, by their names in the database, that a foreign key or check constraint speaks of. */
  readonly constraints: ReadonlyMap<string, readonly string[]>;
}

interface Described {
  readonly relation: string | null;
  readonly relkind: string | null;
  readonly columns: string;
  readonly indexes: string;
  readonly constraints: string;
}

/**
 * Reads a table from PostgreSQL's catalog; Kysely's plugins (schemas, camel case) apply to the names of the table and
 * its columns.
 *
 * @returns undefined if there is no such table
 */
export async function readCatalog<Database>(db: Kysely<Database>, table: string): Promise<CatalogTable | undefined> {
  const relation = qualifiedName(db, table);
  const { rows } = await sql<Described>`
    select r.oid::regclass::text as relation, (select relkind from pg_class where oid = r.oid) as relkind,
      (select coalesce(json_agg(json_build_object(
          'name', a.attname, 'type', format_type(a.atttypid, a.atttypmod), 'cast', format_type(b.oid, -1),
          'base', b.typname, 'category', b.typcategory,
          'notNull', a.attnotnull, 'hasDefault', a.atthasdef or a.attidentity <> '',
          'generated', a.attgenerated <> '' or a.attidentity = 'a', 'bytes', b.typlen)), '[]')::text
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
    isTable: described.relkind === "r" || described.relkind === "p",
    columns: columnsOf(db, list(described.columns)),
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

function columnsOf<Database>(
  db: Kysely<Database>,
  described: readonly Readonly<Record<string, unknown>>[],
): CatalogColumns {
  const byName = new Map(described.map((column) => [textOf(column.name), readColumn(column)]));
  const known = new Map<string, CatalogColumn | undefined>();
  const get = (name: string): CatalogColumn | undefined => {
    if (!known.has(name)) known.set(name, byName.get(nameInDatabase(db, name)));
    return known.get(name);
  };
  return { get, has: (name) => get(name) !== undefined };
}

/** A column's name as Kysely's plugins write it. */
function nameInDatabase<Database>(db: Kysely<Database>, column: string): string {
  return sql`${sql.id(column)}`.compile(db).sql.slice(1, -1).replaceAll('""', '"');
}

function readColumn(column: Readonly<Record<string, unknown>>): CatalogColumn {
  return {
    name: textOf(column.name),
    type: textOf(column.type),
    cast: textOf(column.cast),
    kind: kinds.get(textOf(column.base)) ?? (column.category === "S" ? "text" : "other"),
    notNull: column.notNull === true,
    hasDefault: column.hasDefault === true,
    generated: column.generated === true,
    bytes: Number(column.bytes),
  };
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
