/** The value of an operation on a complex attribute, as assignments to its sub-attributes. RFC 7644 §3.5.2.1, §3.5.2.3. */
import type { Attribute } from "../schema/attribute.ts";
import { expected } from "../schema/data-type.ts";
import { namedTwice, readValue, refuseUnknown, unfit } from "../schema/read-value.ts";
import type { Reading } from "../schema/reading.ts";
import type { Assignments } from "./assign.ts";
import { elementsOf } from "./element.ts";
import { appending } from "./list.ts";
import { isFields } from "./operations.ts";

/**
 * Reads a value for a complex attribute, or for one element of it. Undefined: it is to have no value. Read-only
 * sub-attributes are ignored, null ones unassigned.
 *
 * @param grows - whether values of a multi-valued sub-attribute join those it has: at an `add`
 * @throws ScimError 400 `invalidValue` if it is not an object, or a sub-attribute does not fit its type
 */
export function readAssignments(
  value: unknown,
  attribute: Attribute,
  where: string,
  reading: Reading,
  grows: boolean,
): Assignments | undefined {
  const given = reading.coerce === undefined ? value : reading.coerce(value, attribute);
  if (given === null || given === undefined) return undefined;
  if (!isFields(given)) {
    throw unfit(where, "", expected("an object", given));
  }
  const assignments = new Map<Attribute, unknown>();
  for (const key of Object.keys(given)) {
    const subAttribute = attribute.subAttributes.get(key.toLowerCase());
    if (subAttribute === undefined) {
      refuseUnknown(`${where}.${key}`, reading);
      continue;
    }
    if (assignments.has(subAttribute)) throw namedTwice(`${where}.${subAttribute.name}`);
    if (subAttribute.mutability === "readOnly") continue;
    assignments.set(
      subAttribute,
      readAssignment(given[key], subAttribute, `${where}.${subAttribute.name}`, reading, grows),
    );
  }
  return assignments;
}

/** Reads what is assigned to one sub-attribute; as {@link readAssignments}. */
export function readAssignment(
  value: unknown,
  subAttribute: Attribute,
  where: string,
  reading: Reading,
  grows: boolean,
): unknown {
  const read = readValue(value, subAttribute, where, reading);
  return grows && subAttribute.multiValued ? appending(elementsOf(read), subAttribute) : read;
}
