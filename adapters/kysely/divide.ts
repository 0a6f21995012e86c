/** Resources divided into what their columns hold and what is left for the rest. */

import { isObject, type JsonObject, ownValue } from "./json-object.ts";
import type { MappedColumn, MappedElement, Place } from "./layout.ts";

/** A resource as a row holds it. */
export interface Divided {
  /** Values by column; those that the resource does not have are not in it. */
  readonly values: ReadonlyMap<MappedColumn, unknown>;
  /** What has no column. */
  readonly rest: JsonObject;
}

/** Divides the attributes at `places`. What has neither a column nor a place in the rest is dropped. */
export function divide(resource: JsonObject, places: Iterable<Place>): Divided {
  const values = new Map<MappedColumn, unknown>();
  const rest: JsonObject = {};
  for (const place of places) {
    const value = valueAt(resource, place);
    if (value === undefined || value === null) continue;
    const keep = (name: string, left: unknown): void => {
      if (place.inRest) keepIn(rest, place, name, left);
    };
    divideValue(value, place, values, keep);
  }
  return { values, rest };
}

function valueAt(resource: JsonObject, { extension, attribute }: Place): unknown {
  const holder = extension === undefined ? resource : ownValue(resource, extension);
  return isObject(holder) ? ownValue(holder, attribute.name) : undefined;
}

type Keep = (name: string, left: unknown) => void;

function divideValue(value: unknown, place: Place, values: Map<MappedColumn, unknown>, keep: Keep): void {
  const { attribute, whole, parts } = place;
  if (whole !== undefined) values.set(whole, value);
  else if (attribute.multiValued) divideElements(Array.isArray(value) ? value : [value], place, values, keep);
  else if (parts.size > 0 && isObject(value)) keep(attribute.name, takeParts(value, parts, values));
  else keep(attribute.name, value);
}

function divideElements(
  elements: readonly unknown[],
  place: Place,
  values: Map<MappedColumn, unknown>,
  keep: Keep,
): void {
  const left = [...elements];
  for (const mapped of place.elements) {
    const at = positionOf(mapped, left);
    const element = at === -1 ? undefined : left[at];
    if (!isObject(element)) continue;
    left.splice(at, 1);
    const others = takeParts(element, mapped.parts, values);
    if (mapped.selector !== undefined) delete others[mapped.selector.attribute.name];
    keep(mapped.name, others);
  }
  keep(place.attribute.name, left);
}

/** The element that goes into columns: one that has something for them, and is the one the mapping means. */
function positionOf({ selector, parts }: MappedElement, elements: readonly unknown[]): number {
  const fits = (element: unknown): element is JsonObject =>
    isObject(element) && [...parts.keys()].some((name) => hasValue(ownValue(element, name)));
  if (selector === undefined) {
    const primary = elements.findIndex((element) => fits(element) && element.primary === true);
    return primary === -1 ? elements.findIndex(fits) : primary;
  }
  const { attribute, value } = selector;
  const fold = (text: unknown): unknown =>
    typeof text === "string" && !attribute.caseExact ? text.toLowerCase() : text;
  return elements.findIndex((element) => fits(element) && fold(ownValue(element, attribute.name)) === fold(value));
}

function hasValue(value: unknown): boolean {
  return value !== undefined && value !== null && value !== "";
}

/** Takes the sub-attributes that have columns; returns the others. */
function takeParts(
  object: JsonObject,
  parts: ReadonlyMap<string, MappedColumn>,
  values: Map<MappedColumn, unknown>,
): JsonObject {
  const others: JsonObject = {};
  for (const [name, value] of Object.entries(object)) {
    const column = parts.get(name);
    if (column === undefined) others[name] = value;
    else if (value !== undefined && value !== null) values.set(column, value);
  }
  return others;
}

function keepIn(rest: JsonObject, { extension }: Place, name: string, left: unknown): void {
  if (Array.isArray(left) ? left.length === 0 : isObject(left) && Object.keys(left).length === 0) return;
  if (extension === undefined) {
    rest[name] = left;
    return;
  }
  const holder = ownValue(rest, extension);
  if (isObject(holder)) holder[name] = left;
  else rest[extension] = { [name]: left };
}

/** The rest of a row after `places` have changed. What no place speaks of stays as it is. */
export function mergeRest(present: JsonObject, changed: JsonObject, places: Iterable<Place>): JsonObject {
  const merged: JsonObject = { ...present };
  for (const place of places) {
    const { extension } = place;
    const holder = extension === undefined ? merged : { ...objectIn(merged, extension) };
    const source = extension === undefined ? changed : objectIn(changed, extension);
    for (const name of [place.attribute.name, ...place.elements.map((element) => element.name)]) {
      const value = ownValue(source, name);
      if (value === undefined) delete holder[name];
      else holder[name] = value;
    }
    if (extension === undefined) continue;
    if (Object.keys(holder).length === 0) delete merged[extension];
    else merged[extension] = holder;
  }
  return merged;
}

function objectIn(object: JsonObject, name: string): JsonObject {
  const value = ownValue(object, name);
  return isObject(value) ? value : {};
}
