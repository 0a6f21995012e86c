/** A PUT as a change of the current state: each attribute by its mutability. RFC 7644 §3.5.1. */
import { ScimError } from "../error.ts";
import { isRecord } from "../filter/present.ts";
import type { Attribute, Resource } from "../schema/attribute.ts";
import { defaultOf } from "../schema/default-value.ts";
import type { Relaxations } from "../schema/relaxation.ts";
import type { ResourceType } from "../schema/resource-type.ts";
import type { MembersDelta } from "../store/change.ts";
import { everyPlace, type NamedPlace, type Place, same, valueAt } from "../store/difference.ts";
import { type Applier, applierOf } from "./applier.ts";
import { type Edit, guarded } from "./edit.ts";
import { elementsOf, equalValues } from "./element.ts";
import { replacing } from "./list.ts";
import { asMembers } from "./members-delta.ts";
import { isMembersPlace, readMember } from "./read-elements.ts";

/** How a PUT treats what its body leaves out. */
export interface ReplaceRules {
  /** Honoured are `keepOmittedDefaults` (Q47) and `keepOmittedMembers` (Q58). */
  readonly relaxed: Relaxations;
}

/**
 * What a whole body makes of a resource.
 *
 * Attributes that are readWrite become what the body says, and are cleared if it leaves them out, or given their
 * default; immutable ones must match if they are there, and stay if they are left out; readOnly ones stay whatever
 * the body says; writeOnly ones stay if left out, since no client can have read them. Members always become a
 * {@link MembersDelta}, unless a host's own sub-attribute says more of them than an id.
 *
 * @param resource - as `readResource` reads it in mode `replace`
 * @param asserted - the paths the body names, as `readResource` gives them
 * @throws ScimError 400 `invalidValue` for a member without an id
 */
export function replaceChange(
  resource: Resource,
  asserted: ReadonlySet<string>,
  type: ResourceType,
  rules: ReplaceRules,
): Applier {
  const edits: Edit[] = [];
  const places: Place[] = [];
  let members: MembersDelta | undefined;
  for (const { place, cleared } of replaceablePlaces(type)) {
    const given = valueAt(resource, place);
    const isAsserted = asserted.has(place.path);
    if (isMembersPlace(place)) {
      members = membersDelta(given, isAsserted, rules);
      if (members !== undefined) continue;
    }
    const edit = isAsserted ? guarded(assertedEdit(place, given)) : (cleared ?? omittedEdit(place, rules));
    if (edit === undefined) continue;
    edits.push(edit);
    places.push(place);
  }
  return applierOf(edits, type, members, places);
}

/** A place that a PUT may write. */
interface ReplaceablePlace {
  readonly place: NamedPlace;
  /** What becomes of it where the body leaves it out, if that is always the same. */
  readonly cleared: Edit | undefined;
}

const known = new WeakMap<ResourceType, readonly ReplaceablePlace[]>();

/** Most attributes are left out of most bodies: what happens to those is made ready once. */
function replaceablePlaces(type: ResourceType): readonly ReplaceablePlace[] {
  let places = known.get(type);
  if (places === undefined) {
    places = everyPlace(type)
      .filter(({ attribute }) => attribute.mutability !== "readOnly")
      .map((place) => ({ place, cleared: hasDefault(place) ? undefined : omittedEdit(place, strict) }));
    known.set(type, places);
  }
  return places;
}

const strict: ReplaceRules = { relaxed: new Set() };

function hasDefault({ attribute }: Place): boolean {
  return attribute.makeDefault !== undefined || attribute.defaultValue !== undefined;
}

function membersDelta(given: unknown, isAsserted: boolean, { relaxed }: ReplaceRules): MembersDelta | undefined {
  if (!isAsserted) return { reset: !relaxed.has("keepOmittedMembers"), add: [], remove: [] };
  const add = asMembers(elementsOf(given).map(readMember));
  return add && { reset: true, add, remove: [] };
}

function assertedEdit(place: Place, given: unknown): Edit {
  const { attribute } = place;
  if (attribute.multiValued) {
    if (given === undefined) return { place, next: nothing };
    const elements = isMembersPlace(place) ? elementsOf(given).map(readMember) : elementsOf(given);
    return { place, next: replacing(elements, attribute) };
  }
  if (attribute.type === "complex") {
    return { place, next: (value) => replaceComplex(value, isRecord(given) ? given : undefined, attribute) };
  }
  return { place, next: () => given, blind: attribute.mutability === "writeOnly" && given === undefined };
}

const nothing = (): undefined => undefined;

/** Undefined: the attribute stays as it is. */
function omittedEdit(place: Place, { relaxed }: ReplaceRules): Edit | undefined {
  const { attribute } = place;
  if (attribute.mutability !== "readWrite") return undefined;
  const given = defaultOf(attribute);
  if (given !== undefined && relaxed.has("keepOmittedDefaults")) return { place, next: (value) => value ?? given };
  return assertedEdit(place, given);
}

/** A complex value replaced as a whole, its sub-attributes by their own mutability. */
function replaceComplex(present: unknown, given: Resource | undefined, attribute: Attribute): unknown {
  if (!isRecord(present)) return given;
  const next: Record<string, unknown> = { ...given };
  for (const subAttribute of attribute.subAttributes.values()) {
    const kept = keptValue(present, given, subAttribute);
    if (kept !== undefined) next[subAttribute.name] = kept;
  }
  if (same(present, next)) return present;
  return Object.keys(next).length === 0 ? undefined : next;
}

/** What stays of a sub-attribute that the client may not, or need not, say; undefined if what it says counts. */
function keptValue(present: Resource, given: Resource | undefined, subAttribute: Attribute): unknown {
  const { name, mutability } = subAttribute;
  const value = present[name];
  if (value === undefined) return undefined;
  // What the server knows of a reference, and a `$ref` that was not given, are not true of another one.
  const follows = mutability === "readOnly" || (name === "$ref" && given?.$ref === undefined);
  if (mutability === "readWrite" && !follows) return undefined;
  if (follows) return given !== undefined && same(present.value, given.value) ? value : undefined;
  if (given?.[name] === undefined) return value;
  if (mutability === "writeOnly") return undefined;
  if (equalValues(value, given[name], subAttribute)) return value;
  throw ScimError.mutability(`"${name}" is immutable: it has a value already, and cannot be changed.`);
}
