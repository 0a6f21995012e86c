/** `"active": "False"`. D2, Q38. */
import type { Dialect } from "./dialect.ts";

export const stringBooleans: Dialect = {
  name: "string-booleans",
  rows: ["D2", "Q38"],
  seenFrom: "Entra ID (without `aadOptscim062020`), OneLogin templates",
  summary: 'At a boolean attribute, and nowhere else, `"True"` and `"False"` in any case are booleans.',
  example: {
    of: "operations",
    resource: "User",
    sent: [{ op: "replace", path: "active", value: "False" }],
    read: [{ op: "replace", path: "active", value: false }],
  },
  value: (attribute) => (attribute.type === "boolean" ? readBoolean : undefined),
};

function readBoolean(value: unknown): unknown {
  if (typeof value !== "string") return value;
  const text = value.toLowerCase();
  return text === "true" ? true : text === "false" ? false : value;
}
