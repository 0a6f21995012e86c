/** Uniqueness in a tenant, where the host's table has no constraint that knows SCIM's rules. RFC 7643 §2.2, §7. */
import { type QueryExecutorProvider, sql } from "kysely";
import { type AttributePath, allPaths, leaf, type ResourceType, ScimError, type Stored } from "scimkit";
import type { BoundStore } from "./bound-store.ts";
import type { CatalogTable, UniqueIndex } from "./catalog.ts";
import { compareToSql } from "./compare-to-sql.ts";
import { all, type Condition, opposite, toSql } from "./condition.ts";
import { isObject, type JsonObject } from "./json-object.ts";
import { nameOf } from "./layout.ts";
import type { SqlValue } from "./sql-value.ts";
import { mentions } from "./write-error.ts";

/** What a write must not have in common with other resources of its tenant. */
export interface Uniqueness<Ctx> {
  /**
   * Called inside the transaction, when the row is written.
   *
   * @throws ScimError 409 `uniqueness`, naming the attribute
   */
  claim(
    trx: QueryExecutorProvider,
    store: BoundStore<Ctx>,
    before: Stored | undefined,
    after: Stored,
    ctx: Ctx,
  ): Promise<void>;
}

/** One value that must be unique: folded, unless the attribute is caseExact. */
export interface UniqueValue {
  readonly path: AttributePath;
  readonly value: string | number;
  readonly folded: string;
}

/** The paths of a type whose values must be unique; the id is the database's own affair. */
export function uniquePaths(type: ResourceType): readonly AttributePath[] {
  return allPaths(type).filter((path) => {
    const { type: dataType, uniqueness } = leaf(path);
    return dataType !== "complex" && uniqueness !== "none" && path.attribute.name !== "id";
  });
}

/** The values at these paths that `after` has and `before` has not. */
export function newValues(
  paths: readonly AttributePath[],
  before: Stored | undefined,
  after: Stored,
): readonly UniqueValue[] {
  const had = new Set(before === undefined ? [] : valuesAt(paths, before).map(identity));
  return valuesAt(paths, after).filter((value) => !had.has(identity(value)));
}

/** Tells unique values apart. */
export function identity({ path, folded }: UniqueValue): string {
  return `${path.text} ${folded}`;
}

function valuesAt(paths: readonly AttributePath[], resource: Stored): readonly UniqueValue[] {
  return paths.flatMap((path) => {
    const { caseExact } = leaf(path);
    return valuesOf(path, resource).map((value) => ({
      path,
      value,
      folded: caseExact ? String(value) : String(value).toLowerCase(),
    }));
  });
}

function valuesOf(
  { extension, attribute, subAttribute }: AttributePath,
  resource: JsonObject,
): readonly (string | number)[] {
  const holder = extension === undefined ? resource : resource[extension];
  const value = isObject(holder) ? holder[attribute.name] : undefined;
  const elements: readonly unknown[] = Array.isArray(value) ? value : [value];
  const ends =
    subAttribute === undefined ? elements : elements.map((one) => (isObject(one) ? one[subAttribute.name] : undefined));
  return ends.filter(isValue);
}

function isValue(value: unknown): value is string | number {
  return typeof value === "number" || (typeof value === "string" && value !== "");
}

/**
 * Guards what no unique index of the database guards as SCIM understands it: a constraint that heeds case lets `Ann` in
 * beside `ann`. Writers of one value take turns by an advisory lock, and look whether somebody else has it.
 */
export function guardedUniqueness<Ctx>(): Uniqueness<Ctx> {
  const unguarded = new WeakMap<BoundStore<Ctx>, readonly AttributePath[]>();
  return {
    async claim(trx, store, before, after, ctx) {
      const tenant = store.table.tenantValues(ctx);
      let paths = unguarded.get(store);
      if (paths === undefined) {
        const columns = tenant.map(([column]) => store.table.catalog.columns.get(column)?.name ?? column);
        paths = uniquePaths(store.type).filter((path) => isSearchable(path, store) && !isIndexed(path, store, columns));
        unguarded.set(store, paths);
      }
      for (const value of newValues(paths, before, after)) await look(trx, store, value, after.id, ctx);
    },
  };
}

async function look<Ctx>(
  trx: QueryExecutorProvider,
  store: BoundStore<Ctx>,
  { path, value, folded }: UniqueValue,
  id: string,
  ctx: Ctx,
): Promise<void> {
  const { table } = store;
  const name = JSON.stringify([table.mapping.table, table.tenantValues(ctx), path.text, folded]);
  await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(trx);
  const same = equals(path, value, store);
  const where = toSql(all([...table.scope(ctx, "t"), same, opposite(table.hasKey(id, "t"))]));
  const { rows } = await sql`select from ${table.name} as t where ${where} limit 1`.execute(trx);
  if (rows.length > 0) throw ScimError.uniqueness(path.text);
}

function equals<Ctx>(path: AttributePath, value: string | number, store: BoundStore<Ctx>): Condition {
  const source = store.sources(new Map()).of(path);
  const comparing = { op: "eq", attribute: leaf(path), value } as const;
  const test = (found: SqlValue | undefined): Condition =>
    found === undefined ? false : compareToSql(found, comparing);
  if ("value" in source) return test(source.value);
  return opposite(
    all(source.elements.map((elements) => opposite(elements.some((one) => test(one.value(path.subAttribute)))))),
  );
}

/** Whether the mapping can search for the attribute. */
function isSearchable<Ctx>(path: AttributePath, store: BoundStore<Ctx>): boolean {
  const sources = store.sources(new Map());
  if (!sources.has(path)) return false;
  const column = store.layout.byName.get(nameOf(path.extension, path.attribute))?.whole;
  return column === undefined || column.rule.read === undefined || column.rule.filter !== undefined;
}

/** Whether a unique index covers the attribute in every tenant, in the way its values compare. */
function isIndexed<Ctx>(path: AttributePath, { layout, table }: BoundStore<Ctx>, tenant: readonly string[]): boolean {
  const place = layout.byName.get(nameOf(path.extension, path.attribute));
  const mapped = path.subAttribute === undefined ? place?.whole : place?.parts.get(path.subAttribute.name);
  const column = mapped === undefined ? undefined : table.catalog.columns.get(mapped.rule.column);
  if (column === undefined) return false;
  const isExact = leaf(path).caseExact || (column.kind !== "text" && column.kind !== "other");
  const mine = (key: string): boolean =>
    mentions(key, column.name) && (isExact || key.startsWith("lower(") || key.startsWith("upper("));
  return table.catalog.unique.some(
    (index) =>
      coversAll(index, column.name, table.mapping.softDelete, table.catalog) &&
      index.keys.some(mine) &&
      index.keys.every((key) => mine(key) || tenant.some((name) => mentions(key, name))),
  );
}

/** A partial index that leaves out deleted rows, or rows without the value, covers all that count. */
function coversAll(
  { where }: UniqueIndex,
  column: string,
  softDelete: string | undefined,
  catalog: CatalogTable,
): boolean {
  if (where === undefined) return true;
  const deleted = softDelete === undefined ? undefined : catalog.columns.get(softDelete)?.name;
  const names = [column, ...(deleted === undefined ? [] : [deleted])];
  return names.some((name) => mentions(where, name));
}
