/** The replace operation. RFC 7644 §3.5.2.3. */
import { set } from "./add.ts";
import type { Edit } from "./edit.ts";
import { replacing } from "./list.ts";
import { asMembers } from "./members-delta.ts";
import { isMembersPlace, readElements } from "./read-elements.ts";
import type { PatchRules, Target } from "./target.ts";

/**
 * The edit of a replace operation. It differs from `add` at multi-valued attributes and sub-attributes alone.
 *
 * @throws ScimError 400 `invalidValue` if the value does not fit the target
 */
export function replace(target: Target, value: unknown, rules: PatchRules): Edit {
  const { place, attribute, subAttribute, filter } = target;
  if (filter !== undefined || subAttribute !== undefined || !attribute.multiValued) {
    return set(target, value, rules, false);
  }
  const elements = readElements(target, value, rules);
  const members = isMembersPlace(place) ? asMembers(elements) : undefined;
  return {
    place,
    next: replacing(elements, attribute),
    fold:
      members &&
      ((fold) => {
        fold.reset();
        fold.add(members);
      }),
  };
}
