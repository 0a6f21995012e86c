/** References to resources that the same bulk request creates: `bulkId:…`. RFC 7644 §3.7.1, §3.7.2. */
import type { ScimBody } from "../request.ts";
import { type Body, isBody } from "./body.ts";

const marker = "bulkId:";
const quotedReference = /(["'])bulkId:((?:(?!\1).)+)\1/g;

/**
 * Whether a request may have references; false is certain. Letters that are escaped can only be read where they are
 * parsed.
 */
export function mayRefer(body: ScimBody | undefined): boolean {
  if (body === undefined || !("text" in body)) return true;
  const { text } = body;
  // Most texts have not even a part of the marker that begins with a rare letter, which is found many times as fast.
  return (text.includes("Id:") && text.includes(marker)) || text.includes("\\u");
}

/** The bulkIds that a value refers to, wherever in it; each is found in one walk. */
export function referencesIn(value: unknown, found: Set<string> = new Set()): Set<string> {
  if (typeof value === "string") {
    if (value.startsWith(marker)) found.add(value.slice(marker.length));
    else if (value.includes(marker))
      for (const [, , id] of value.matchAll(quotedReference)) if (id !== undefined) found.add(id);
  } else if (Array.isArray(value)) for (const item of value) referencesIn(item, found);
  else if (isBody(value)) for (const name of Object.keys(value)) referencesIn(value[name], found);
  return found;
}

/** The bulkId in the path of an operation: `/Users/bulkId:qwerty`. Broken percent-encoding is left to routing to refuse. */
export function referenceInPath(path: string): string | undefined {
  const at = path.indexOf(`/${marker}`);
  if (at < 0) return undefined;
  try {
    return decodeURIComponent(path.slice(at + 1 + marker.length));
  } catch {
    return undefined;
  }
}

/** The same value with ids in the place of the references that `ids` knows. */
export function resolveReferences(value: unknown, ids: ReadonlyMap<string, string>): unknown {
  if (typeof value === "string") {
    if (value.startsWith(marker)) return ids.get(value.slice(marker.length)) ?? value;
    if (!value.includes(marker)) return value;
    return value.replace(quotedReference, (whole: string, quote: string, bulkId: string) => {
      const id = ids.get(bulkId);
      return id === undefined ? whole : `${quote}${id}${quote}`;
    });
  }
  if (Array.isArray(value)) return value.map((item) => resolveReferences(item, ids));
  if (!isBody(value)) return value;
  return Object.fromEntries(Object.keys(value).map((name) => [name, resolveReferences(value[name], ids)] as const));
}

/** A part of a representation that has to wait: it refers to what does not exist yet. */
export interface Withheld {
  readonly path: string;
  readonly value: unknown;
}

/**
 * Parts a representation from what refers to `pending` bulkIds: elements of lists, and whole values otherwise; in
 * extensions too. This is how a circle is opened: the resource is created without, and gets the rest afterwards.
 */
export function withhold(
  data: Body,
  pending: ReadonlySet<string>,
): { readonly data: Body; readonly withheld: readonly Withheld[] } {
  const withheld: Withheld[] = [];
  const part = (body: Body, prefix: string): Body => {
    const kept: { [name: string]: unknown } = {};
    for (const name of Object.keys(body)) {
      const value = body[name];
      const path = `${prefix}${name}`;
      if (!refersTo(value, pending)) kept[name] = value;
      else if (Array.isArray(value)) {
        kept[name] = value.filter((item) => !refersTo(item, pending));
        withheld.push({ path, value: value.filter((item) => refersTo(item, pending)) });
      } else if (prefix === "" && name.toLowerCase().startsWith("urn:") && isBody(value))
        kept[name] = part(value, `${name}:`);
      else withheld.push({ path, value });
    }
    return kept;
  };
  return { data: part(data, ""), withheld };
}

function refersTo(value: unknown, pending: ReadonlySet<string>): boolean {
  for (const id of referencesIn(value)) if (pending.has(id)) return true;
  return false;
}
