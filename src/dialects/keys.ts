/** Keys that are paths: found in PATCH values without a path and in bodies, and put where they belong. RFC 7644 §3.10. */
import { type Fields, isFields, type SentOperation } from "../patch/operations.ts";
import type { AttributePath } from "../schema/attribute.ts";
import { resolvePath } from "../schema/resolve.ts";
import type { ResourceType } from "../schema/resource-type.ts";
import type { Dialect, DialectContext } from "./dialect.ts";

/** What a key stands for that is neither an attribute nor an extension; undefined if nothing. */
export type KeyReading = (key: string, context: DialectContext) => string | undefined;

/** The first answer that a list of dialects has for a key; undefined if none of them reads keys. */
export function keyReading(dialects: readonly Dialect[]): KeyReading | undefined {
  const readers = dialects.filter(({ key }) => key !== undefined);
  if (readers.length === 0) return undefined;
  return (key, context) => {
    for (const dialect of readers) {
      const path = dialect.key?.(key, context);
      if (path !== undefined) return path;
    }
    return undefined;
  };
}

/** An operation without a path, split: each key that is a path becomes an operation of its own, after the rest. */
export function splitKeys(
  operation: SentOperation,
  read: KeyReading,
  context: DialectContext,
): readonly SentOperation[] {
  const { op, path, value } = operation;
  if (op === "remove" || (path !== undefined && path !== null) || !isFields(value)) return [operation];
  const paths = pathsAmong(value, read, context);
  if (paths.size === 0) return [operation];
  const rest = without(value, paths);
  const split = [...paths].map(([key, named]): SentOperation => ({ op, path: named, value: value[key] }));
  return Object.keys(rest).length === 0 ? split : [{ op, path, value: rest }, ...split];
}

/** A body with the values of keys that are paths put where the paths point. Value paths are not for bodies. */
export function nestKeys(body: Fields, read: KeyReading, context: DialectContext): Fields {
  const paths = pathsAmong(body, read, context);
  if (paths.size === 0) return body;
  let result = body;
  for (const [key, text] of paths) {
    const path = resolvePath(text, context.type, context.relaxed);
    if (path !== undefined) result = put(without(result, new Set([key])), path, body[key]);
  }
  return result;
}

function pathsAmong(value: Fields, read: KeyReading, context: DialectContext): ReadonlyMap<string, string> {
  const { attributes, extensionByUrn } = context.type;
  const canonical = canonicalNames(context.type);
  let paths: Map<string, string> | undefined;
  for (const key of Object.keys(value)) {
    if (canonical.has(key)) continue;
    const name = key.toLowerCase();
    if (attributes.has(name) || extensionByUrn.has(name)) continue;
    const path = read(key, context);
    if (path === undefined) continue;
    paths ??= new Map();
    paths.set(key, path);
  }
  return paths ?? none;
}

const none: ReadonlyMap<string, string> = new Map();

const known = new WeakMap<ResourceType, ReadonlySet<string>>();

/** Attributes and extensions as the schema writes them: most keys are one of these, and need no second look. */
function canonicalNames(type: ResourceType): ReadonlySet<string> {
  let names = known.get(type);
  if (names === undefined) {
    const attributes = [...type.attributes.values()].map(({ name }) => name);
    names = new Set([...attributes, ...type.extensions.map(({ schema }) => schema.id)]);
    known.set(type, names);
  }
  return names;
}

function without(value: Fields, keys: { has(key: string): boolean }): Fields {
  return Object.fromEntries(Object.entries(value).filter(([key]) => !keys.has(key)));
}

function put(body: Fields, { extension, attribute, subAttribute }: AttributePath, value: unknown): Fields {
  if (extension !== undefined) {
    return within(body, extension, (holder) =>
      put(holder, { extension: undefined, attribute, subAttribute, text: "" }, value),
    );
  }
  if (subAttribute === undefined) return within(body, attribute.name, () => value);
  if (attribute.multiValued) return within(body, attribute.name, () => [{ [subAttribute.name]: value }], "keep");
  return within(body, attribute.name, (holder) => ({ ...holder, [subAttribute.name]: value }));
}

/** The body with `change` made to what it has at `name`, in whatever case it has it. */
function within(body: Fields, name: string, change: (holder: Fields) => unknown, present?: "keep"): Fields {
  const key = Object.keys(body).find((candidate) => candidate.toLowerCase() === name.toLowerCase()) ?? name;
  const holder = body[key];
  if (present === "keep" && holder !== undefined && holder !== null) return body;
  return { ...body, [key]: change(isFields(holder) ? holder : {}) };
}
