/** Reading a whole body as a resource, following the schema and never the input. RFC 7643 §2, §3, RFC 7644 §3.3, §3.5.1. */
import { ScimError } from "../error.ts";
import type { Attribute, Resource } from "./attribute.ts";
import { expected, isRecord } from "./data-type.ts";
import { defaultOf } from "./default-value.ts";
import { namedTwice, readBodyValue, refuseUnknown, unfit } from "./read-value.ts";
import type { Reading } from "./reading.ts";
import { requireNamed } from "./required.ts";
import type { ResourceType } from "./resource-type.ts";

/** What a body says. */
export interface ReadResource {
  /** In canonical case, without readOnly attributes, nulls, and empty lists and objects. */
  readonly resource: Resource;
  /**
   * What the body names, unassigned values included: top-level attributes as in `AttributePath.text` (`members`,
   * `urn:…:User:department`), and the URN of each extension. RFC 7644 §3.5.1 tells `"members": []` from no members.
   */
  readonly asserted: ReadonlySet<string>;
}

/**
 * Reads the body of a POST or PUT.
 *
 * Names are read in any case. readOnly attributes (`id`, `meta`, `schemas`, …) are passed over; null, `[]` and `{}` are
 * unassigned (RFC 7643 §2.5). Values come out as they were sent. Elements of a list that have the same value and type
 * are merged, and of several primary ones the last stays primary (§2.4). Nothing is read that the schema does not
 * name, so `__proto__` and its like lead nowhere, and nesting ends where the schema does.
 *
 * @param mode - `create` gives attributes that the body does not name their defaults; an extension's, when the body
 *   has the extension or must have it
 * @throws ScimError 400 `invalidSyntax` if the body is no object, names an attribute twice, or names an unknown one
 *   where that is not ignored; 400 `invalidValue` naming the path of a value that does not fit, or is missing
 */
export function readResource(
  body: unknown,
  type: ResourceType,
  mode: "create" | "replace",
  reading: Reading,
): ReadResource {
  if (!isRecord(body))
    throw ScimError.invalidSyntax(`The body must be a JSON object, a representation of a ${type.name}.`);
  const { core, extensionByUrn } = tableOf(type);
  const asserted = new Set<string>();
  const resource: Record<string, unknown> = {};
  for (const key of Object.keys(body)) {
    const field = core.fields.get(key) ?? core.fields.get(key.toLowerCase());
    if (field !== undefined) readField(body[key], field, resource, asserted, reading);
    else readExtension(key, body[key], extensionByUrn, resource, asserted, reading);
  }
  if (mode === "create") assignAllDefaults(resource, type, asserted);
  requireNamed(resource, type);
  return { resource, asserted };
}

function readField(
  value: unknown,
  { attribute, text }: Field,
  held: Record<string, unknown>,
  asserted: Set<string>,
  reading: Reading,
): void {
  if (attribute.mutability === "readOnly") return;
  if (asserted.has(text)) throw namedTwice(text);
  asserted.add(text);
  const read = readBodyValue(value, attribute, text, reading);
  if (read !== undefined) held[attribute.name] = read;
}

function readExtension(
  key: string,
  value: unknown,
  extensionByUrn: ReadonlyMap<string, Table>,
  resource: Record<string, unknown>,
  asserted: Set<string>,
  reading: Reading,
): void {
  const table = extensionByUrn.get(key) ?? extensionByUrn.get(key.toLowerCase());
  if (table === undefined) {
    refuseUnknown(key, reading);
    return;
  }
  const { urn, fields } = table;
  if (asserted.has(urn)) throw namedTwice(urn);
  asserted.add(urn);
  if (value === null || value === undefined) return;
  if (!isRecord(value)) throw unfit(urn, "", expected("an object", value));
  const held: Record<string, unknown> = {};
  for (const name of Object.keys(value)) {
    const field = fields.get(name) ?? fields.get(name.toLowerCase());
    if (field === undefined) refuseUnknown(`${urn}:${name}`, reading);
    else readField(value[name], field, held, asserted, reading);
  }
  if (Object.keys(held).length > 0) resource[urn] = held;
}

function assignAllDefaults(resource: Record<string, unknown>, type: ResourceType, asserted: ReadonlySet<string>): void {
  const { core, extensions } = tableOf(type);
  assignDefaults(resource, core, asserted);
  for (const { urn, required, ...table } of extensions) {
    const present = resource[urn];
    if (table.defaults.length === 0 || (present === undefined && !required)) continue;
    const held: Record<string, unknown> = isRecord(present) ? { ...present } : {};
    assignDefaults(held, table, asserted);
    if (Object.keys(held).length > 0) resource[urn] = held;
  }
}

function assignDefaults(
  held: Record<string, unknown>,
  { defaults }: Pick<Table, "defaults">,
  asserted: ReadonlySet<string>,
): void {
  for (const { attribute, text } of defaults) {
    if (!asserted.has(text)) held[attribute.name] = defaultOf(attribute);
  }
}

/** A top-level attribute and its whole path. */
interface Field {
  readonly attribute: Attribute;
  readonly text: string;
}

/** One schema of a type, as its part of a body is read. */
interface Table {
  /** Empty for the core schema. */
  readonly urn: string;
  readonly required: boolean;
  /** By canonical and by lower-cased name. */
  readonly fields: ReadonlyMap<string, Field>;
  readonly defaults: readonly Field[];
}

interface TypeTable {
  readonly core: Table;
  readonly extensions: readonly Table[];
  /** By canonical and by lower-cased URN. */
  readonly extensionByUrn: ReadonlyMap<string, Table>;
}

const tables = new WeakMap<ResourceType, TypeTable>();

function tableOf(type: ResourceType): TypeTable {
  const known = tables.get(type);
  if (known !== undefined) return known;
  const extensions = type.extensions.map(({ schema, required }) => schemaTable(schema.id, required, schema.attributes));
  const built: TypeTable = {
    core: schemaTable("", true, type.attributes),
    extensions,
    extensionByUrn: new Map(
      extensions.flatMap((table) => [[table.urn.toLowerCase(), table] as const, [table.urn, table] as const]),
    ),
  };
  tables.set(type, built);
  return built;
}

function schemaTable(urn: string, required: boolean, attributes: ReadonlyMap<string, Attribute>): Table {
  const all = [...attributes.values()].map((attribute): Field => {
    return { attribute, text: urn === "" ? attribute.name : `${urn}:${attribute.name}` };
  });
  const fields = new Map(
    all.flatMap((field) => [
      [field.attribute.name.toLowerCase(), field] as const,
      [field.attribute.name, field] as const,
    ]),
  );
  const defaults = all.filter(
    ({ attribute }) => attribute.mutability !== "readOnly" && attribute.defaultValue !== undefined,
  );
  return { urn, required, fields, defaults };
}
