/** Reading one attribute's value: canonical case, types, no nulls. RFC 7643 §2.1–2.5. */
import { ScimError } from "../error.ts";
import type { Attribute } from "./attribute.ts";
import { expected, isRecord, misfit } from "./data-type.ts";
import { mergeElements } from "./merge-elements.ts";
import type { Reading } from "./reading.ts";

/** What the value belongs to: a whole body, an operation, or an operation that merges into what is there. */
type Occasion = "body" | "operation" | "merge";

/** Sub-attributes by canonical and by lower-cased name. */
type Names = ReadonlyMap<string, Attribute>;

/**
 * Reads the whole value of an attribute in a PATCH operation.
 *
 * Names come out in canonical case, readOnly sub-attributes and what the schema does not know are left out, elements
 * with the same value and type are merged, and one of several primary elements stays so (the last). One value for a
 * multi-valued attribute becomes a list of one. Required sub-attributes of a single complex value are not looked for,
 * since the operation may merge: see `requireAttributes`.
 *
 * @param where - the attribute's path, for errors
 * @returns undefined for null, `[]`, `{}` and anything that comes to them: unassigned, RFC 7643 §2.5
 * @throws ScimError 400 `invalidValue` for a value that does not fit; 400 `invalidSyntax` for a sub-attribute named
 *   twice, or unknown where that is not ignored
 */
export function readValue(value: unknown, attribute: Attribute, where: string, reading: Reading): unknown {
  return readAny(value, attribute, where, "", reading, "operation");
}

/** As {@link readValue}, of a body that says all there is: one value is no list, and nothing required may be missing. */
export function readBodyValue(value: unknown, attribute: Attribute, where: string, reading: Reading): unknown {
  return readAny(value, attribute, where, "", reading, "body");
}

/** As {@link readValue}, of one element of a multi-valued attribute; required sub-attributes must be there. */
export function readElement(value: unknown, attribute: Attribute, where: string, reading: Reading): unknown {
  return readOne(value, attribute, where, "", reading, "operation");
}

/**
 * As {@link readValue}, of a complex value, or a complex element, that will be merged into the one that is there:
 * required sub-attributes may be missing.
 */
export function readPartial(value: unknown, attribute: Attribute, where: string, reading: Reading): unknown {
  return readOne(value, attribute, where, "", reading, "merge");
}

/** 400 `invalidValue` about the attribute at `where`: its whole path is named. */
export function unfit(where: string, name: string, problem: string): ScimError {
  return ScimError.invalidValue(`"${name === "" ? where : `${where}.${name}`}" ${problem}.`);
}

/** A name that a client sent, short enough to be repeated. */
export function shortened(name: string): string {
  return name.length > 100 ? `${name.slice(0, 99)}…` : name;
}

/** `name` is the sub-attribute's, or empty: the path is put together only when there is something to complain about. */
function readAny(
  value: unknown,
  attribute: Attribute,
  where: string,
  name: string,
  reading: Reading,
  occasion: Occasion,
): unknown {
  if (!attribute.multiValued) return readOne(value, attribute, where, name, reading, occasion);
  if (value === null || value === undefined) return undefined;
  const whole = reading.coerce === undefined ? value : reading.coerce(value, attribute);
  if (whole === null || whole === undefined) return undefined;
  if (Array.isArray(whole)) return readElements(whole, attribute, where, name, reading, occasion);
  if (occasion === "body") throw unfit(where, name, expected("an array", whole));
  return readElements([whole], attribute, where, name, reading, occasion);
}

function readElements(
  values: readonly unknown[],
  attribute: Attribute,
  where: string,
  name: string,
  reading: Reading,
  occasion: Occasion,
): unknown {
  const elements: unknown[] = [];
  for (const value of values) {
    const element = readOne(value, attribute, where, name, reading, occasion);
    if (element !== undefined) elements.push(element);
    else if (isKnownByValue(attribute)) throw unfit(where, name, 'has an element without a "value"');
  }
  if (elements.length === 0) return undefined;
  const merged = mergeElements(elements, attribute);
  if (occasion === "body" && attribute.checkAll !== undefined) {
    const problem = attribute.checkAll(merged);
    if (problem !== undefined) throw unfit(where, name, `is not acceptable: ${problem}`);
  }
  return merged;
}

/** A member that names nobody must not be passed over: a list of such members would read as none, and empty the group. */
function isKnownByValue({ subAttributes }: Attribute): boolean {
  return subAttributes.get("value")?.mutability === "immutable";
}

