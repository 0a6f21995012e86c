/** RFC 7644 §3.5.2 written down once more: sentence by sentence, slowly, and for no schema but the one below. */

/** A JSON object that the reference may write to. */
export type Json = { [name: string]: unknown };

/** `attribute[sub eq value and …].sub`, of the core or of an extension. */
export interface ModelPath {
  readonly extension?: string;
  readonly attribute: string;
  readonly terms?: readonly { readonly sub: string; readonly value: string | boolean }[];
  readonly sub?: string;
}

/** An operation before it has been given its text. */
export interface ModelOperation {
  readonly op: "add" | "remove" | "replace";
  readonly path?: ModelPath;
  readonly value?: unknown;
}

/** What the reference knows of a schema: the complex and the multi-valued attributes. */
const complex = new Set(["name", "manager"]);
const lists = new Set(["emails", "addresses"]);

/** Thrown where §3.5.2 says that the request fails. */
export class Failure extends Error {
  readonly scimType: string;
  constructor(scimType: string) {
    super(scimType);
    this.scimType = scimType;
  }
}

/** The operation as a client writes it. */
export function wire({ op, path, value }: ModelOperation): Json {
  const operation: Json = { op };
  if (path !== undefined) operation.path = text(path);
  if (value !== undefined) operation.value = value;
  return operation;
}

function text({ extension, attribute, terms, sub }: ModelPath): string {
  const filter = terms?.map((term) => `${term.sub} eq ${JSON.stringify(term.value)}`).join(" and ");
  return `${extension === undefined ? "" : `${extension}:`}${attribute}${filter === undefined ? "" : `[${filter}]`}${sub === undefined ? "" : `.${sub}`}`;
}

/** "Operations are applied sequentially in the order they appear in the array." */
export function applyLiterally(resource: Json, operations: readonly ModelOperation[]): Json {
  const result = structuredClone(resource);
  for (const operation of operations) applyOne(result, operation);
  return result;
}

function applyOne(resource: Json, operation: ModelOperation): void {
  const { op, path } = operation;
  if (path === undefined) {
    for (const [key, value] of Object.entries(isObject(operation.value) ? operation.value : {})) {
      if (key.startsWith("urn:")) {
        for (const [name, inner] of Object.entries(isObject(value) ? value : {})) {
          applyOne(resource, { op, path: { extension: key, attribute: name }, value: inner });
        }
      } else applyOne(resource, { op, path: { attribute: key }, value });
    }
    return;
  }
  const holder = path.extension === undefined ? resource : child(resource, path.extension);
  const value = structuredClone(operation.value);
  if (lists.has(path.attribute)) holder[path.attribute] = onList(holder[path.attribute], op, path, value);
  else if (complex.has(path.attribute)) holder[path.attribute] = onComplex(holder[path.attribute], op, path, value);
  else holder[path.attribute] = op === "remove" ? undefined : value;
  tidy(holder, path.attribute);
  if (path.extension !== undefined) tidy(resource, path.extension);
}

function onComplex(present: unknown, op: ModelOperation["op"], path: ModelPath, value: unknown): unknown {
  const result: Json = isObject(present) ? present : {};
  if (path.sub !== undefined) {
    if (op === "remove") delete result[path.sub];
    else set(result, path.sub, value);
    return result;
  }
  // "Sub-attributes that are not specified in the "value" parameter are left unchanged."
  if (op === "remove" || !isObject(value)) return undefined;
  for (const [name, inner] of Object.entries(value)) set(result, name, inner);
  return result;
}

function onList(present: unknown, op: ModelOperation["op"], path: ModelPath, value: unknown): unknown {
  let list: Json[] = Array.isArray(present) ? present : [];
  if (path.terms === undefined) {
    if (op === "remove") return undefined;
    if (op === "replace") list = [];
    let primary: Json | undefined;
    for (const element of Array.isArray(value) ? value : []) {
      const there = list.find((candidate) => isSameValue(candidate, element));
      if (there === undefined) list.push(element);
      else takeOver(there, element);
      if (element.primary === true) primary = there ?? element;
    }
    onlyPrimary(list, primary);
    return list;
  }
  const terms = path.terms;
  const matching = list.filter((element) =>
    terms.every((term) => equal(element[term.sub] ?? absent(term.sub), term.value)),
  );
  if (op === "remove") {
    if (path.sub === undefined) return list.filter((element) => !matching.includes(element));
    for (const element of matching) delete element[path.sub];
    return list.filter((element) => Object.keys(element).length > 0);
  }
  // "… no record match was made, the service provider SHALL indicate failure by returning … "noTarget"."
  if (matching.length === 0) throw new Failure("noTarget");
  for (const element of matching) {
    const given = path.sub === undefined && isObject(value) ? value : { [path.sub ?? ""]: value };
    for (const [name, inner] of Object.entries(given)) set(element, name, inner);
    if (given.primary === true) onlyPrimary(list, element);
  }
  return list.filter((element) => Object.keys(element).length > 0);
}

/** "SHALL cause the server to automatically set "primary" to "false" for any other values in the array." */
function onlyPrimary(list: readonly Json[], primary: Json | undefined): void {
  if (primary === undefined) return;
  for (const element of list) if (element !== primary && element.primary === true) element.primary = false;
}

/** RFC 7643 §2.4: the same (type, value) should not be there twice; without a value, all of it but `primary` counts. */
function isSameValue(one: Json, other: Json): boolean {
  const names = one.value !== undefined && other.value !== undefined ? ["type", "value"] : undefined;
  if (names === undefined && (one.value !== undefined || other.value !== undefined)) return false;
  const all = names ?? [...Object.keys(one), ...Object.keys(other)].filter((name) => name !== "primary");
  return all.every((name) => equal(one[name], other[name]));
}

function takeOver(present: Json, given: Json): void {
  for (const [name, value] of Object.entries(given)) {
    if (!equal(present[name] ?? absent(name), value)) present[name] = value;
  }
}

const absent = (name: string): unknown => (name === "primary" ? false : undefined);

/** Every string of this schema is compared without its case. */
function equal(one: unknown, other: unknown): boolean {
  if (typeof one === "string" && typeof other === "string") return one.toLowerCase() === other.toLowerCase();
  return one === other;
}

function set(holder: Json, name: string, value: unknown): void {
  if (value === null || value === undefined) delete holder[name];
  else holder[name] = value;
}

/** RFC 7643 §2.5: null, an empty array and nothing at all are one state. */
function tidy(holder: Json, name: string): void {
  const value = holder[name];
  const isEmpty = typeof value === "object" && value !== null && Object.keys(value).length === 0;
  if (value === undefined || value === null || isEmpty) delete holder[name];
}

function child(resource: Json, name: string): Json {
  const present = resource[name];
  const holder: Json = isObject(present) ? present : {};
  resource[name] = holder;
  return holder;
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * The same resource with every list in one order, for comparing. An element that is not primary is the same whether it
 * says so or not (RFC 7643 §2.4), unless `keepFalse`.
 */
export function canonical(value: unknown, keepFalse = false): unknown {
  if (Array.isArray(value)) return value.map((element) => JSON.stringify(canonical(element, keepFalse))).sort();
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .filter((name) => keepFalse || name !== "primary" || value[name] !== false)
      .sort()
      .map((name) => [name, canonical(value[name], keepFalse)]),
  );
}
