/** Which attributes differ between two states of a resource. RFC 7644 §3.5. */
import { isRecord } from "../filter/present.ts";
import type { Attribute, Resource } from "../schema/attribute.ts";
import type { ResourceType } from "../schema/resource-type.ts";

/** Where a top-level attribute lies: in the resource itself, or under the URN of an extension. */
export interface Place {
  readonly extension: string | undefined;
  readonly attribute: Attribute;
}

/**
 * The paths whose values differ, in schema order, as {@link Applied.changed} describes them.
 *
 * Values compare exactly, case included: a client that changes the case of a name wants it changed. The order of the
 * elements of a multi-valued attribute carries no meaning, and how often an equal element occurs does; the order of
 * keys carries none.
 *
 * @param places - the attributes to look at. Default: all of the type's except `schemas`, `id` and `meta`
 */
export function difference(
  before: Resource,
  after: Resource,
  type: ResourceType,
  places: Iterable<Place> = everyPlace(type),
): readonly string[] {
  const changed: string[] = [];
  for (const place of places) {
    compare(valueAt(before, place), valueAt(after, place), place, changed);
  }
  return changed;
}

/** The path of an attribute in canonical case: `emails`, `urn:…:User:department`. */
export function pathOf({ extension, attribute }: Place): string {
  return extension === undefined ? attribute.name : `${extension}:${attribute.name}`;
}

/** The value that a resource has at a place; undefined if it has none, and for null and `[]`. RFC 7643 §2.5. */
export function valueAt(resource: Resource, { extension, attribute }: Place): unknown {
  const holder = extension === undefined ? resource : resource[extension];
  const value = isRecord(holder) ? holder[attribute.name] : undefined;
  return value === null || (Array.isArray(value) && value.length === 0) ? undefined : value;
}

/** A place with its path, put together once. */
export interface NamedPlace extends Place {
  /** As {@link pathOf} gives it. */
  readonly path: string;
}

const known = new WeakMap<ResourceType, readonly NamedPlace[]>();

/** Every top-level attribute of a type except `schemas`, `id` and `meta`, extensions after the core. */
export function everyPlace(type: ResourceType): readonly NamedPlace[] {
  let places = known.get(type);
  if (places === undefined) {
    places = listPlaces(type);
    known.set(type, places);
  }
  return places;
}

function listPlaces(type: ResourceType): readonly NamedPlace[] {
  const places: Place[] = [];
  for (const attribute of type.attributes.values()) {
    if (!serversOwn.has(attribute.name)) places.push({ extension: undefined, attribute });
  }
  for (const { schema } of type.extensions) {
    for (const attribute of schema.attributes.values()) places.push({ extension: schema.id, attribute });
  }
  return places.map((place) => ({ ...place, path: pathOf(place) }));
}

const serversOwn: ReadonlySet<string> = new Set(["schemas", "id", "meta"]);

function compare(before: unknown, after: unknown, place: Place, changed: string[]): void {
  if (before === after) return;
  const { attribute } = place;
  if (attribute.type !== "complex" || attribute.multiValued) {
    if (!same(before, after)) changed.push(pathOf(place));
    return;
  }
  const path = pathOf(place);
  const from: Resource = isRecord(before) ? before : {};
  const to: Resource = isRecord(after) ? after : {};
  for (const { name } of attribute.subAttributes.values()) {
    if (!same(from[name], to[name])) changed.push(`${path}.${name}`);
  }
}

/** Whether two JSON values are the same, whatever the order of elements and keys; undefined members do not count. */
export function same(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (Array.isArray(one)) return Array.isArray(other) && sameElements(one, other);
  if (one instanceof Date || other instanceof Date) return timeOf(one) === timeOf(other);
  return isRecord(one) && isRecord(other) && sameMembers(one, other);
}

/** A store may hold a dateTime as a Date where the client sends text. */
function timeOf(value: unknown): number | undefined {
  if (value instanceof Date) return value.getTime();
  return typeof value === "string" ? Date.parse(value) : undefined;
}

function sameMembers(one: Resource, other: Resource): boolean {
  let count = 0;
  for (const name of Object.keys(one)) {
    if (one[name] === undefined) continue;
    if (!Object.hasOwn(other, name) || !same(one[name], other[name])) return false;
    count++;
  }
  for (const name of Object.keys(other)) if (other[name] !== undefined) count--;
  return count === 0;
}

function sameElements(one: readonly unknown[], other: readonly unknown[]): boolean {
  if (one.length !== other.length) return false;
  const differs = one.findIndex((element, index) => !same(element, other[index]));
  if (differs === -1) return true;
  const counts = new Map<string, number>();
  for (const element of one.slice(differs)) {
    const key = keyOf(element);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  for (const element of other.slice(differs)) {
    const key = keyOf(element);
    const count = counts.get(key);
    if (count === undefined || count === 0) return false;
    counts.set(key, count - 1);
  }
  return true;
}

/** Text that equal elements share and different ones do not. */
function keyOf(element: unknown): string {
  if (!isRecord(element)) return JSON.stringify(element) ?? "";
  const members = Object.keys(element)
    .filter((name) => element[name] !== undefined)
    .sort();
  return JSON.stringify(members.map((name) => [name, element[name]]));
}
