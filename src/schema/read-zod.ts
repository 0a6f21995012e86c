/** Reading a zod object into attributes, once, at set-up; nobody else knows zod's insides. RFC 7643 §2.1–2.4. */
import { z } from "zod";
import type { Attribute } from "./attribute.ts";
import { attributeName } from "./attribute-name.ts";
import { type Characteristics, characteristics } from "./characteristics.ts";
import { demandOf, type Reader, readPrimitive } from "./read-zod-primitive.ts";

/** A zod type without what is wrapped around it. */
interface Unwrapped {
  readonly node: z.core.$ZodType;
  readonly described: Characteristics;
  /** Undefined when no wrapper speaks of it: then it must be there. */
  readonly optional: boolean | undefined;
  /** zod calls a default that is a function anew each time. */
  readonly default: (() => unknown) | undefined;
}

/**
 * Reads the attributes of a schema.
 *
 * @param schema - its keys are the attribute names; objects in it are complex attributes, arrays multi-valued ones
 * @param place - the URN, for errors
 * @returns the attributes by lower-cased name, in the schema's order
 * @throws Error naming schema and attribute for what SCIM cannot say: a complex attribute in a complex attribute, an
 *   array of arrays, a name outside RFC 7643 §2.1's grammar or twice in different case, a zod type that has no SCIM
 *   type (dates, records, transforms), a default on a sub-attribute
 */
export function readAttributes(schema: z.core.$ZodObject, place: string): ReadonlyMap<string, Attribute> {
  if ((schema._zod.def.checks ?? []).length > 0) {
    throw new Error(
      `${place}: a refinement of a whole schema never runs, since a PATCH sees one attribute; use beforeCommit.`,
    );
  }
  return readShape(schema, `${place}: attribute `, undefined);
}

function readShape(
  object: z.core.$ZodObject,
  place: string,
  parent: Characteristics | undefined,
): ReadonlyMap<string, Attribute> {
  const attributes = new Map<string, Attribute>();
  for (const [name, type] of Object.entries(object._zod.def.shape)) {
    const where = parent === undefined ? `${place}"${name}"` : `${place}."${name}"`;
    const key = attributeName(name, where).toLowerCase();
    const twin = attributes.get(key);
    if (twin !== undefined) {
      throw new Error(`${where}: there is "${twin.name}" already; names are the same in any case (RFC 7643 §2.1).`);
    }
    attributes.set(key, readAttribute(name, type, where, parent));
  }
  if (attributes.size === 0) throw new Error(`${place.replace(/: attribute $/, "")}: it has no attributes.`);
  return attributes;
}

function readAttribute(
  name: string,
  type: z.core.$ZodType,
  where: string,
  parent: Characteristics | undefined,
): Attribute {
  const outer = unwrap(type, where);
  const multiValued = outer.node instanceof z.core.$ZodArray;
  const inner = outer.node instanceof z.core.$ZodArray ? unwrap(outer.node._zod.def.element, where) : outer;
  const described = { ...inner.described, ...outer.described };
  if (inner.node instanceof z.core.$ZodArray) throw new Error(`${where}: an array of arrays has no SCIM type.`);
  if (multiValued && inner.default !== undefined) throw new Error(`${where}: an element cannot have a default.`);
  const given = outer.default ?? defaultOf(described);
  if (parent !== undefined && given !== undefined) {
    throw new Error(
      `${where}: a sub-attribute cannot have a default; give one to the whole attribute, or make it optional.`,
    );
  }
  const required = requiredOf(described, outer, given !== undefined, where);
  const content =
    inner.node instanceof z.core.$ZodObject
      ? readComplex(inner.node, described, where, parent)
      : readPrimitive(inner.node, described, where);
  const { type: scimType } = content;
  const behaviour = behaviourOf(described, where, parent);
  // Spelt out: objects made by spreading have a hidden class each, and every read of them is slower.
  return {
    name,
    type: scimType,
    multiValued,
    description: described.description ?? "",
    required,
    canonicalValues: described.canonicalValues ?? content.canonicalValues,
    caseExact: scimType === "reference" || scimType === "binary" || (described.caseExact ?? false),
    mutability: behaviour.mutability,
    returned: behaviour.returned,
    uniqueness: described.uniqueness ?? "none",
    stated: { caseExact: described.caseExact, uniqueness: described.uniqueness, required: described.requiredAsListed },
    listed: described.listed ?? true,
    referenceTypes: scimType === "reference" ? (described.referenceTypes ?? ["external"]) : undefined,
    subAttributes: content.subAttributes ?? none,
    check: content.check,
    prepare: described.prepare,
    checkAll: outer.node instanceof z.core.$ZodArray ? demandOf(outer.node._zod.def.checks, where) : undefined,
    defaultValue: given?.(),
    makeDefault: given,
  };
}

