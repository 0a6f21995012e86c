/** `"name.givenName": "Ann"`: a path where an attribute name belongs. D6, D8. */
import { resolvePath } from "../schema/resolve.ts";
import type { Dialect } from "./dialect.ts";

export const dottedKeys: Dialect = {
  name: "dotted-keys",
  rows: ["D6", "D8"],
  seenFrom: "Entra ID with `aadOptscim062020`",
  summary:
    "A key with a dot that is no attribute's name is the path of a sub-attribute; what it does not name survives.",
  example: {
    of: "operations",
    resource: "User",
    sent: [{ op: "replace", value: { "name.givenName": "Ann", "name.familyName": "Ling", displayName: "Ann Ling" } }],
    read: [{ op: "replace", value: { displayName: "Ann Ling", name: { givenName: "Ann", familyName: "Ling" } } }],
  },
  key(key, { type, relaxed }) {
    if (!key.includes(".") || key.includes("[") || key.includes(":")) return undefined;
    return resolvePath(key, type, relaxed)?.subAttribute === undefined ? undefined : key;
  },
};
