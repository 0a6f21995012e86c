/** PATCH operations as a change of the current state. RFC 7644 §3.5.2. */
import { ScimError } from "../error.ts";
import { parsePath } from "../filter/path.ts";
import type { Attribute, Schema } from "../schema/attribute.ts";
import { refuseUnknown } from "../schema/read-value.ts";
import { resolveExtension } from "../schema/resolve.ts";
import type { ResourceType } from "../schema/resource-type.ts";
import type { MembersDelta } from "../store/change.ts";
import { add } from "./add.ts";
import { type Applier, applierOf } from "./applier.ts";
import { type Edit, guarded } from "./edit.ts";
import { elementsOf } from "./element.ts";
import { asValue } from "./list.ts";
import { applyDelta, membersFold } from "./members-delta.ts";
import { isFields, type Operation } from "./operations.ts";
import { isMembersPlace } from "./read-elements.ts";
import { remove } from "./remove.ts";
import { replace } from "./replace.ts";
import { attributeTarget, type PatchRules, readTarget, shorten, type Target } from "./target.ts";

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
  const edits = operations.flatMap((operation) => editsOf(operation, type, rules)).map(guarded);
  const onMembers = edits.filter(({ place }) => isMembersPlace(place));
  if (!hasMembers(type)) return applierOf(edits, type, undefined);
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

function editsOf({ op, path, value }: Operation, type: ResourceType, rules: PatchRules): readonly Edit[] {
  if (path === undefined) return valueEdits(op, value, type, rules);
  const extension = resolveExtension(path, type);
  if (extension !== undefined) return extensionEdits(op, value, extension, rules);
  const target = keptTarget(path, type, rules);
  if (target === undefined) return [];
  return target.attribute.name === "schemas" ? schemasEdits(op) : [editOf(op, target, value, rules)];
}

/** The target of a path; undefined if the schema knows it, the store does not keep it, and that is to be ignored. */
function keptTarget(path: string, type: ResourceType, { grammar, reading, whole }: PatchRules): Target | undefined {
  try {
    return readTarget(path, type, grammar);
  } catch (thrown) {
    const isKnown = (known: ResourceType): boolean =>
      resolveExtension(path, known) !== undefined || parsePath(path, known, grammar) !== undefined;
    const isPath = thrown instanceof ScimError && thrown.scimType !== "mutability";
    if (isPath && whole !== undefined && reading.unknownAttributes === "ignore" && isKnown(whole)) return undefined;
    throw thrown;
  }
}

function editOf(op: Operation["op"], target: Target, value: unknown, rules: PatchRules): Edit {
  if (op === "remove") return remove(target);
  return op === "add" ? add(target, value, rules) : replace(target, value, rules);
}

/** Without a path the resource is the target, and the value an object of attributes. */
function valueEdits(op: Operation["op"], value: unknown, type: ResourceType, rules: PatchRules): readonly Edit[] {
  if (!isFields(value)) {
    throw ScimError.invalidValue(`Without a "path", the "value" of "${op}" must be an object of attributes.`);
  }
  return Object.keys(value).flatMap((key): readonly Edit[] => {
    const name = key.toLowerCase();
    if (name === "schemas") return schemasEdits(op);
    const attribute = type.attributes.get(name);
    if (attribute !== undefined) return [editOf(op, attributeTarget(undefined, attribute), value[key], rules)];
    const extension = type.extensionByUrn.get(name);
    return extension === undefined ? unknownKey(key, rules) : extensionEdits(op, value[key], extension, rules);
  });
}

/** An extension as a whole is a container, as the resource is: what is not named stays, null removes all of it. */
function extensionEdits(op: Operation["op"], value: unknown, schema: Schema, rules: PatchRules): readonly Edit[] {
  if (op === "remove" || value === null) {
    return [...schema.attributes.values()]
      .filter(({ mutability }) => mutability !== "readOnly")
      .map((attribute) => remove(attributeTarget(schema.id, attribute)));
  }
  if (!isFields(value)) {
    throw ScimError.invalidValue(`The value of "${shorten(schema.id)}" must be an object of attributes.`);
  }
  return Object.keys(value).flatMap((key): readonly Edit[] => {
    const attribute: Attribute | undefined = schema.attributes.get(key.toLowerCase());
    if (attribute === undefined) return unknownKey(key, rules);
    return [editOf(op, attributeTarget(schema.id, attribute), value[key], rules)];
  });
}

/** `schemas` follows from the attributes that a resource has: it is accepted, and changed by changing those. */
function schemasEdits(op: Operation["op"]): readonly Edit[] {
  if (op !== "remove") return [];
  throw ScimError.mutability('"schemas" is required; to leave a schema, remove the attributes of its extension.');
}

function unknownKey(key: string, { reading }: PatchRules): readonly Edit[] {
  refuseUnknown(key, reading);
  return [];
}
