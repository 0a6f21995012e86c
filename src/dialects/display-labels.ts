/** `displayName` for `display` in an element. D22, Q51. */
import { type Fields, isFields } from "../patch/operations.ts";
import type { Dialect } from "./dialect.ts";

export const displayLabels: Dialect = {
  name: "display-labels",
  rows: ["D22", "Q51"],
  seenFrom: "Microsoft's Postman collection (members), Entra ID (roles)",
  summary: "In an element that has a `display` and no `displayName`, `displayName` is the `display`.",
  example: {
    of: "operations",
    resource: "User",
    sent: [{ op: "add", path: "roles", value: [{ value: "Reader", displayName: "Can read" }] }],
    read: [{ op: "add", path: "roles", value: [{ value: "Reader", display: "Can read" }] }],
  },
  value(attribute) {
    if (!attribute.multiValued || !attribute.subAttributes.has("display")) return undefined;
    if (attribute.subAttributes.has("displayname")) return undefined;
    return (value) => (isFields(value) && Object.hasOwn(value, "displayName") ? readLabel(value) : value);
  },
};

function readLabel({ displayName, ...element }: Fields): Fields {
  return element.display === undefined || element.display === null ? { ...element, display: displayName } : element;
}
