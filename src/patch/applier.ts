/** Edits applied to the current state of a resource, copying what they touch and nothing else. RFC 7644 §3.5. */

import { isRecord } from "../filter/present.ts";
import type { Attribute } from "../schema/attribute.ts";
import type { ResourceType } from "../schema/resource-type.ts";
import type { Applied, MembersDelta } from "../store/change.ts";
import { difference, type Place, pathOf, valueAt } from "../store/difference.ts";
import type { Stored } from "../store/stored.ts";
import { checkDemands, checkRequired } from "./check-result.ts";
import type { Edit } from "./edit.ts";

/** A PUT or PATCH without its precondition: what a {@link Change} is made of. */
export interface Applier {
  /** As {@link Change.members}. */
  readonly members: MembersDelta | undefined;
  /**
   * As {@link Change.apply}, without `If-Match`. Never mutates `current`; whole or not at all.
   *
   * @throws ScimError 400 `mutability`, `noTarget`, `invalidValue` if the request does not fit the current state
   */
  apply(current: Stored): Applied;
}

/**
 * The applier of edits, in order.
 *
 * @param members - what the request says of members by id; then none of the edits is of members, and `apply` leaves
 *   them out
 * @param places - the places of the edits, each once, if they are known
 */
export function applierOf(
  edits: readonly Edit[],
  type: ResourceType,
  members: MembersDelta | undefined,
  places: readonly Place[] = distinctPlaces(edits),
): Applier {
  const demanding = places.filter(({ attribute }) => attribute.check !== undefined || attribute.checkAll !== undefined);
  const blind = distinctPlaces(edits.filter((edit) => edit.blind === true));
  return {
    members,
    apply(current) {
      const resource = attributesOf(current, members !== undefined);
      const written: Place[] = [];
      for (const { place, next } of edits) {
        const before = valueAt(resource, place);
        const after = next(before);
        if (after === before) continue;
        write(resource, place, after);
        written.push(place);
      }
      const changed = difference(current, resource, type, distinct(written));
      if (changed.length > 0) {
        checkRequired(current, resource, type, places);
        checkDemands(resource, demanding);
      }
      const unseen = blind.filter(
        (place) => valueAt(current, place) === undefined && valueAt(resource, place) === undefined,
      );
      return { resource, changed: unseen.length === 0 ? changed : [...changed, ...unseen.map(pathOf)] };
    },
  };
}

type Working = { [name: string]: unknown };

function attributesOf(current: Stored, withoutMembers: boolean): Working {
  const { id, meta, schemas, ...resource } = current;
  if (!withoutMembers || !("members" in resource)) return resource;
  const { members, ...rest } = resource;
  return rest;
}

/** Writes into a copy of the resource; the object of an extension is copied with it. */
function write(resource: Working, { extension, attribute }: Place, value: unknown): void {
  if (extension === undefined) {
    assignOrDelete(resource, attribute.name, value);
    return;
  }
  const holder = resource[extension];
  const copy: Working = isRecord(holder) ? { ...holder } : {};
  assignOrDelete(copy, attribute.name, value);
  assignOrDelete(resource, extension, Object.keys(copy).length === 0 ? undefined : copy);
}

function assignOrDelete(holder: Working, name: string, value: unknown): void {
  if (value === undefined) delete holder[name];
  else holder[name] = value;
}

function distinctPlaces(edits: readonly Edit[]): readonly Place[] {
  return distinct(edits.map(({ place }) => place));
}

function distinct(places: readonly Place[]): readonly Place[] {
  if (places.length < 2) return places;
  const byAttribute = new Map<Attribute, Place>();
  for (const place of places) byAttribute.set(place.attribute, place);
  return [...byAttribute.values()];
}
