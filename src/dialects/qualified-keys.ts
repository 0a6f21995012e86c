/** `"urn:…:User:department": "IT"`: a full attribute URN where an attribute name belongs. D7, D18, Q61. */
import { resolvePath } from "../schema/resolve.ts";
import type { Dialect } from "./dialect.ts";

export const qualifiedKeys: Dialect = {
  name: "qualified-keys",
  rows: ["D7", "D18", "Q61"],
  seenFrom: "Entra ID with `aadOptscim062020`; Entra ID custom mappings",
  summary: "A key that is an attribute's full URN, core or extension, is that attribute.",
  example: {
    of: "operations",
    resource: "User",
    sent: [
      { op: "replace", value: { "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber": "88" } },
    ],
    read: [
      {
        op: "replace",
        path: "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber",
        value: "88",
      },
    ],
  },
  key(key, { type, relaxed }) {
    if (!key.includes(":") || key.includes("[")) return undefined;
    return resolvePath(key, type, relaxed) === undefined ? undefined : key;
  },
};
