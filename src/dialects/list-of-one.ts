/** `"emails": {"value": "ann@b.example"}`: one element where a list belongs. Q49. */
import { type Fields, isFields } from "../patch/operations.ts";
import type { Attribute } from "../schema/attribute.ts";
import { resolveExtension } from "../schema/resolve.ts";
import type { Dialect } from "./dialect.ts";

export const listOfOne: Dialect = {
  name: "list-of-one",
  rows: ["Q49", "Q50"],
  seenFrom: "OneLogin's SCIM 1.1 template, hand-made clients",
  summary: "In a POST or PUT, one value at a multi-valued attribute is a list of it. (In a PATCH it always is.)",
  example: {
    of: "body",
    resource: "User",
    sent: {
      schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"],
      userName: "ann",
      emails: { value: "ann@b.example", type: "work", primary: true },
    },
    read: {
      schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"],
      userName: "ann",
      emails: [{ value: "ann@b.example", type: "work", primary: true }],
    },
  },
  body(body, { type }) {
    const wrapped = wrapLists(body, type.attributes);
    const changes: [string, Fields][] = [];
    for (const key of Object.keys(wrapped)) {
      const extension = key.includes(":") ? resolveExtension(key, type) : undefined;
      const holder = wrapped[key];
      if (extension === undefined || !isFields(holder)) continue;
      const rewritten = wrapLists(holder, extension.attributes);
      if (rewritten !== holder) changes.push([key, rewritten]);
    }
    return changes.length === 0 ? wrapped : { ...wrapped, ...Object.fromEntries(changes) };
  },
};

function wrapLists(holder: Fields, attributes: ReadonlyMap<string, Attribute>): Fields {
  const singles = singlesOf(attributes);
  const changes: [string, unknown][] = [];
  for (const key of Object.keys(holder)) {
    if (singles.has(key)) continue;
    const value = holder[key];
    if (value === null || Array.isArray(value)) continue;
    if (attributes.get(key.toLowerCase())?.multiValued === true) changes.push([key, [value]]);
  }
  return changes.length === 0 ? holder : { ...holder, ...Object.fromEntries(changes) };
}

const known = new WeakMap<ReadonlyMap<string, Attribute>, ReadonlySet<string>>();

/** The canonical names of single-valued attributes: most keys are one of these, and need no second look. */
function singlesOf(attributes: ReadonlyMap<string, Attribute>): ReadonlySet<string> {
  let singles = known.get(attributes);
  if (singles === undefined) {
    singles = new Set([...attributes.values()].filter(({ multiValued }) => !multiValued).map(({ name }) => name));
    known.set(attributes, singles);
  }
  return singles;
}
