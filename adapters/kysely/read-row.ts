/** Rows read as resources. */
import { type RawBuilder, sql } from "kysely";
import type { Attribute, Selection, Stored, StoredMeta } from "scimkit";
import type { CatalogTable } from "./catalog.ts";
import { columnsOf, type Layout, type MappedColumn, type MappedElement, type Place } from "./layout.ts";
import type { OwnColumns } from "./source.ts";

/** A row as the driver gives it. */
export type Row = Readonly<Record<string, unknown>>;
/** JSON of a known shape: an object. */
export type JsonObject = { [name: string]: unknown };

/** How resources are read from a table's rows. */
export interface RowReader {
  /** The select list for what is wanted, from the table `t`. */
  select(want: Selection): RawBuilder<unknown>;
  /** The resource in a row; without `id` and `meta`, what `select` did not ask for is not in it. */
  read(row: Row): Stored;
  /** What the rest column holds. */
  rest(row: Row): JsonObject;
}

/** One column of the select list, and what it is called in the row. */
interface Selected {
  readonly alias: string;
  readonly expression: RawBuilder<unknown>;
}

/** How many different select lists are kept; IdPs ask for a handful. */
const maxLists = 64;

/** Prepares the reading of a table. */
export function rowReader(
  layout: Layout,
  own: OwnColumns,
  table: CatalogTable,
  constant: (built: RawBuilder<unknown>) => RawBuilder<unknown>,
): RowReader {
  const selected = new Map(layout.columns.map((column, at) => [column, selectColumn(column, at, table)]));
  const readColumn = (column: MappedColumn, row: Row): unknown => {
    const raw = row[selected.get(column)?.alias ?? ""];
    return column.rule.read === undefined ? fromColumn(raw, column.attribute) : (column.rule.read(raw) ?? undefined);
  };
  const always = ownColumns(own, table);
  const rest: Selected | undefined =
    layout.rest === undefined
      ? undefined
      : { alias: "scimrest", expression: sql`${sql.ref(`t.${layout.rest}`)}::text` };
  const readRest = (row: Row): JsonObject => (rest === undefined ? {} : parseObject(row[rest.alias]));
  const lists = new Map<string, RawBuilder<unknown>>();
  return {
    select(want) {
      const places = layout.places.filter(({ name }) => want.has(name));
      const key = places.length === layout.places.length ? "" : places.map(({ name }) => name).join();
      const known = lists.get(key);
      if (known !== undefined) return known;
      const list = new Map(always.map((one) => [one.alias, one]));
      for (const place of places) {
        if (place.inRest && rest !== undefined) list.set(rest.alias, rest);
        for (const column of readColumnsOf(place)) {
          const one = selected.get(column);
          if (one !== undefined) list.set(one.alias, one);
        }
      }
      const columns = [...list.values()].map(({ alias, expression }) => sql`${expression} as ${sql.id(alias)}`);
      const made = constant(sql`${sql.join(columns)}`);
      if (lists.size < maxLists) lists.set(key, made);
      return made;
    },
    read(row) {
      const kept = readRest(row);
      const resource: JsonObject = {};
      for (const place of layout.places) put(resource, place, readPlace(place, row, kept, readColumn));
      return { ...resource, id: String(row.scimid), meta: readMeta(row) };
    },
    rest: readRest,
  };
}

/** Every column of a place that is read; what is write-only is not. */
function readColumnsOf(place: Place): readonly MappedColumn[] {
  const { mutability, returned } = place.attribute;
  return mutability === "writeOnly" || returned === "never" ? [] : columnsOf(place);
}

function ownColumns(own: OwnColumns, table: CatalogTable): readonly Selected[] {
  const version = own.version === undefined ? sql`t.xmin::text` : sql`${sql.ref(`t.${own.version}`)}::text`;
  const columns: Selected[] = [
    { alias: "scimid", expression: sql`${sql.ref(`t.${own.key}`)}::text` },
    { alias: "scimversion", expression: version },
  ];
  if (own.createdAt !== undefined) columns.push({ alias: "scimcreated", expression: instant(own.createdAt, table) });
  if (own.updatedAt !== undefined) columns.push({ alias: "scimupdated", expression: instant(own.updatedAt, table) });
  return columns;
}

/** Timestamps without a time zone are in UTC. */
function instant(column: string, table: CatalogTable): RawBuilder<unknown> {
  const value = sql`${sql.ref(`t.${column}`)}`;
  return table.columns.get(column)?.kind === "timestamp" ? sql`(${value} at time zone 'UTC')` : value;
}

