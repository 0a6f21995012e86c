/** App roles as JSON text inside `value`. D19, Q51. */
import { type Fields, isFields } from "../patch/operations.ts";
import type { Dialect } from "./dialect.ts";

export const stringifiedRoles: Dialect = {
  name: "stringified-roles",
  rows: ["D19", "Q51"],
  seenFrom: "Entra ID (`AppRoleAssignments`)",
  summary:
    "A role whose `value` is the JSON text of an object that has a `value` is that role; its label is `display`.",
  example: {
    of: "operations",
    resource: "User",
    sent: [
      { op: "add", path: "roles", value: [{ value: '{"id":"r1","value":"Admin","displayName":"Administrator"}' }] },
    ],
    read: [{ op: "add", path: "roles", value: [{ value: "Admin", display: "Administrator" }] }],
  },
  value(attribute) {
    if (attribute.name !== "roles" || attribute.type !== "complex" || !attribute.multiValued) return undefined;
    return (value) => (isFields(value) ? readRole(value) : value);
  },
};

function readRole(element: Fields): Fields {
  if (typeof element.value !== "string" || !element.value.startsWith("{")) return element;
  const role = parseRole(element.value);
  if (role === undefined) return element;
  const display = role.displayName ?? role.display ?? element.display;
  return { ...element, value: role.value, ...(typeof display === "string" && { display }) };
}

function parseRole(text: string): Fields | undefined {
  try {
    const role: unknown = JSON.parse(text);
    return isFields(role) && typeof role.value === "string" ? role : undefined;
  } catch {
    return undefined;
  }
}