function readOne(
  value: unknown,
  attribute: Attribute,
  where: string,
  name: string,
  reading: Reading,
  occasion: Occasion,
): unknown {
  if (value === null || value === undefined) return undefined;
  const single = reading.coerce === undefined ? value : reading.coerce(value, attribute);
  if (single === null || single === undefined) return undefined;
  const wrong = misfit(single, attribute.type);
  if (wrong !== undefined) throw unfit(where, name, wrong);
  if (attribute.type === "complex")
    return isRecord(single) ? readParts(single, attribute, where, reading, occasion) : undefined;
  const prepared = typeof single === "string" && attribute.prepare !== undefined ? attribute.prepare(single) : single;
  if (attribute.required && isBlank(prepared)) throw unfit(where, name, "is required and must not be empty");
  demand(prepared, attribute, where, name);
  return prepared;
}

function demand(value: unknown, attribute: Attribute, where: string, name: string): void {
  const problem = attribute.check?.(value);
  if (problem !== undefined) throw unfit(where, name, `is not acceptable: ${problem}`);
}

function readParts(
  value: Readonly<Record<string, unknown>>,
  attribute: Attribute,
  where: string,
  reading: Reading,
  occasion: Occasion,
): unknown {
  const { names, required } = tableOf(attribute);
  const parts: Record<string, unknown> = {};
  let isEmpty = true;
  let renamed: Set<Attribute> | undefined;
  let reference: unknown;
  for (const key of Object.keys(value)) {
    let part = names.get(key);
    if (part === undefined) {
      part = names.get(key.toLowerCase());
      if (part === undefined) {
        refuseUnknown(`${where}.${key}`, reading);
        continue;
      }
    }
    if (part.name !== key) {
      renamed ??= new Set();
      if (renamed.has(part) || Object.hasOwn(value, part.name)) throw namedTwice(`${where}.${part.name}`);
      renamed.add(part);
    }
    if (part.mutability === "readOnly") continue;
    const read = readAny(value[key], part, where, part.name, reading, occasion);
    if (read === undefined) continue;
    isEmpty = false;
    if (part.name === "$ref") reference = read;
    else parts[part.name] = read;
  }
  if (reference !== undefined && !repeats(reference, parts.value)) parts.$ref = reference;
  if (isEmpty) return undefined;
  if (occasion === "body" || (occasion === "operation" && attribute.multiValued)) requireEach(parts, required, where);
  if (occasion !== "merge") demand(parts, attribute, where, "");
  return parts;
}

/**
 * Whether a `$ref` says what the id beside it says: it is computed from the id for each response, so that a client that
 * sends back what it has read changes nothing (RFC 7643 §2.4).
 */
function repeats(reference: unknown, value: unknown): boolean {
  return (
    typeof reference === "string" &&
    typeof value === "string" &&
    (reference.endsWith(`/${value}`) || reference.endsWith(`/${encodeURIComponent(value)}`))
  );
}

/** 400 `invalidValue` when a complex value lacks a required sub-attribute. */
export function requireParts(parts: Readonly<Record<string, unknown>>, attribute: Attribute, where: string): void {
  requireEach(parts, requiredParts(attribute), where);
}

function requireEach(parts: Readonly<Record<string, unknown>>, required: readonly Attribute[], where: string): void {
  for (const part of required) {
    const value = parts[part.name];
    if (value === undefined || value === null || isBlank(value)) throw unfit(where, part.name, "is required");
  }
}

/** The sub-attributes that a client must give with every value of a complex attribute. */
export function requiredParts(attribute: Attribute): readonly Attribute[] {
  return tableOf(attribute).required;
}

/** 400 `invalidSyntax` for an attribute that the schema does not have, unless such are ignored. */
export function refuseUnknown(path: string, reading: Reading): void {
  if (reading.unknownAttributes === "ignore") return;
  throw ScimError.invalidSyntax(
    `There is no attribute "${shortened(path)}"; see /Schemas for the attributes there are.`,
  );
}

/** 400 `invalidSyntax` for an attribute that the body names twice, in different case. */
export function namedTwice(path: string): ScimError {
  return ScimError.invalidSyntax(`"${path}" is there twice, in different upper and lower case; send it once.`);
}

/** Text with nothing to see in it. */
export function isBlank(value: unknown): boolean {
  return typeof value === "string" && value.trim() === "";
}

interface PartTable {
  readonly names: Names;
  readonly required: readonly Attribute[];
}

const tables = new WeakMap<Attribute, PartTable>();

function tableOf(attribute: Attribute): PartTable {
  const known = tables.get(attribute);
  if (known !== undefined) return known;
  const parts = [...attribute.subAttributes.values()];
  const built: PartTable = {
    names: new Map([...attribute.subAttributes, ...parts.map((part): [string, Attribute] => [part.name, part])]),
    required: parts.filter((part) => part.required && part.mutability !== "readOnly"),
  };
  tables.set(attribute, built);
  return built;
}