/** JSON is read as text: a driver, or a plugin of Kysely's, may change names in what it parses. */
function selectColumn({ rule, attribute }: MappedColumn, at: number, table: CatalogTable): Selected {
  const value = sql`${sql.ref(`t.${rule.column}`)}`;
  if (rule.read !== undefined) return { alias: rule.column, expression: value };
  if (attribute.type === "complex" || attribute.multiValued) {
    return { alias: `scimcolumn${at}`, expression: sql`${value}::text` };
  }
  if (attribute.type === "dateTime") return { alias: `scimcolumn${at}`, expression: instant(rule.column, table) };
  return { alias: rule.column, expression: value };
}

function readMeta(row: Row): StoredMeta {
  const [created, lastModified] = [dateTime(row.scimcreated), dateTime(row.scimupdated)];
  return {
    ...(created === undefined ? undefined : { created }),
    ...(lastModified === undefined ? undefined : { lastModified }),
    version: String(row.scimversion),
  };
}

/** What a column's value is as a value of its attribute; undefined for none. An empty text is none. */
function fromColumn(raw: unknown, attribute: Attribute): unknown {
  if (raw === null || raw === undefined || raw === "") return undefined;
  if (attribute.type === "complex" || attribute.multiValued) return typeof raw === "string" ? JSON.parse(raw) : raw;
  switch (attribute.type) {
    case "boolean":
      return raw;
    case "integer":
    case "decimal":
      return Number(raw);
    case "dateTime":
      return dateTime(raw);
    default:
      return String(raw);
  }
}

/** RFC 3339 text to the millisecond, from what a driver makes of a timestamp. */
function dateTime(value: unknown): string | undefined {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? undefined : value.toISOString();
  if (typeof value !== "string") return undefined;
  const postgres = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d+)?)([+-]\d\d)(?::?(\d\d))?$/.exec(value);
  if (postgres === null) return value;
  const [, day, time, hours, minutes = "00"] = postgres;
  return new Date(`${day}T${time}${hours}:${minutes}`).toISOString();
}

type ColumnReading = (column: MappedColumn, row: Row) => unknown;

function readPlace(place: Place, row: Row, rest: JsonObject, readColumn: ColumnReading): unknown {
  const { attribute, whole } = place;
  if (attribute.mutability === "writeOnly" || attribute.returned === "never") return undefined;
  if (whole !== undefined) return readColumn(whole, row);
  const kept = place.inRest ? keptIn(rest, place, attribute.name) : undefined;
  if (attribute.multiValued) {
    const mapped = place.elements.flatMap((element) => readElement(element, place, row, rest, readColumn));
    const others: readonly unknown[] = Array.isArray(kept) ? kept : [];
    return mapped.length + others.length === 0 ? undefined : [...mapped, ...others];
  }
  if (place.parts.size === 0) return kept ?? undefined;
  const value: JsonObject = isObject(kept) ? { ...kept } : {};
  for (const [name, column] of place.parts) set(value, name, readColumn(column, row));
  return Object.keys(value).length === 0 ? undefined : value;
}

/** The element in columns, if any of them has a value. */
function readElement(
  { name, selector, parts }: MappedElement,
  place: Place,
  row: Row,
  rest: JsonObject,
  readColumn: ColumnReading,
): readonly JsonObject[] {
  const values: JsonObject = {};
  for (const [part, column] of parts) set(values, part, readColumn(column, row));
  if (Object.keys(values).length === 0) return [];
  const kept = place.inRest ? keptIn(rest, place, name) : undefined;
  const element: JsonObject = isObject(kept) ? { ...kept } : {};
  if (selector !== undefined) set(element, selector.attribute.name, selector.value);
  return [{ ...element, ...values }];
}

/** What the rest keeps under a name of the core or of an extension. */
function keptIn(rest: JsonObject, { extension }: Place, name: string): unknown {
  const holder = extension === undefined ? rest : ownValue(rest, extension);
  return isObject(holder) ? ownValue(holder, name) : undefined;
}

function put(resource: JsonObject, { extension, attribute }: Place, value: unknown): void {
  if (value === undefined) return;
  if (extension === undefined) {
    set(resource, attribute.name, value);
    return;
  }
  const holder = ownValue(resource, extension);
  if (isObject(holder)) set(holder, attribute.name, value);
  else resource[extension] = { [attribute.name]: value };
}

function set(object: JsonObject, name: string, value: unknown): void {
  if (value !== undefined && value !== null) object[name] = value;
}

function parseObject(text: unknown): JsonObject {
  const parsed: unknown = typeof text === "string" ? JSON.parse(text) : undefined;
  return isObject(parsed) ? parsed : {};
}

/** The member that an object itself has, never one it inherits. */
export function ownValue(object: JsonObject, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

/** Whether a value is a JSON object. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
