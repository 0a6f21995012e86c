/** MappedTable: a host's table, its tenant, and its key. */
import { type Kysely, type QueryExecutorProvider, type RawBuilder, sql } from "kysely";
import { type CatalogTable, type Kind, readCatalog } from "./catalog.ts";
import type { Condition } from "./condition.ts";
import { columnNames, constant } from "./constant.ts";
import type { Mapping } from "./mapping.ts";
import { tableName } from "./table-name.ts";
import { reading } from "./transaction.ts";

/** A table whose rows are resources, before anything is known of their attributes or of the database. */
export class MappedTable<Database, Ctx> {
  readonly mapping: Mapping<Database, Ctx>;
  #bound: Promise<BoundTable<Ctx>> | undefined;

  constructor(mapping: Mapping<Database, Ctx>) {
    this.mapping = mapping;
  }

  get db(): Kysely<Database> {
    return this.mapping.db;
  }

  /**
   * The table as the database knows it, described once.
   *
   * @throws Error naming the table or column that is not there
   */
  bound(): Promise<BoundTable<Ctx>> {
    this.#bound ??= this.#bind().catch((error: unknown) => {
      this.#bound = undefined;
      throw error;
    });
    return this.#bound;
  }

  async #bind(): Promise<BoundTable<Ctx>> {
    const catalog = await reading(() => describe(this.mapping));
    const { db, table } = this.mapping;
    return new BoundTable(this.mapping, catalog, tableName(db, table), db);
  }
}

/** A mapped table together with what the database says of it. */
export class BoundTable<Ctx> {
  readonly mapping: TableMapping<Ctx>;
  readonly catalog: CatalogTable;
  /** The table's name, for a statement. */
  readonly name: RawBuilder<unknown>;
  /** Makes SQL that is the same in every request; see {@link constant}. */
  readonly constant: (built: RawBuilder<unknown>) => RawBuilder<unknown>;
  readonly #columns: (alias: string, column: string) => RawBuilder<unknown>;
  readonly #changes = new Map<string, readonly RawBuilder<unknown>[]>();

  constructor(mapping: TableMapping<Ctx>, catalog: CatalogTable, name: RawBuilder<unknown>, db: QueryExecutorProvider) {
    this.mapping = mapping;
    this.catalog = catalog;
    this.name = name;
    this.constant = (built) => constant(db, built);
    this.#columns = columnNames(db);
  }

  /**
   * The tenant's columns and values.
   *
   * @throws Error if the host's `tenant` names no column, or one without a value: nothing may run without it
   */
  tenantValues(ctx: Ctx): readonly (readonly [string, unknown])[] {
    const { tenant, table } = this.mapping;
    if (tenant === undefined) return [];
    const values = Object.entries(tenant(ctx) ?? {});
    if (values.length === 0) throw new Error(`The tenant of "${table}" is not known: \`tenant\` returned no column.`);
    for (const [column, value] of values) {
      if (!this.catalog.columns.has(column)) {
        throw new Error(`The table "${table}" has no column "${column}", which \`tenant\` names.`);
      }
      if (value !== undefined && value !== null && value !== "" && !Number.isNaN(value)) continue;
      throw new Error(`The tenant of "${table}" is not known: \`tenant\` returned nothing for "${column}".`);
    }
    return values;
  }

  /** What confines a statement on `alias` to the tenant's rows that are not deleted. */
  scope(ctx: Ctx, alias: string): readonly Condition[] {
    const tenant = this.tenantValues(ctx).map(([column, value]) => sql`${this.#columns(alias, column)} = ${value}`);
    const { softDelete } = this.mapping;
    if (softDelete === undefined) return tenant;
    const mark = this.#columns(alias, softDelete);
    return [...tenant, this.#kind(softDelete) === "boolean" ? sql`${mark} is not true` : sql`${mark} is null`];
  }

  /** The row with this id; false if no key can be this text. */
  hasKey(id: string, alias: string): Condition {
    const value = keyValue(id, this.mapping.key, this.catalog);
    return value === undefined ? false : sql`${this.key(alias)} = ${value}`;
  }

  /** The key of `alias`. */
  key(alias: string): RawBuilder<unknown> {
    return this.#columns(alias, this.mapping.key);
  }

  /** What a change of a row sets: `own`, and the columns that date and count changes. Never nothing. */
  changes(own: readonly RawBuilder<unknown>[], alias: string): readonly RawBuilder<unknown>[] {
    let always = this.#changes.get(alias);
    if (always === undefined) {
      always = this.#always(alias).map(this.constant);
      this.#changes.set(alias, always);
    }
    const set = [...own, ...always];
    if (set.length > 0) return set;
    // `xmin` is the version, and changes with a row that is written as it was.
    const idle = this.#idleColumn();
    return [sql`${sql.id(idle)} = ${this.#columns(alias, idle)}`];
  }

  #always(alias: string): readonly RawBuilder<unknown>[] {
    const { updatedAt, version } = this.mapping;
    const set: RawBuilder<unknown>[] = [];
    if (updatedAt !== undefined) set.push(sql`${sql.id(updatedAt)} = ${this.#now(updatedAt, sql`clock_timestamp()`)}`);
    if (version !== undefined) set.push(sql`${sql.id(version)} = ${this.#columns(alias, version)} + 1`);
    return set;
  }

