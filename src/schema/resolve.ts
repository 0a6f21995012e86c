/** An attribute's name, path or URN in any case → the attribute. RFC 7644 §3.10. */
import type { Attribute, AttributePath, Schema } from "./attribute.ts";
import type { Relaxations } from "./relaxation.ts";
import type { ResourceType } from "./resource-type.ts";

type Paths = Map<string, AttributePath>;

/** Every way to name an attribute of one type, by lower-cased text; `strict` by canonical text too. */
interface PathTable {
  readonly all: readonly AttributePath[];
  readonly strict: Paths;
  readonly dottedExtension: Paths;
  readonly bareExtensionNames: Paths;
  readonly singularNames: Paths;
}

const tables = new WeakMap<ResourceType, PathTable>();

/**
 * Resolves an attribute path: `userName`, `name.givenName`, or either after a URN of the type and a colon. Case never
 * matters. Takes time linear in the text, and never throws.
 *
 * An extension's URN alone is no attribute: see {@link resolveExtension}.
 *
 * @param relaxed - honoured are `dottedExtension`, `bareExtensionNames` and `singularNames`, in this order, when the
 *   text names nothing otherwise; a bare name that two extensions have stays unresolved
 * @returns undefined if the type has no such attribute
 * @see RFC 7644 §3.10
 */
export function resolvePath(text: string, type: ResourceType, relaxed: Relaxations): AttributePath | undefined {
  const table = tableOf(type);
  const canonical = table.strict.get(text);
  if (canonical !== undefined) return canonical;
  const key = text.toLowerCase();
  const strict = table.strict.get(key);
  if (strict !== undefined || relaxed.size === 0) return strict;
  return (
    (relaxed.has("dottedExtension") ? table.dottedExtension.get(key) : undefined) ??
    (relaxed.has("bareExtensionNames") ? table.bareExtensionNames.get(key) : undefined) ??
    (relaxed.has("singularNames") ? table.singularNames.get(key) : undefined)
  );
}

/** The extension schema that a text names by its URN, in any case. */
export function resolveExtension(text: string, type: ResourceType): Schema | undefined {
  for (const { schema } of type.extensions) if (schema.id === text) return schema;
  return type.extensionByUrn.get(text.toLowerCase());
}

/** Every attribute and sub-attribute of a type in canonical case, common ones first, each before its sub-attributes. */
export function allPaths(type: ResourceType): readonly AttributePath[] {
  return tableOf(type).all;
}

function tableOf(type: ResourceType): PathTable {
  const known = tables.get(type);
  if (known !== undefined) return known;
  const built = buildTable(type);
  tables.set(type, built);
  return built;
}

function buildTable(type: ResourceType): PathTable {
  const core = pathsOf(undefined, type.attributes);
  const extensions = type.extensions.map(({ schema }) => ({
    urn: schema.id,
    paths: pathsOf(schema.id, schema.attributes),
  }));
  const strict: Paths = new Map();
  const dottedExtension: Paths = new Map();
  const singularNames: Paths = new Map();
  const name = (urn: string, path: AttributePath): void => {
    add(strict, `${urn}:${localText(path)}`, path);
    add(dottedExtension, `${urn}.${localText(path)}`, path);
    for (const singular of singularTexts(path)) add(singularNames, `${urn}:${singular}`, path);
  };
  for (const path of core) {
    strict.set(path.text, path);
    add(strict, path.text, path);
    for (const singular of singularTexts(path)) add(singularNames, singular, path);
    // The common attributes belong to no schema, and clients qualify them all the same.
    name(type.schema.id, path);
  }
  for (const { urn, paths } of extensions) {
    for (const path of paths) {
      strict.set(path.text, path);
      name(urn, path);
    }
  }
  const bareExtensionNames = bareNames(
    extensions.map(({ paths }) => paths),
    type.attributes,
  );
  return {
    all: [...core, ...extensions.flatMap(({ paths }) => paths)],
    strict,
    dottedExtension,
    bareExtensionNames,
    singularNames,
  };
}

/** The first to take a name keeps it. */
function add(paths: Paths, text: string, path: AttributePath): void {
  const key = text.toLowerCase();
  if (!paths.has(key)) paths.set(key, path);
}

function pathsOf(urn: string | undefined, attributes: ReadonlyMap<string, Attribute>): AttributePath[] {
  const prefix = urn === undefined ? "" : `${urn}:`;
  return [...attributes.values()].flatMap((attribute): AttributePath[] => {
    const text = `${prefix}${attribute.name}`;
    const parts = [...attribute.subAttributes.values()];
    return [
      { extension: urn, attribute, subAttribute: undefined, text },
      ...parts.map((part) => ({ extension: urn, attribute, subAttribute: part, text: `${text}.${part.name}` })),
    ];
  });
}

function localText({ attribute, subAttribute }: AttributePath): string {
  return subAttribute === undefined ? attribute.name : `${attribute.name}.${subAttribute.name}`;
}

/** `email.value` of `emails.value`, `address` of `addresses`; nothing unless multi-valued and plural. */
function singularTexts(path: AttributePath): string[] {
  const { name, multiValued } = path.attribute;
  if (!multiValued || !/.s$/i.test(name)) return [];
  const singulars = [name.slice(0, -1)];
  if (/(?:s|x|z|ch|sh)es$/i.test(name)) singulars.push(name.slice(0, -2));
  if (/ies$/i.test(name)) singulars.push(`${name.slice(0, -3)}y`);
  const rest = path.subAttribute === undefined ? "" : `.${path.subAttribute.name}`;
  return singulars.map((singular) => singular + rest);
}

/** Attributes of extensions by their name alone, where only one extension has it and the core schema has not. */
function bareNames(extensions: readonly (readonly AttributePath[])[], taken: ReadonlyMap<string, Attribute>): Paths {
  const bare: Paths = new Map();
  const ambiguous = new Set(taken.keys());
  for (const path of extensions.flat()) {
    const key = localText(path).toLowerCase();
    const attribute = path.attribute.name.toLowerCase();
    const other = bare.get(attribute);
    if (other !== undefined && other.extension !== path.extension) ambiguous.add(attribute);
    bare.set(key, path);
  }
  for (const [key, path] of bare) {
    if (ambiguous.has(path.attribute.name.toLowerCase())) bare.delete(key);
  }
  return bare;
}
