/** The value of an operation on a whole multi-valued attribute. RFC 7644 §3.5.2.1, §3.5.2.3. */
import { ScimError } from "../error.ts";
import { isRecord } from "../filter/present.ts";
import { readElement, readValue } from "../schema/read-value.ts";
import type { Place } from "../store/difference.ts";
import { elementsOf, isMembers } from "./element.ts";
import type { PatchRules, Target } from "./target.ts";

/**
 * The elements that a value names; none for null and `[]`.
 *
 * @throws ScimError 400 `invalidValue` if an element does not fit the attribute, or a member has no `value`
 */
export function readElements(target: Target, value: unknown, { reading }: PatchRules): readonly unknown[] {
  const { place, attribute, text } = target;
  if (!isMembersPlace(place)) return elementsOf(readValue(value, attribute, text, reading));
  // One by one: an element that says nothing must not vanish, or a list of such would empty the group.
  const given = value === null || reading.coerce === undefined ? value : reading.coerce(value, attribute);
  return elementsOf(given).map((element) => readMember(readElement(element, attribute, text, reading)));
}

/** Whether a place is the one whose changes a {@link MembersDelta} can say: nothing about it hangs on who is there. */
export function isMembersPlace({ extension, attribute }: Place): boolean {
  return extension === undefined && isMembers(attribute) && attribute.mutability === "readWrite" && !attribute.required;
}

/**
 * A member as the client may name it: without `display` and `$ref`, which are the server's to say.
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
