/** The value of an operation on a whole multi-valued attribute. RFC 7644 §3.5.2.1, §3.5.2.3. */

import { ScimError } from "../error.ts";
import { isRecord } from "../filter/present.ts";
import { readValue } from "../schema/read-value.ts";
import type { Place } from "../store/difference.ts";
import { elementsOf, isMembers } from "./element.ts";
import type { PatchRules, Target } from "./target.ts";

/**
 * The elements that a value names; none for null and `[]`. Members come without `display` and `$ref`, which are the
 * server's to say.
 *
 * @throws ScimError 400 `invalidValue` if an element does not fit the attribute, or a member has no `value`
 */
export function readElements(target: Target, value: unknown, rules: PatchRules): readonly unknown[] {
  const elements = elementsOf(readValue(value, target.attribute, target.text, rules.reading));
  return isMembersPlace(target.place) ? elements.map(readMember) : elements;
}

/** Whether a place is the one whose changes a {@link MembersDelta} can say: nothing about it hangs on who is there. */
export function isMembersPlace({ extension, attribute }: Place): boolean {
  return extension === undefined && isMembers(attribute) && attribute.mutability === "readWrite" && !attribute.required;
}

/**
 * A member as the client may name it.
 *
 * @throws ScimError 400 `invalidValue` if it has no `value`
 */
export function readMember(element: unknown): unknown {
  if (!isRecord(element) || typeof element.value !== "string" || element.value === "") {
    throw ScimError.invalidValue('Each member must have a "value": the id of a user or a group.');
  }
  if (element.display === undefined && element.$ref === undefined) return element;
  const { display, $ref, ...rest } = element;
  return rest;
}
