/** What must hold of a resource after a change. RFC 7644 §3.5.2.2, RFC 7643 §2.2. */
import { ScimError } from "../error.ts";
import { isRecord } from "../filter/present.ts";
import type { Resource } from "../schema/attribute.ts";
import type { ResourceType } from "../schema/resource-type.ts";
import { type Place, pathOf, valueAt } from "../store/difference.ts";
import { elementsOf } from "./element.ts";

/**
 * Looks for required attributes without a value. Only what the request touches is looked at: what a host's older data
 * lacks elsewhere is no fault of this request.
 *
 * @throws ScimError 400 `mutability` for an attribute or extension that has lost its value; `invalidValue` for a
 *   sub-attribute that a new value lacks, and an attribute that a new extension lacks
 */
export function checkRequired(before: Resource, after: Resource, type: ResourceType, places: readonly Place[]): void {
  for (const place of places) {
    const { attribute, extension } = place;
    const value = valueAt(after, place);
    if (value === undefined) {
      const isHeld = extension === undefined || after[extension] !== undefined;
      if (attribute.required && isHeld) throw lost(pathOf(place));
    } else if (attribute.type === "complex") checkParts(value, place);
  }
  for (const { schema, required } of type.extensions) {
    if (!places.some(({ extension }) => extension === schema.id)) continue;
    if (after[schema.id] === undefined) {
      if (required) throw lost(schema.id);
    } else if (before[schema.id] === undefined) {
      for (const attribute of schema.attributes.values()) {
        const place: Place = { extension: schema.id, attribute };
        if (attribute.required && valueAt(after, place) === undefined) throw lacking(pathOf(place));
      }
    }
  }
}

/**
 * Holds complex values and lists to what the host demands of them as a whole; no operation alone can be held to that.
 *
 * @throws ScimError 400 `invalidValue`
 */
export function checkDemands(after: Resource, places: readonly Place[]): void {
  for (const place of places) {
    const { attribute } = place;
    const value = valueAt(after, place);
    if (value === undefined) continue;
    const elements = elementsOf(value);
    const wrong = [
      attribute.checkAll?.(elements),
      ...(attribute.type === "complex" ? elements.map((element) => attribute.check?.(element)) : []),
    ].find((demand) => demand !== undefined);
    if (wrong !== undefined) throw ScimError.invalidValue(`"${pathOf(place)}" is not acceptable: ${wrong}.`);
  }
}

function checkParts(value: unknown, place: Place): void {
  for (const { name, required, mutability } of place.attribute.subAttributes.values()) {
    if (!required || mutability === "readOnly") continue;
    const isLacking = elementsOf(value).some((element) => isRecord(element) && element[name] === undefined);
    if (isLacking) throw lacking(`${pathOf(place)}.${name}`);
  }
}

function lost(name: string): ScimError {
  return ScimError.mutability(`"${name}" is required: it must keep a value.`);
}

function lacking(name: string): ScimError {
  return ScimError.invalidValue(`"${name}" is required.`);
}
