/** Rows read as resources. */
import { type RawBuilder, sql } from "kysely";
import type { Selection, Stored, StoredMeta } from "scimkit";
import type { CatalogTable } from "./catalog.ts";
import { isObject, type JsonObject, ownValue } from "./json-object.ts";
import { columnsOf, type Layout, type MappedColumn, type Place } from "./layout.ts";
import { dateTime, placeReading, type Reading, type Row } from "./read-place.ts";
import type { OwnColumns } from "./source.ts";

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
  const readings = readingsOf(layout, (column) => selected.get(column)?.alias ?? "");
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
      const key = places.length === layout.places.length ? "*" : places.map(({ name }) => name).join();
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
      for (const { extension, members } of readings) {
        const of = extension === undefined ? kept : holderIn(kept, extension);
        const into = extension === undefined ? resource : {};
        let some = false;
        for (const { name, read } of members) {
          const value = read(row, of);
          if (value === undefined || value === null) continue;
          into[name] = value;
          some = true;
        }
        if (some && extension !== undefined) resource[extension] = into;
      }
      return Object.assign(resource, { id: String(row.scimid), meta: readMeta(row) });
    },
    rest: readRest,
  };
}

/** The readings of the core, or of one extension. */
interface Readings {
  readonly extension: string | undefined;
  readonly members: readonly { readonly name: string; readonly read: Reading }[];
}

function readingsOf({ places }: Layout, aliasOf: (column: MappedColumn) => string): readonly Readings[] {
  return [...new Set(places.map(({ extension }) => extension))].map((extension) => ({
    extension,
    members: places.flatMap((place) => {
      const read = place.extension === extension ? placeReading(place, aliasOf) : undefined;
      return read === undefined ? [] : [{ name: place.attribute.name, read }];
    }),
  }));
}

const nothing: JsonObject = {};

/** What the rest keeps of an extension. */
function holderIn(kept: JsonObject, extension: string): JsonObject {
  const holder = ownValue(kept, extension);
  return isObject(holder) ? holder : nothing;
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

function readMeta({ scimcreated, scimupdated, scimversion }: Row): StoredMeta {
  const version = String(scimversion);
  const created = dateTime(scimcreated);
  const lastModified = isSame(scimcreated, scimupdated) ? created : dateTime(scimupdated);
  if (created !== undefined && lastModified !== undefined) return { created, lastModified, version };
  if (created !== undefined) return { created, version };
  return lastModified === undefined ? { version } : { lastModified, version };
}

/** Most resources have never been changed. */
function isSame(created: unknown, updated: unknown): boolean {
  return created instanceof Date && updated instanceof Date && created.getTime() === updated.getTime();
}

function parseObject(text: unknown): JsonObject {
  const parsed: unknown = typeof text === "string" ? JSON.parse(text) : undefined;
  return isObject(parsed) ? parsed : {};
}
