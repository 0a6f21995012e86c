/** PATCH operations as a change of the current state. RFC 7644 §3.5.2. */
import type { ResourceType } from "../schema/resource-type.ts";
import type { MembersDelta } from "../store/change.ts";
import { type Applier, applierOf } from "./applier.ts";
import { collectEdits } from "./collect-edits.ts";
import type { Edit } from "./edit.ts";
import { elementsOf } from "./element.ts";
import { asValue } from "./list.ts";
import { applyDelta, membersFold } from "./members-delta.ts";
import type { Operation } from "./operations.ts";
import { isMembersPlace } from "./read-elements.ts";
import type { PatchRules } from "./target.ts";

/**
 * What operations make of a resource, applied in order and as one.
 *
 * All that can be done without the current state is done here: paths are parsed, values read, mutability checked.
 * Where all that is said of members is said by id, it becomes a {@link MembersDelta}; a request that does not speak of
 * members has an empty one, so that nobody reads them.
 *
 * @throws ScimError 400 `invalidPath`, `invalidFilter`, `invalidValue` or `mutability`, if no state could make the
 *   operations succeed
 */
export function patchChange(operations: readonly Operation[], type: ResourceType, rules: PatchRules): Applier {
  const edits: Edit[] = [];
  for (const operation of operations) collectEdits(operation, type, rules, edits);
  if (!hasMembers(type)) return applierOf(edits, type, undefined);
  const onMembers = edits.filter(({ place }) => isMembersPlace(place));
  if (onMembers.some(({ fold }) => fold === undefined)) return applierOf(joinFolds(edits), type, undefined);
  return applierOf(
    edits.filter(({ place }) => !isMembersPlace(place)),
    type,
    foldAll(onMembers),
  );
}

/** Whether resources of a type have members that a {@link MembersDelta} can be about. */
function hasMembers(type: ResourceType): boolean {
  const attribute = type.attributes.get("members");
  return attribute !== undefined && isMembersPlace({ extension: undefined, attribute });
}

function foldAll(edits: readonly Edit[]): MembersDelta {
  const members = membersFold();
  for (const { fold } of edits) fold?.(members);
  return members.delta();
}

/** Neighbouring edits that are about ids, made one: a list of members is walked once for all of them. */
function joinFolds(edits: readonly Edit[]): readonly Edit[] {
  const joined: Edit[] = [];
  let run: Edit[] = [];
  const flush = (): void => {
    const [first] = run;
    if (first !== undefined) joined.push(joinedEdit(first, foldAll(run)));
    run = [];
  };
  for (const edit of edits) {
    if (edit.fold !== undefined) run.push(edit);
    else {
      if (isMembersPlace(edit.place)) flush();
      joined.push(edit);
    }
  }
  flush();
  return joined;
}

function joinedEdit({ place }: Edit, delta: MembersDelta): Edit {
  return {
    place,
    next(value) {
      const list = elementsOf(value);
      const next = applyDelta(list, delta);
      return next === list ? value : asValue(next);
    },
  };
}
