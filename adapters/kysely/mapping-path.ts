/** Mapping paths: what a mapping names before a column, `emails[type eq "work"].value`. */
import type { Attribute, ResourceType } from "scimkit";

/** One element of a multi-valued attribute, told by one of its sub-attributes. */
export interface Selector {
  readonly attribute: Attribute;
  readonly value: string | boolean;
}

/** A mapping path, resolved. */
export interface MappingPath {
  /** The URN of the extension that holds the attribute; undefined for core attributes. */
  readonly extension: string | undefined;
  readonly attribute: Attribute;
  readonly selector: Selector | undefined;
  readonly subAttribute: Attribute | undefined;
}

const shape = /^([^.[\]]+)(?:\[\s*(\w+)\s+eq\s+("(?:[^"\\]|\\.)*"|true|false)\s*\])?(?:\.([\w$-]+))?$/i;

/**
 * Resolves a mapping path against the schema.
 *
 * @throws Error that says which part of the path names nothing
 */
export function readMappingPath(text: string, type: ResourceType): MappingPath {
  const { extension, attributes, rest } = splitUrn(text, type);
  const match = shape.exec(rest);
  if (match === null) throw new Error(`"${text}" is no attribute path. ${forms}`);
  const [, name = "", selectorName, literal, subName] = match;
  const attribute = attributes.get(name.toLowerCase());
  if (attribute === undefined) throw new Error(`"${text}" names no attribute of ${type.name}.`);
  const sub = (wanted: string): Attribute => {
    const found = attribute.subAttributes.get(wanted.toLowerCase());
    if (found === undefined) throw new Error(`"${text}": "${attribute.name}" has no sub-attribute "${wanted}".`);
    return found;
  };
  const subAttribute = subName === undefined ? undefined : sub(subName);
  if (selectorName === undefined || literal === undefined) {
    return { extension, attribute, selector: undefined, subAttribute };
  }
  if (!attribute.multiValued) throw new Error(`"${text}": "${attribute.name}" has one value, nothing to select from.`);
  if (subAttribute === undefined) throw new Error(`"${text}" must end in a sub-attribute, such as ".value".`);
  return { extension, attribute, selector: selectorOf(text, sub(selectorName), literal), subAttribute };
}

const forms = 'Write "userName", "name.givenName", \'emails[type eq "work"].value\' or "urn:…:User:department".';

function selectorOf(text: string, attribute: Attribute, literal: string): Selector {
  const value: unknown = JSON.parse(literal.startsWith('"') ? literal : literal.toLowerCase());
  const fits = attribute.type === "boolean" ? typeof value === "boolean" : typeof value === "string";
  if (!fits || (typeof value !== "string" && typeof value !== "boolean")) {
    throw new Error(`"${text}": ${literal} is no value of "${attribute.name}", which is of type ${attribute.type}.`);
  }
  return { attribute, value };
}

interface Split {
  readonly extension: string | undefined;
  readonly attributes: ReadonlyMap<string, Attribute>;
  readonly rest: string;
}

function splitUrn(text: string, type: ResourceType): Split {
  const lower = text.toLowerCase();
  const urns = [type.schema, ...type.extensions.map(({ schema }) => schema)];
  for (const schema of urns) {
    if (!lower.startsWith(`${schema.id.toLowerCase()}:`)) continue;
    const rest = text.slice(schema.id.length + 1);
    if (schema === type.schema) return { extension: undefined, attributes: type.attributes, rest };
    return { extension: schema.id, attributes: schema.attributes, rest };
  }
  if (lower.startsWith("urn:")) {
    throw new Error(`"${text}" is under no schema of ${type.name}: ${urns.map(({ id }) => id).join(", ")}.`);
  }
  return { extension: undefined, attributes: type.attributes, rest: text };
}
