/** References: the `$ref` beside a `value` that is another resource's id. RFC 7643 §2.3.7, §2.4. */
import type { Attribute } from "../schema/attribute.ts";
import { locationOf } from "./envelope.ts";

/** Computes the `$ref` of one element; undefined where it cannot be told. */
export type Linker = (element: { readonly [name: string]: unknown }, baseUrl: string) => string | undefined;

/** Endpoints by the name of their resource type. */
export type EndpointsByName = ReadonlyMap<string, string>;

/**
 * The linker of a complex attribute whose `value` is an id and whose `$ref` points at resources served here; undefined
 * for every other attribute.
 */
export function linkerOf(attribute: Attribute, endpoints: EndpointsByName): Linker | undefined {
  const reference = attribute.subAttributes.get("$ref");
  if (reference === undefined || !attribute.subAttributes.has("value")) return undefined;
  const types = (reference.referenceTypes ?? []).filter((name) => endpoints.has(name));
  if (types.length === 0) return undefined;
  // RFC 7643 §8.7.1 lets `groups.$ref` point at users too; what lies in `groups` is a group all the same.
  const namesake = types.find((name) => `${name}s`.toLowerCase() === attribute.name.toLowerCase());
  const only = types.length === 1 ? types[0] : namesake;
  return (element, baseUrl) => {
    const { value, type } = element;
    if (typeof value !== "string" || value === "") return undefined;
    const name = typeof type === "string" && types.includes(type) ? type : only;
    const endpoint = name === undefined ? undefined : endpoints.get(name);
    return endpoint === undefined ? undefined : locationOf(baseUrl, endpoint, value);
  };
}

/**
 * Whether `$ref` is part of a response without being named. It is computed and OPTIONAL (RFC 7643 §2.4); in a list that
 * clients write, such as the members of a group, it would treble the bytes, and is sent when it is asked for.
 */
export function isLinkedByDefault(attribute: Attribute): boolean {
  return !attribute.multiValued || attribute.mutability === "readOnly";
}
