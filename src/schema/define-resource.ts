/** defineResource: a kind of resource, written in zod. RFC 7643 §3.2, §6. */
import type { z } from "zod";
import type { Attribute, Resource, Schema } from "./attribute.ts";
import { type CommonAttributes, commonAttributes } from "./common.ts";
import { checkDefaults } from "./default-value.ts";
import type { Extension } from "./define-extension.ts";
import { readAttributes } from "./read-zod.ts";
import { buildResourceType, type ResourceType } from "./resource-type.ts";
import { checkUrn } from "./urn.ts";

/** What a resource holds of its extensions: under each URN, the extension's attributes. RFC 7643 §3.3. */
export type Extended<Extensions extends readonly Extension[]> = Extensions extends readonly [
  infer First,
  ...infer Rest extends readonly Extension[],
]
  ? Held<First> & Extended<Rest>
  : unknown;

type Held<E> =
  E extends Extension<infer Urn, infer Value, infer Required>
    ? [Required] extends [true]
      ? { [urn in Urn]: Value }
      : { [urn in Urn]?: Value | undefined }
    : unknown;

/** The TypeScript type of a resource: the core schema's attributes, externalId, and its extensions under their URNs. */
export type ResourceOf<Core, Extensions extends readonly Extension[]> = AsResource<
  Core & CommonAttributes & Extended<Extensions>
>;

/** `T` itself; an intersection with Resource would hide its keys behind an index signature. */
export type AsResource<T> = T extends Resource ? T : never;

/** What {@link defineResource} takes. */
export interface ResourceDefinition<
  T extends z.core.$ZodObject,
  Extensions extends readonly Extension[],
  Name extends string = string,
> {
  /** `Device`: what `meta.resourceType` will say. */
  readonly name: Name;
  /** Where it is served, relative to the SCIM base. Default: `/`, the name, `s`. */
  readonly endpoint?: string;
  /** The URN of its schema. */
  readonly urn: string;
  /** Its attributes, without the common ones (`schemas`, `id`, `externalId`, `meta`); see {@link attribute}. */
  readonly schema: T;
  /** For `/Schemas` and `/ResourceTypes`. Default: the name. */
  readonly description?: string;
  /** Default: none. */
  readonly extensions?: Extensions;
}

/**
 * Defines a kind of resource.
 *
 * @throws Error naming the part that SCIM cannot say: see `readAttributes`, and for a name, endpoint or URN that is not
 *   one, or that clashes with another
 * @example
 * ```ts
 * const Device = defineResource({
 *   name: "Device",
 *   urn: "urn:acme:params:scim:schemas:core:2.0:Device",
 *   schema: z.object({ serial: attribute(z.string(), { uniqueness: "server" }) }),
 * });
 * ```
 * @see RFC 7643 §3.2
 */
export function defineResource<
  T extends z.core.$ZodObject,
  const Extensions extends readonly Extension[] = [],
  const Name extends string = string,
>(definition: ResourceDefinition<T, Extensions, Name>): ResourceType<ResourceOf<z.core.output<T>, Extensions>, Name> {
  const { name, urn } = definition;
  checkName(name);
  checkUrn(urn);
  const attributes = readAttributes(definition.schema, urn);
  refuseCommon(attributes, urn);
  checkDefaults(attributes, urn);
  const description = definition.description ?? name;
  return buildResourceType({
    name,
    endpoint: checkEndpoint(definition.endpoint ?? `/${name}s`),
    description,
    schema: { id: urn, name, description, attributes } satisfies Schema,
    extensions: definition.extensions ?? [],
  });
}

function refuseCommon(attributes: ReadonlyMap<string, Attribute>, urn: string): void {
  for (const [key, { name }] of attributes) {
    if (!commonAttributes.has(key)) continue;
    throw new Error(
      `${urn}: attribute "${name}" is one that every resource has already (RFC 7643 §3.1); leave it out.`,
    );
  }
}

function checkName(name: string): void {
  if (/^[A-Za-z][A-Za-z0-9]*$/.test(name)) return;
  throw new Error(`"${name}" is not a name for a resource type; use letters and digits, like "Device".`);
}

/** The endpoints of RFC 7644 §3.2 that are not a resource type's. */
const taken: ReadonlySet<string> = new Set(["/me", "/bulk", "/schemas", "/resourcetypes", "/serviceproviderconfig"]);

function checkEndpoint(endpoint: string): string {
  if (/^\/[A-Za-z0-9_-]+$/.test(endpoint) && !taken.has(endpoint.toLowerCase())) return endpoint;
  throw new Error(
    `"${endpoint}" cannot be an endpoint; use a slash and a word that SCIM does not use, like "/Devices".`,
  );
}
