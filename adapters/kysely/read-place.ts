/** The values of a place, from a row: prepared once, since a page has a hundred rows of thirty places. */
import type { Attribute } from "scimkit";
import { isObject, type JsonObject, ownValue } from "./json-object.ts";
import type { MappedColumn, MappedElement, Place } from "./layout.ts";

/** A row as the driver gives it. */
export type Row = Readonly<Record<string, unknown>>;

/** Reads one thing from a row; `kept` is what the rest column has in the place's holder: the core, or one extension. */
export type Reading = (row: Row, kept: JsonObject) => unknown;

/** How the value of a place is read; undefined for one that is never read. */
export function placeReading(place: Place, aliasOf: (column: MappedColumn) => string): Reading | undefined {
  const { attribute, whole, parts, elements, inRest } = place;
  if (attribute.mutability === "writeOnly" || attribute.returned === "never") return undefined;
  const columnOf = (column: MappedColumn): Reading => columnReading(column, aliasOf(column));
  if (whole !== undefined) return columnOf(whole);
  const { name } = attribute;
  if (attribute.multiValued) {
    const mapped = elements.map((element) => elementReading(element, inRest, columnOf));
    return listReading(mapped, inRest ? name : undefined);
  }
  if (parts.size === 0) return inRest ? (_row, kept) => ownValue(kept, name) : undefined;
  const read = partsReading(parts, columnOf);
  return (row, kept) => {
    const others = inRest ? ownValue(kept, name) : undefined;
    const value: JsonObject = isObject(others) ? { ...others } : {};
    return read(value, row, kept) || isObject(others) ? nonEmpty(value) : undefined;
  };
}

function nonEmpty(value: JsonObject): JsonObject | undefined {
  for (const _name in value) return value;
  return undefined;
}

/** Elements in columns, then those of the list in the rest. */
function listReading(mapped: readonly Reading[], name: string | undefined): Reading {
  return (row, kept) => {
    const others = name === undefined ? undefined : ownValue(kept, name);
    const list: unknown[] = [];
    for (const read of mapped) {
      const element = read(row, kept);
      if (element !== undefined) list.push(element);
    }
    if (!Array.isArray(others)) return list.length === 0 ? undefined : list;
    if (list.length === 0) return others.length === 0 ? undefined : others;
    return [...list, ...others];
  };
}

/** The element in columns, if any of them has a value. */
function elementReading(
  { name, selector, parts }: MappedElement,
  inRest: boolean,
  columnOf: (column: MappedColumn) => Reading,
): Reading {
  const read = partsReading(parts, columnOf);
  return (row, kept) => {
    const values: JsonObject = {};
    if (!read(values, row, kept)) return undefined;
    const others = inRest ? ownValue(kept, name) : undefined;
    const element: JsonObject = isObject(others) ? { ...others } : {};
    if (selector !== undefined) element[selector.attribute.name] = selector.value;
    return Object.assign(element, values);
  };
}

/** Puts the sub-attributes that have columns into an object; says whether there were any. */
function partsReading(
  parts: ReadonlyMap<string, MappedColumn>,
  columnOf: (column: MappedColumn) => Reading,
): (into: JsonObject, row: Row, kept: JsonObject) => boolean {
  const readings = [...parts].map(([name, column]) => [name, columnOf(column)] as const);
  return (into, row, kept) => {
    let some = false;
    for (const [name, read] of readings) {
      const value = read(row, kept);
      if (value === undefined || value === null) continue;
      into[name] = value;
      some = true;
    }
    return some;
  };
}

function columnReading({ rule, attribute }: MappedColumn, alias: string): Reading {
  if (rule.read !== undefined) return (row) => rule.read?.(row[alias]) ?? undefined;
  const convert = conversion(attribute);
  return (row) => {
    const raw = row[alias];
    return raw === null || raw === undefined || raw === "" ? undefined : convert(raw);
  };
}

/** What a column's value is as a value of its attribute. An empty text, and null, is none. */
function conversion(attribute: Attribute): (raw: unknown) => unknown {
  if (attribute.type === "complex" || attribute.multiValued) {
    return (raw) => (typeof raw === "string" ? JSON.parse(raw) : raw);
  }
  switch (attribute.type) {
    case "boolean":
      return (raw) => raw;
    case "integer":
    case "decimal":
      return Number;
    case "dateTime":
      return dateTime;
    default:
      return String;
  }
}

/** RFC 3339 text to the millisecond, from what a driver makes of a timestamp. */
export function dateTime(value: unknown): string | undefined {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? undefined : value.toISOString();
  if (typeof value !== "string") return undefined;
  const postgres = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d+)?)([+-]\d\d)(?::?(\d\d))?$/.exec(value);
  if (postgres === null) return value;
  const [, day, time, hours, minutes = "00"] = postgres;
  return new Date(`${day}T${time}${hours}:${minutes}`).toISOString();
}
