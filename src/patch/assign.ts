/** Assigning sub-attributes of a complex value; what is not named stays. RFC 7644 §3.5.2.3. */
import { ScimError } from "../error.ts";
import type { Attribute, Resource } from "../schema/attribute.ts";
import { same } from "../store/difference.ts";
import { keyOf } from "./element.ts";

/** What a client says of sub-attributes; undefined unassigns, a function makes the next value of the present one. */
export type Assignments = ReadonlyMap<Attribute, unknown>;

/**
 * The complex value with the assignments made; the very same value if they change nothing, undefined if nothing is
 * left of it.
 *
 * @param attribute - the complex attribute
 * @throws ScimError 400 `mutability` if an immutable sub-attribute would change
 */
export function assign(value: Resource | undefined, given: Assignments, attribute: Attribute): Resource | undefined {
  const before = value ?? {};
  const changes: [Attribute, unknown][] = [];
  for (const [subAttribute, assigned] of given) {
    const present = before[subAttribute.name];
    const next: unknown = typeof assigned === "function" ? assigned(present) : assigned;
    if (differs(present, next, subAttribute)) changes.push([subAttribute, next]);
  }
  if (changes.length === 0) return value;
  const after: Record<string, unknown> = { ...before };
  for (const [{ name }, next] of changes) {
    if (next === undefined) delete after[name];
    else after[name] = next;
  }
  if (changes.some(([{ name }]) => name === "value")) dropStale(after, given, attribute);
  return Object.keys(after).length === 0 ? undefined : after;
}

/** Whether an assignment is a change. An immutable value that is equal by its type is none. */
function differs(before: unknown, next: unknown, subAttribute: Attribute): boolean {
  if (same(before, next)) return false;
  if (next === undefined && subAttribute.required) {
    throw ScimError.mutability(`"${subAttribute.name}" is required: it must keep a value.`);
  }
  if (subAttribute.mutability !== "immutable" || before === undefined) return true;
  if (next !== undefined && keyOf(before, subAttribute) === keyOf(next, subAttribute)) return false;
  throw ScimError.mutability(`"${subAttribute.name}" is immutable: it has a value already, and cannot be changed.`);
}

/** When a reference points elsewhere, its `$ref` and what the server knew of the old target are no longer true. */
function dropStale(after: Record<string, unknown>, given: Assignments, attribute: Attribute): void {
  const reference = attribute.subAttributes.get("$ref");
  if (reference === undefined) return;
  if (!given.has(reference)) delete after.$ref;
  for (const subAttribute of attribute.subAttributes.values()) {
    if (subAttribute.mutability === "readOnly") delete after[subAttribute.name];
  }
}
