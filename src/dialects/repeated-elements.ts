/** Two e-mails with one type and value, or two primary ones. Q52. */
import { elementsOf } from "../patch/element.ts";
import { settle } from "../patch/list.ts";
import type { Attribute, Resource } from "../schema/attribute.ts";
import type { Dialect } from "./dialect.ts";

export const repeatedElements: Dialect = {
  name: "repeated-elements",
  rows: ["Q52"],
  seenFrom: "attribute mappings and templates of several clients",
  summary:
    "In a POST or PUT, elements of one type and value are one, and the last that says so is the primary one. (PATCH does so without a dialect.)",
  example: {
    of: "body",
    resource: "User",
    sent: {
      userName: "ann",
      emails: [
        { value: "ann@b.example", type: "work", primary: true },
        { value: "ann@b.example", type: "work" },
        { value: "ann@c.example", type: "home", primary: true },
      ],
    },
    read: {
      userName: "ann",
      emails: [
        { value: "ann@b.example", type: "work", primary: false },
        { value: "ann@c.example", type: "home", primary: true },
      ],
    },
  },
  settle(resource, type) {
    const settled = settleAttributes(resource, type.attributes);
    const changes = type.extensions.flatMap(({ schema }): [string, Resource][] => {
      const holder = settled[schema.id];
      return isHolder(holder) ? [[schema.id, settleAttributes(holder, schema.attributes)]] : [];
    });
    return changes.length === 0 ? settled : { ...settled, ...Object.fromEntries(changes) };
  },
};

function settleAttributes(holder: Resource, attributes: ReadonlyMap<string, Attribute>): Resource {
  const changes: [string, unknown][] = [];
  for (const attribute of attributes.values()) {
    if (!attribute.multiValued) continue;
    const elements = elementsOf(holder[attribute.name]);
    if (elements.length > 1) changes.push([attribute.name, settle(elements, attribute)]);
  }
  return changes.length === 0 ? holder : { ...holder, ...Object.fromEntries(changes) };
}

function isHolder(value: unknown): value is Resource {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
