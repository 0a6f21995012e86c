/** The remove operation. RFC 7644 §3.5.2.2. */
import type { Assignments } from "./assign.ts";
import type { Edit } from "./edit.ts";
import { idsOf } from "./members-delta.ts";
import { isMembersPlace } from "./read-elements.ts";
import { assigning, changeElements } from "./selected.ts";
import { selectorOf, type Target } from "./target.ts";

/** The edit of a remove operation. A target that is not there is removed already: no error. */
export function remove(target: Target): Edit {
  const { place, attribute, subAttribute, filter } = target;
  if (subAttribute !== undefined) {
    const selects = selectorOf(target);
    const unassigned: Assignments = new Map([[subAttribute, undefined]]);
    const change = assigning(unassigned, attribute);
    return { place, next: (value) => changeElements(value, attribute, selects, change) };
  }
  if (filter === undefined) return removeWhole(target);
  const selects = selectorOf(target);
  const ids = isMembersPlace(place) ? idsOf(filter, attribute) : undefined;
  return {
    place,
    next: (value) => changeElements(value, attribute, selects, () => undefined),
    fold: ids === undefined ? undefined : (members) => members.remove(ids),
  };
}

function removeWhole({ place }: Target): Edit {
  return {
    place,
    next: () => undefined,
    fold: isMembersPlace(place) ? (members) => members.reset() : undefined,
    blind: place.attribute.mutability === "writeOnly",
  };
}
