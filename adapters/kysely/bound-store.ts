/** BoundStore: a mapping, its resource type and its table, put together. */
import { sql } from "kysely";
import type { Attribute, Resource, ResourceType, Stored } from "scimkit";
import type { CatalogColumn } from "./catalog.ts";
import type { ElementSource } from "./element.ts";
import type { Layout, MappedColumn } from "./layout.ts";
import type { BoundTable } from "./mapped-table.ts";
import { type RowReader, rowReader } from "./read-row.ts";
import { type Sources, sourcesOf } from "./source.ts";
import { timeOrderedId } from "./time-ordered-id.ts";

/** Everything about a store that does not depend on a request. */
export interface BoundStore<Ctx> {
  readonly type: ResourceType;
  readonly layout: Layout;
  readonly table: BoundTable<Ctx>;
  readonly reader: RowReader;
  /** @param related - attributes that come from another table, by name */
  sources(related: ReadonlyMap<string, readonly ElementSource[]>): Sources;
}

/**
 * Puts a store together, and checks that its columns can hold what the mapping says.
 *
 * @throws Error naming the column that cannot
 */
export function bindStore<Ctx>(type: ResourceType, layout: Layout, table: BoundTable<Ctx>): BoundStore<Ctx> {
  const { mapping, catalog } = table;
  for (const column of layout.columns) checkColumn(column, catalog.columns.get(column.rule.column), mapping.table);
  checkOwn(table);
  const reader = rowReader(layout, mapping, catalog, table.constant);
  return { type, layout, table, reader, sources: (related) => sourcesOf(layout, mapping, catalog, related) };
}

function checkColumn({ path, attribute, rule }: MappedColumn, column: CatalogColumn | undefined, table: string): void {
  if (column === undefined) return;
  if (column.generated && rule.write !== false && rule.write !== "ignore") {
    throw new Error(
      `"${path}": the database computes "${table}.${column.name}"; give it \`write: false\` or "ignore".`,
    );
  }
  if (rule.read !== undefined || accepts(attribute, column)) return;
  const list = attribute.multiValued ? "a list" : `of type ${attribute.type}`;
  throw new Error(
    `"${path}" is ${list}, and "${table}.${column.name}" is ${column.type}; give the column \`read\` and \`write\`.`,
  );
}

/** Whether values of an attribute go into and come out of a column as they are. */
function accepts({ type, multiValued }: Attribute, { kind, type: columnType }: CatalogColumn): boolean {
  if (multiValued || type === "complex") return kind === "json";
  switch (type) {
    case "boolean":
      return kind === "boolean";
    case "integer":
    case "decimal":
      return kind === "integer" || kind === "number";
    case "dateTime":
      return kind === "timestamptz" || kind === "timestamp" || kind === "text";
    default:
      if (kind === "other") return !/\[\]$|^bytea$|^date$|^time|^interval/.test(columnType);
      return kind === "text" || kind === "citext" || kind === "integer" || kind === "number" || kind === "uuid";
  }
}

function checkOwn<Ctx>({ mapping, catalog }: BoundTable<Ctx>): void {
  const expect = (use: string, column: string | undefined, kinds: readonly string[], what: string): void => {
    const found = column === undefined ? undefined : catalog.columns.get(column);
    if (found === undefined || kinds.includes(found.kind)) return;
    throw new Error(`\`${use}\`: "${mapping.table}.${found.name}" is ${found.type}, and must be ${what}.`);
  };
  expect("key", mapping.key, ["integer", "uuid", "text"], "an integer, a uuid or text");
  expect("createdAt", mapping.createdAt, ["timestamptz", "timestamp"], "a timestamp");
  expect("updatedAt", mapping.updatedAt, ["timestamptz", "timestamp"], "a timestamp");
  expect("version", mapping.version, ["integer"], "an integer");
  expect("softDelete", mapping.softDelete, ["timestamptz", "timestamp", "boolean"], "a timestamp or boolean");
  const rest = mapping.rest === undefined ? undefined : catalog.columns.get(mapping.rest);
  if (rest !== undefined && rest.type !== "jsonb")
    throw new Error(`\`rest\`: "${rest.name}" is ${rest.type}, and must be jsonb.`);
  const key = catalog.columns.get(mapping.key);
  if (key !== undefined && !key.hasDefault && !canMint(key)) {
    throw new Error(`\`key\`: "${key.name}" is ${key.type} without a default, so there is no key for a new row.`);
  }
}

function canMint({ kind }: CatalogColumn): boolean {
  return kind === "uuid" || kind === "text";
}

/** A key for a new row, where the database has none by itself. */
export function mintedKey<Ctx>({ mapping, catalog }: BoundTable<Ctx>) {
  return catalog.columns.get(mapping.key)?.hasDefault === true ? undefined : sql`${timeOrderedId()}`;
}

/**
 * Rows hold what the schema has let in; here their content becomes the type it had then.
 *
 * @throws Error for something that is no resource at all
 */
export function asStored<R extends Resource>(resource: Stored): Stored<R> {
  if (isStored<R>(resource)) return resource;
  throw new Error("A row was not read as a resource.");
}

function isStored<R extends Resource>(value: unknown): value is Stored<R> {
  return typeof value === "object" && value !== null && "id" in value && "meta" in value;
}
