/** What must be there: required attributes, sub-attributes and extensions. RFC 7643 §7, RFC 7644 §3.5.1. */
import { ScimError } from "../error.ts";
import type { Attribute, Resource } from "./attribute.ts";
import { isRecord } from "./data-type.ts";
import { isBlank, requiredParts, requireParts, unfit } from "./read-value.ts";
import type { ResourceType } from "./resource-type.ts";

/** What one schema demands of what a resource holds of it. */
interface Demands {
  /** In paths: `urn:…:`, or nothing for the core schema. */
  readonly prefix: string;
  /** What a client must give; without readOnly attributes, which it cannot give. */
  readonly required: readonly Attribute[];
  /** Complex attributes with required sub-attributes, and lists that are checked as a whole. */
  readonly looked: readonly Attribute[];
}

interface TypeDemands {
  readonly core: Demands;
  readonly extensions: readonly { readonly urn: string; readonly required: boolean; readonly demands: Demands }[];
}

const tables = new WeakMap<ResourceType, TypeDemands>();

/**
 * Checks that a changed resource still has what it must have: after a PATCH, whose operations are read one by one.
 *
 * Attributes that are never returned (a password) are not looked for, since a store does not give them back.
 *
 * @throws ScimError 400 `invalidValue` naming the attribute that is missing or blank, or the list that does not fit
 * @see RFC 7644 §3.5.2
 */
export function requireAttributes(resource: Resource, type: ResourceType): void {
  const { core, extensions } = demandsOf(type);
  requireAll(resource, core, true);
  for (const { urn, required, demands } of extensions) {
    const held = heldOf(resource, urn, required);
    if (held !== undefined) requireAll(held, demands, true);
  }
}

/**
 * Checks that a body that says all there is names what it must name. What it does name has been read already.
 *
 * @throws ScimError 400 `invalidValue` naming the attribute or extension that is missing
 */
export function requireNamed(resource: Resource, type: ResourceType): void {
  const { core, extensions } = demandsOf(type);
  requireAll(resource, core, false);
  for (const { urn, required, demands } of extensions) {
    const held = heldOf(resource, urn, required);
    if (held !== undefined) requireAll(held, demands, false);
  }
}

function heldOf(resource: Resource, urn: string, required: boolean): Resource | undefined {
  const held = resource[urn];
  if (isRecord(held)) return held;
  if (required) throw ScimError.invalidValue(`The extension "${urn}" is required.`);
  return undefined;
}

function requireAll(held: Resource, { prefix, required, looked }: Demands, isStored: boolean): void {
  for (const attribute of required) {
    const value = held[attribute.name];
    if (isStored && attribute.returned === "never") continue;
    if (isMissing(value)) throw unfit(prefix + attribute.name, "", "is required");
  }
  if (!isStored) return;
  for (const attribute of looked) {
    const value = held[attribute.name];
    if (value !== undefined && value !== null) lookInto(value, attribute, prefix + attribute.name);
  }
}

function isMissing(value: unknown): boolean {
  return value === undefined || value === null || isBlank(value) || (Array.isArray(value) && value.length === 0);
}

function lookInto(value: unknown, attribute: Attribute, where: string): void {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (requiredParts(attribute).length > 0) {
    for (const each of values) if (isRecord(each)) requireParts(each, attribute, where);
  }
  const problem = values.length === 0 ? undefined : attribute.checkAll?.(values);
  if (problem !== undefined) throw unfit(where, "", `is not acceptable: ${problem}`);
}

function demandsOf(type: ResourceType): TypeDemands {
  const known = tables.get(type);
  if (known !== undefined) return known;
  const built: TypeDemands = {
    core: demandsOfSchema("", type.attributes),
    extensions: type.extensions.map(({ schema, required }) => ({
      urn: schema.id,
      required,
      demands: demandsOfSchema(`${schema.id}:`, schema.attributes),
    })),
  };
  tables.set(type, built);
  return built;
}

function demandsOfSchema(prefix: string, attributes: ReadonlyMap<string, Attribute>): Demands {
  const given = [...attributes.values()].filter((attribute) => attribute.mutability !== "readOnly");
  return {
    prefix,
    required: given.filter((attribute) => attribute.required),
    looked: given.filter((attribute) => requiredParts(attribute).length > 0 || attribute.checkAll !== undefined),
  };
}
