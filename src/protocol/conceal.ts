/** Concealment: what no hook and no event may see, passwords above all. RFC 7643 §4.1.1, §9.2. */
import { isRecord } from "../filter/present.ts";
import type { Attribute, Resource } from "../schema/attribute.ts";
import type { ResourceType } from "../schema/resource-type.ts";
import type { Stored } from "../store/stored.ts";

/** The same resource without what is writeOnly or never returned; the very same one if it has nothing of it. */
export type Conceal = (stored: Stored) => Stored;

/** An attribute that is secret as a whole, or the sub-attributes of one that are. */
interface Secret {
  readonly name: string;
  readonly parts: readonly string[] | undefined;
}

/** Works out beforehand what is secret of a resource type, in its extensions and sub-attributes too. */
export function concealing(type: ResourceType): Conceal {
  const own = secretsOf(type.attributes);
  const extensions = type.extensions
    .map(({ schema }) => ({ urn: schema.id, secrets: secretsOf(schema.attributes) }))
    .filter(({ secrets }) => secrets.length > 0);
  return (stored) => {
    const held = extensions.filter(({ urn, secrets }) => hasAny(stored[urn], secrets));
    if (held.length === 0 && !hasAny(stored, own)) return stored;
    const { id, meta, ...rest } = stored;
    const visible: { [name: string]: unknown } = without(rest, own);
    for (const { urn, secrets } of held) {
      const holder = stored[urn];
      if (isRecord(holder)) visible[urn] = without(holder, secrets);
    }
    return { ...visible, id, meta };
  };
}

function secretsOf(attributes: ReadonlyMap<string, Attribute>): readonly Secret[] {
  return [...attributes.values()].flatMap((attribute): readonly Secret[] => {
    const { name, subAttributes } = attribute;
    if (isSecret(attribute)) return [{ name, parts: undefined }];
    const parts = [...subAttributes.values()].filter(isSecret).map((part) => part.name);
    return parts.length === 0 ? [] : [{ name, parts }];
  });
}

function isSecret({ returned, mutability }: Attribute): boolean {
  return returned === "never" || mutability === "writeOnly";
}

function hasAny(holder: unknown, secrets: readonly Secret[]): boolean {
  return isRecord(holder) && secrets.some(({ name }) => holder[name] !== undefined);
}

function without(holder: Resource, secrets: readonly Secret[]): { [name: string]: unknown } {
  const visible: { [name: string]: unknown } = { ...holder };
  for (const { name, parts } of secrets) {
    if (parts === undefined) delete visible[name];
    else if (holder[name] !== undefined) visible[name] = withoutParts(holder[name], parts);
  }
  return visible;
}

function withoutParts(value: unknown, parts: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((element: unknown) => withoutParts(element, parts));
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([name]) => !parts.includes(name)));
}
