/** An operation as edits of the attributes it speaks of. RFC 7644 §3.5.2. */
import { ScimError } from "../error.ts";
import { parsePath } from "../filter/path.ts";
import type { Schema } from "../schema/attribute.ts";
import { refuseUnknown } from "../schema/read-value.ts";
import { resolveExtension } from "../schema/resolve.ts";
import type { ResourceType } from "../schema/resource-type.ts";
import { add } from "./add.ts";
import { type Edit, guarded } from "./edit.ts";
import { isFields, type Operation } from "./operations.ts";
import { remove } from "./remove.ts";
import { replace } from "./replace.ts";
import { attributeTarget, type PatchRules, readTarget, shorten, type Target } from "./target.ts";

/**
 * Adds the edits of an operation to those of the ones before it.
 *
 * @throws ScimError 400, as `patchChange`
 */
export function collectEdits(operation: Operation, type: ResourceType, rules: PatchRules, edits: Edit[]): void {
  const { op, path, value } = operation;
  if (path === undefined) {
    collectFromValue(op, value, type, rules, edits);
    return;
  }
  const extension = path.includes(":") ? resolveExtension(path, type) : undefined;
  if (extension !== undefined) {
    collectFromExtension(op, value, extension, rules, edits);
    return;
  }
  const target = keptTarget(path, type, rules);
  if (target === undefined) return;
  if (target.attribute.name === "schemas") checkSchemasOperation(op);
  else edits.push(editOf(op, target, value, rules));
}

/** The target of a path; undefined if the schema knows it, the store does not keep it, and that is to be ignored. */
function keptTarget(path: string, type: ResourceType, rules: PatchRules): Target | undefined {
  try {
    return readTarget(path, type, rules.grammar);
  } catch (thrown) {
    const isPath = thrown instanceof ScimError && thrown.scimType !== "mutability";
    if (isPath && rules.reading.unknownAttributes === "ignore" && isKnown(path, rules)) return undefined;
    throw thrown;
  }
}

function isKnown(path: string, { whole, grammar }: PatchRules): boolean {
  if (whole === undefined) return false;
  return resolveExtension(path, whole) !== undefined || parsePath(path, whole, grammar) !== undefined;
}

function editOf(op: Operation["op"], target: Target, value: unknown, rules: PatchRules): Edit {
  if (op === "remove") return guarded(remove(target));
  return guarded(op === "add" ? add(target, value, rules) : replace(target, value, rules));
}

/** Without a path the resource is the target, and the value an object of attributes. */
function collectFromValue(
  op: Operation["op"],
  value: unknown,
  type: ResourceType,
  rules: PatchRules,
  edits: Edit[],
): void {
  if (!isFields(value)) {
    throw ScimError.invalidValue(`Without a "path", the "value" of "${op}" must be an object of attributes.`);
  }
  for (const key of Object.keys(value)) {
    const name = key.toLowerCase();
    const attribute = type.attributes.get(name);
    const extension = attribute === undefined ? type.extensionByUrn.get(name) : undefined;
    if (name === "schemas") checkSchemasOperation(op);
    else if (attribute !== undefined) {
      edits.push(editOf(op, attributeTarget(undefined, attribute), value[key], rules));
    } else if (extension !== undefined) collectFromExtension(op, value[key], extension, rules, edits);
    else refuseUnknown(key, rules.reading);
  }
}

/** An extension as a whole is a container, as the resource is: what is not named stays, null removes all of it. */
function collectFromExtension(
  op: Operation["op"],
  value: unknown,
  schema: Schema,
  rules: PatchRules,
  edits: Edit[],
): void {
  if (op === "remove" || value === null) {
    for (const attribute of schema.attributes.values()) {
      if (attribute.mutability !== "readOnly") edits.push(guarded(remove(attributeTarget(schema.id, attribute))));
    }
    return;
  }
  if (!isFields(value)) {
    throw ScimError.invalidValue(`The value of "${shorten(schema.id)}" must be an object of attributes.`);
  }
  for (const key of Object.keys(value)) {
    const attribute = schema.attributes.get(key.toLowerCase());
    if (attribute === undefined) refuseUnknown(`${schema.id}:${key}`, rules.reading);
    else edits.push(editOf(op, attributeTarget(schema.id, attribute), value[key], rules));
  }
}

/** `schemas` follows from the attributes that a resource has: it is accepted, and changed by changing those. */
function checkSchemasOperation(op: Operation["op"]): void {
  if (op !== "remove") return;
  throw ScimError.mutability('"schemas" is required; to leave a schema, remove the attributes of its extension.');
}
