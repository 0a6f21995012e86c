/** `"emails[type eq \"work\"].value": "a@b.c"`: a value path where an attribute name belongs. D8. */
import { resolvePath } from "../schema/resolve.ts";
import type { Dialect } from "./dialect.ts";

export const valuePathKeys: Dialect = {
  name: "value-path-keys",
  rows: ["D8"],
  seenFrom: "Entra ID with `aadOptscim062020`",
  summary: "In a PATCH value without a path, a key that is a value path is the path of an operation of its own.",
  example: {
    of: "operations",
    resource: "User",
    sent: [{ op: "replace", value: { 'emails[type eq "work"].value': "ann@b.example" } }],
    read: [{ op: "replace", path: 'emails[type eq "work"].value', value: "ann@b.example" }],
  },
  key(key, { type, relaxed }) {
    const bracket = key.indexOf("[");
    if (bracket === -1) return undefined;
    return resolvePath(key.slice(0, bracket), type, relaxed) === undefined ? undefined : key;
  },
};
