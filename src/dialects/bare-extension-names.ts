/** `department`, `manager`: extension attributes without their URN. D14, D17, Q23. */
import { resolvePath } from "../schema/resolve.ts";
import type { Dialect } from "./dialect.ts";

export const bareExtensionNames: Dialect = {
  name: "bare-extension-names",
  rows: ["D14", "D17", "Q23"],
  seenFrom: "Entra ID's documentation, Microsoft's Postman collection, hand-made templates",
  summary: "An extension attribute may come without its URN, where no core attribute has that name.",
  example: {
    of: "operations",
    resource: "User",
    sent: [{ op: "replace", path: "department", value: "IT" }],
    read: [
      { op: "replace", path: "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department", value: "IT" },
    ],
  },
  relaxes: ["bareExtensionNames"],
  key(key, { type, relaxed }) {
    if (key.includes("[")) return undefined;
    return resolvePath(key, type, relaxed)?.extension === undefined ? undefined : key;
  },
};