  /** A column that may be written. */
  #idleColumn(): string {
    const { rest, columns, key } = this.mapping;
    if (rest !== undefined) return rest;
    const mapped = Object.values(columns).map((column) => (typeof column === "string" ? column : column.column));
    return mapped.find((column) => this.catalog.columns.get(column)?.generated === false) ?? key;
  }

  /** What marks a row as deleted; undefined where rows are removed. */
  deletes(): RawBuilder<unknown> | undefined {
    const { softDelete } = this.mapping;
    if (softDelete === undefined) return undefined;
    const isBoolean = this.#kind(softDelete) === "boolean";
    return sql`${sql.id(softDelete)} = ${isBoolean ? sql`true` : this.#now(softDelete, sql`clock_timestamp()`)}`;
  }

  /** The columns of `meta` in a new row: created and last modified at the same instant. */
  births(): readonly (readonly [string, RawBuilder<unknown>])[] {
    const { createdAt, updatedAt, version } = this.mapping;
    const dates = [createdAt, updatedAt].filter((column) => column !== undefined);
    const born = dates.map((column) => [column, this.#now(column, sql`now()`)] as const);
    return version === undefined ? born : [...born, [version, sql`1`]];
  }

  /** Columns without a time zone are in UTC. */
  #now(column: string, now: RawBuilder<unknown>): RawBuilder<unknown> {
    return this.#kind(column) === "timestamp" ? sql`${now} at time zone 'UTC'` : now;
  }

  #kind(column: string): Kind | undefined {
    return this.catalog.columns.get(column)?.kind;
  }
}

/** A mapping without its database. */
export type TableMapping<Ctx> = Omit<Mapping<unknown, Ctx>, "db">;

/** An id as a value of a key column; undefined if no such column can hold the text. */
export function keyValue(id: string, column: string, catalog: CatalogTable): RawBuilder<unknown> | undefined {
  const [value] = fitting([id], column, catalog);
  return value === undefined ? undefined : sql`${value}::${sql.raw(keyType(column, catalog))}`;
}

/** Ids as an array of a key column's type; those that no such column can hold are not in it. */
export function keyValues(ids: readonly string[], column: string, catalog: CatalogTable): RawBuilder<unknown> {
  return sql`${fitting(ids, column, catalog)}::${sql.raw(keyType(column, catalog))}[]`;
}

/** The type as PostgreSQL itself writes it. */
function keyType(column: string, catalog: CatalogTable): string {
  return catalog.columns.get(column)?.cast ?? "text";
}

function fitting(ids: readonly string[], column: string, catalog: CatalogTable): string[] {
  const { kind, bytes = 8 } = catalog.columns.get(column) ?? {};
  return ids.filter((id) => {
    switch (kind) {
      case "integer":
        return /^(?:0|-?[1-9]\d{0,18})$/.test(id) && BigInt.asIntN(bytes * 8, BigInt(id)) === BigInt(id);
      case "uuid":
        return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id);
      default:
        return !/[\0\p{Surrogate}]/u.test(id);
    }
  });
}

async function describe<Database, Ctx>(mapping: Mapping<Database, Ctx>): Promise<CatalogTable> {
  const { db, table } = mapping;
  if (sql`${table}`.compile(db).sql !== "$1") {
    throw new Error(`The table "${table}" cannot be served: scimkit/kysely needs PostgreSQL, and this \`db\` is none.`);
  }
  const catalog = await readCatalog(db, table);
  if (catalog === undefined) throw new Error(`The table "${table}" of the mapping is not in the database.`);
  for (const [column, use] of mappedColumns(mapping)) {
    if (catalog.columns.has(column)) continue;
    throw new Error(`The table "${table}" has no column "${column}", which the mapping names for ${use}.`);
  }
  if (!catalog.isTable && mapping.version === undefined) {
    throw new Error(`"${table}" is a view or a foreign table, whose rows have no version; name a \`version\` column.`);
  }
  return catalog;
}

/** Every column that a mapping names, and for what. */
function mappedColumns<Ctx>(mapping: TableMapping<Ctx>): readonly (readonly [column: string, use: string])[] {
  const uses = ["key", "createdAt", "updatedAt", "version", "softDelete", "rest"] as const;
  const own = uses.flatMap((use) => {
    const column = mapping[use];
    return column === undefined ? [] : [[column, `\`${use}\``] as const];
  });
  const mapped = Object.entries(mapping.columns).map(
    ([path, column]) => [typeof column === "string" ? column : column.column, `"${path}"`] as const,
  );
  return [...own, ...mapped];
}
