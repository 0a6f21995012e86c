/** Find: the attribute that a name in a filter refers to, or why there is none. RFC 7644 §3.4.2.1, §3.4.2.2, §3.10. */
import { ScimError } from "../error.ts";
import type { Attribute, AttributePath } from "../schema/attribute.ts";
import type { Relaxations } from "../schema/relaxation.ts";
import { resolvePath } from "../schema/resolve.ts";
import type { ResourceType } from "../schema/resource-type.ts";
import { quoted } from "./name.ts";

/**
 * What a filter means by an attribute that the resource type does not have: `reject` answers 400; `absent` takes it
 * for an attribute without a value, as queries across resource types must (RFC 7644 §3.4.2.1).
 */
export type UnknownAttributes = "reject" | "absent";

/** What names in a filter refer to, and how it is read. */
export interface Scope {
  readonly type: ResourceType;
  readonly relaxed: Relaxations;
  readonly unknownAttributes: UnknownAttributes;
  /** The attribute in whose brackets the names stand; they are then those of its sub-attributes. */
  readonly element: AttributePath | undefined;
  /** Whether `primary eq false` is to become `primary ne true`. */
  readonly assumeFalse: boolean;
}

/**
 * Looks a name up.
 *
 * @returns undefined if there is no such attribute, and `unknownAttributes` is `absent`
 * @throws ScimError 400 `invalidFilter` if there is none, or it is not for filters
 */
export function findAttribute(name: string, scope: Scope): AttributePath | undefined {
  const { element, type, relaxed } = scope;
  const path = element === undefined ? resolvePath(name, type, relaxed) : findInElement(name, element);
  if (path !== undefined) return checkFilterable(path);
  if (scope.unknownAttributes === "absent") return undefined;
  throw ScimError.invalidFilter(
    element === undefined ? unknownAttribute(name, scope) : unknownSubAttribute(name, element),
  );
}

/**
 * Refuses what never leaves the server: whoever may filter by a password can guess it letter by letter.
 *
 * @throws ScimError 400 `invalidFilter`
 */
export function checkFilterable(path: AttributePath): AttributePath {
  if (!isSecret(path.attribute) && !isSecret(path.subAttribute)) return path;
  throw ScimError.invalidFilter(`"${path.text}" cannot be used in a filter, since it is never returned.`);
}

function isSecret(attribute: Attribute | undefined): boolean {
  return attribute !== undefined && (attribute.returned === "never" || attribute.mutability === "writeOnly");
}

/** In the brackets behind a simple multi-valued attribute, `value` is the element itself. */
function findInElement(name: string, element: AttributePath): AttributePath | undefined {
  const { attribute, extension, text } = element;
  const key = name.toLowerCase();
  if (attribute.type !== "complex") return key === "value" ? element : undefined;
  const subAttribute = attribute.subAttributes.get(key);
  if (subAttribute === undefined) return undefined;
  return { extension, attribute, subAttribute, text: `${text}.${subAttribute.name}` };
}

function unknownAttribute(name: string, { type, relaxed }: Scope): string {
  const dot = name.lastIndexOf(".");
  if (dot > name.lastIndexOf(":")) {
    const parent = resolvePath(name.slice(0, dot), type, relaxed);
    if (parent !== undefined) return unknownSubAttribute(name.slice(dot + 1), parent);
  }
  const key = name.toLowerCase();
  for (const { schema } of type.extensions) {
    const attribute = schema.attributes.get(key);
    if (attribute !== undefined) {
      return `${quoted(name)} is an attribute of an extension; write "${schema.id}:${attribute.name}".`;
    }
  }
  return `${quoted(name)} is not an attribute of ${type.name}.`;
}

function unknownSubAttribute(name: string, { attribute, subAttribute, text }: AttributePath): string {
  if (attribute.type !== "complex") return `"${text}" is not complex: it has no sub-attribute ${quoted(name)}.`;
  const names = [...attribute.subAttributes.values()].map((sub) => sub.name);
  const known = subAttribute === undefined && names.length <= 12 ? `; it has ${names.join(", ")}` : "";
  return `"${text}" has no sub-attribute ${quoted(name)}${known}.`;
}
