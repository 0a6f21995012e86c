/** Reading a whole body against its resource type. RFC 7643 §2, RFC 7644 §3.3, §3.5.1. */
import { ScimError } from "../error.ts";
import type { Attribute, Resource } from "./attribute.ts";
import { isRecord } from "./data-type.ts";
import { defaultOf } from "./default-value.ts";
import { isBlank, namedTwice, readBodyValue, refuseUnknown, requireParts } from "./read-value.ts";
import type { Reading } from "./reading.ts";
import type { ResourceType } from "./resource-type.ts";

/** What a body says. */
export interface ReadResource {
  /** The attributes with a value, in canonical case, without readOnly ones. */
  readonly resource: Resource;
  /**
   * The top-level attributes that the body names, whatever they hold (null and `[]` too), by canonical path: `members`,
   * `urn:…:User:manager`. On creation without the defaults.
   */
  readonly asserted: ReadonlySet<string>;
}

type Fields = Record<string, unknown>;

/**
 * Reads the body of a POST or PUT: a copy that follows the schema, so that keys the schema does not have lead nowhere.
 *
 * ReadOnly attributes are ignored; null, `[]` and `{}` are no value (RFC 7643 §2.5); on creation, attributes that are
 * not named get their defaults.
 *
 * @throws ScimError 400 `invalidSyntax` for a body that is no object, an attribute named twice in different case, or an
 *   unknown one where those are not ignored; 400 `invalidValue` for a value that does not fit, or a required one that is
 *   missing
 */
export function readResource(
  body: unknown,
  type: ResourceType,
  mode: "create" | "replace",
  reading: Reading,
): ReadResource {
  if (!isRecord(body)) throw ScimError.invalidSyntax(`The body must be a JSON object, a ${type.name} resource.`);
  const asserted = new Set<string>();
  const resource = readAttributes(body, type.attributes, "", reading, asserted, (key, value) => {
    const extension = type.extensionByUrn.get(key.toLowerCase());
    if (extension === undefined) return undefined;
    const read = readExtension(value, extension.id, extension.attributes, reading, asserted);
    return { name: extension.id, value: read };
  });
  requireAll(resource, type.attributes, "", mode);
  for (const { schema, required } of type.extensions) {
    const held = resource[schema.id];
    if (isRecord(held)) requireAll(held, schema.attributes, `${schema.id}:`, mode);
    else if (required) throw ScimError.invalidValue(`The extension "${schema.id}" is required.`);
  }
  return { resource, asserted };
}

type ReadOther = (key: string, value: unknown) => { readonly name: string; readonly value: unknown } | undefined;

function readAttributes(
  fields: Readonly<Fields>,
  attributes: ReadonlyMap<string, Attribute>,
  prefix: string,
  reading: Reading,
  asserted: Set<string>,
  readOther: ReadOther,
): Fields {
  const resource: Fields = {};
  const seen = new Set<string>();
  for (const key of Object.keys(fields)) {
    const attribute = attributes.get(key.toLowerCase());
    const other = attribute === undefined ? readOther(key, fields[key]) : undefined;
    const name = attribute?.name ?? other?.name;
    if (name === undefined) {
      refuseUnknown(`${prefix}${key}`, reading);
      continue;
    }
    if (seen.has(name)) throw namedTwice(`${prefix}${name}`);
    seen.add(name);
    if (attribute?.mutability === "readOnly") continue;
    if (attribute !== undefined) asserted.add(`${prefix}${name}`);
    const value =
      attribute === undefined ? other?.value : readBodyValue(fields[key], attribute, `${prefix}${name}`, reading);
    if (value !== undefined) resource[name] = value;
  }
  return resource;
}

function readExtension(
  value: unknown,
  urn: string,
  attributes: ReadonlyMap<string, Attribute>,
  reading: Reading,
  asserted: Set<string>,
): Fields | undefined {
  if (value === null || value === undefined) {
    for (const { name } of attributes.values()) asserted.add(`${urn}:${name}`);
    return undefined;
  }
  if (!isRecord(value)) throw ScimError.invalidValue(`"${urn}" must be an object of the extension's attributes.`);
  const read = readAttributes(value, attributes, `${urn}:`, reading, asserted, () => undefined);
  return Object.keys(read).length === 0 ? undefined : read;
}

/** Fills in defaults on creation, then looks for what must be there. */
function requireAll(
  resource: Fields,
  attributes: ReadonlyMap<string, Attribute>,
  prefix: string,
  mode: "create" | "replace",
): void {
  for (const attribute of attributes.values()) {
    const { name, required, mutability, defaultValue } = attribute;
    if (mode === "create" && defaultValue !== undefined && resource[name] === undefined) {
      resource[name] = defaultOf(attribute);
    }
    if (required && mutability !== "readOnly" && resource[name] === undefined) {
      throw ScimError.invalidValue(`"${prefix}${name}" is required.`);
    }
  }
}

/**
 * Looks for required attributes and sub-attributes that a resource lacks.
 *
 * @throws ScimError 400 `invalidValue` naming the first
 */
export function requireAttributes(resource: Resource, type: ResourceType): void {
  requirePresent(resource, type.attributes, "");
  for (const { schema, required } of type.extensions) {
    const held = resource[schema.id];
    if (isRecord(held)) requirePresent(held, schema.attributes, `${schema.id}:`);
    else if (required) throw ScimError.invalidValue(`The extension "${schema.id}" is required.`);
  }
}

function requirePresent(resource: Resource, attributes: ReadonlyMap<string, Attribute>, prefix: string): void {
  for (const attribute of attributes.values()) {
    const value = resource[attribute.name];
    const where = `${prefix}${attribute.name}`;
    if (value === undefined || isBlank(value)) {
      if (attribute.required && attribute.mutability !== "readOnly")
        throw ScimError.invalidValue(`"${where}" is required.`);
    } else if (attribute.type === "complex") {
      for (const element of Array.isArray(value) ? value : [value]) {
        if (isRecord(element)) requireParts(element, attribute, where);
      }
    }
  }
}
