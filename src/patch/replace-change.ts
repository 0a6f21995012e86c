/** A whole representation as a change of the current state. RFC 7644 §3.5.1. */
import type { Attribute, Resource } from "../schema/attribute.ts";
import type { ResourceType } from "../schema/resource-type.ts";
import type { MembersDelta } from "../store/change.ts";
import { everyPlace, type Place, valueAt } from "../store/difference.ts";
import { type Applier, applierOf } from "./applier.ts";
import { type Edit, guarded } from "./edit.ts";
import { elementsOf } from "./element.ts";
import { replacing } from "./list.ts";
import { asMembers, membersFold } from "./members-delta.ts";
import { hasMembers } from "./patch-change.ts";
import { isMembersPlace } from "./read-elements.ts";
import type { PatchRules } from "./target.ts";

/**
 * What a PUT makes of a resource: every attribute that a client may write gets the value given, or none.
 *
 * Kept, when the body leaves them out: immutable attributes, writeOnly ones (a client cannot send back what it cannot
 * read), and, where the dialects say so, those with a default (`active`, Q47) and `members` (Q58).
 *
 * @param resource - the representation as it was read: canonical, without readOnly attributes
 * @param asserted - the top-level attributes that the body names, whatever they hold
 */
export function replaceChange(
  resource: Resource,
  asserted: ReadonlySet<string>,
  type: ResourceType,
  rules: PatchRules,
): Applier {
  const places = everyPlace(type).filter(({ attribute }) => attribute.mutability !== "readOnly");
  const delta = hasMembers(type) ? membersDelta(resource, asserted, rules) : undefined;
  const edits = places
    .filter((place) => delta === undefined || !isMembersPlace(place))
    .flatMap((place) => editOf(place, resource, asserted, rules))
    .map(guarded);
  return applierOf(edits, type, delta);
}

function membersDelta(
  resource: Resource,
  asserted: ReadonlySet<string>,
  { reading }: PatchRules,
): MembersDelta | undefined {
  const fold = membersFold();
  if (!asserted.has("members")) {
    if (!reading.relaxed.has("keepOmittedMembers")) fold.reset();
    return fold.delta();
  }
  const members = asMembers(elementsOf(resource.members).map(withoutLabels));
  if (members === undefined) return undefined;
  fold.reset();
  fold.add(members);
  return fold.delta();
}

/** `display` and `$ref` of a member are the server's to tell. */
function withoutLabels(element: unknown): unknown {
  if (typeof element !== "object" || element === null) return element;
  return Object.fromEntries(Object.entries(element).filter(([name]) => name !== "display" && name !== "$ref"));
}

function editOf(
  place: Place,
  resource: Resource,
  asserted: ReadonlySet<string>,
  { reading }: PatchRules,
): readonly Edit[] {
  const { attribute, extension } = place;
  const isAsserted = asserted.has(extension === undefined ? attribute.name : `${extension}:${attribute.name}`);
  const given = valueAt(resource, place);
  if (!isAsserted && isKept(attribute, reading.relaxed.has("keepOmittedDefaults"))) return [];
  const next = given ?? (isAsserted ? undefined : attribute.defaultValue);
  if (next === undefined) return [{ place, next: () => undefined }];
  if (attribute.multiValued) return [{ place, next: replacing(elementsOf(next), attribute) }];
  return [{ place, next: (value) => carried(value, next, attribute), blind: attribute.mutability === "writeOnly" }];
}

function isKept({ mutability, defaultValue }: Attribute, keepsDefaults: boolean): boolean {
  return mutability === "immutable" || mutability === "writeOnly" || (defaultValue !== undefined && keepsDefaults);
}

/** A complex value is replaced, save the readOnly sub-attributes, which are the server's. */
function carried(value: unknown, next: unknown, attribute: Attribute): unknown {
  if (attribute.type !== "complex" || !isObject(value) || !isObject(next)) return next;
  const kept = [...attribute.subAttributes.values()].filter(
    ({ name, mutability }) => mutability === "readOnly" && value[name] !== undefined,
  );
  return { ...next, ...Object.fromEntries(kept.map(({ name }) => [name, value[name]] as const)) };
}

function isObject(value: unknown): value is Resource {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