const none: ReadonlyMap<string, Attribute> = new Map();

function readComplex(
  node: z.core.$ZodObject,
  described: Characteristics,
  where: string,
  parent: Characteristics | undefined,
): Reader & { readonly subAttributes: ReadonlyMap<string, Attribute> } {
  if (parent !== undefined) {
    throw new Error(`${where}: a sub-attribute cannot be complex itself (RFC 7643 §2.3.8).`);
  }
  if (described.type !== undefined) throw new Error(`${where}: an object is complex, not "${described.type}".`);
  const subAttributes = readShape(node, where, described);
  return { type: "complex", canonicalValues: undefined, check: demandOf(node._zod.def.checks, where), subAttributes };
}

function behaviourOf(
  described: Characteristics,
  where: string,
  parent: Characteristics | undefined,
): Pick<Attribute, "mutability" | "returned"> {
  const mutability = described.mutability ?? (parent?.mutability === "readOnly" ? "readOnly" : "readWrite");
  const returned = described.returned ?? (mutability === "writeOnly" ? "never" : "default");
  if (mutability === "writeOnly" && returned !== "never") {
    throw new Error(`${where}: what is writeOnly is never returned (RFC 7643 §7); it cannot be "${returned}".`);
  }
  return { mutability, returned };
}

function requiredOf(described: Characteristics, outer: Unwrapped, hasDefault: boolean, where: string): boolean {
  const mayBeAbsent = outer.optional ?? false;
  if (described.required === false && !mayBeAbsent && !hasDefault) {
    throw new Error(`${where}: it is said not to be required, and TypeScript is told it is there; add .optional().`);
  }
  return described.required ?? !(mayBeAbsent || hasDefault);
}

function defaultOf(described: Characteristics): Unwrapped["default"] {
  const { defaultValue } = described;
  return defaultValue === undefined ? undefined : () => defaultValue;
}

/** Takes off optional, nullable, default and the like; what is said further out wins. */
function unwrap(type: z.core.$ZodType, where: string): Unwrapped {
  let node = type;
  let described: Characteristics = {};
  let optional: boolean | undefined;
  let given: Unwrapped["default"];
  for (let depth = 0; depth < 100; depth++) {
    described = { ...said(node), ...described };
    if (node instanceof z.core.$ZodDefault || node instanceof z.core.$ZodPrefault) {
      const { def } = node._zod;
      given ??= () => def.defaultValue;
    }
    optional ??= mayBeAbsent(node);
    const inner = innerType(node);
    if (inner === undefined) return { node, described, optional, default: given };
    node = inner;
  }
  throw new Error(`${where}: the type refers to itself.`);
}

function said(node: z.core.$ZodType): Characteristics {
  const description = z.globalRegistry.get(node)?.description;
  return { ...(description === undefined ? {} : { description }), ...characteristics.get(node) };
}

function mayBeAbsent(node: z.core.$ZodType): boolean | undefined {
  if (node instanceof z.core.$ZodNonOptional) return false;
  if (node instanceof z.core.$ZodOptional || node instanceof z.core.$ZodNullable) return true;
  return undefined;
}

function innerType(node: z.core.$ZodType): z.core.$ZodType | undefined {
  if (node instanceof z.core.$ZodLazy) return node._zod.innerType;
  if (
    node instanceof z.core.$ZodOptional ||
    node instanceof z.core.$ZodNullable ||
    node instanceof z.core.$ZodDefault ||
    node instanceof z.core.$ZodPrefault ||
    node instanceof z.core.$ZodNonOptional ||
    node instanceof z.core.$ZodReadonly
  ) {
    return node._zod.def.innerType;
  }
  return undefined;
}
