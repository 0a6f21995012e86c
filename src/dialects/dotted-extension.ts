/** `urn:…:User.department`: a dot where the last colon belongs. D33. */
import type { Dialect } from "./dialect.ts";

export const dottedExtension: Dialect = {
  name: "dotted-extension",
  rows: ["D33"],
  seenFrom: "Entra ID's old `customappsso` job",
  summary: "After the URN of a known extension, a dot separates the attribute as a colon does.",
  example: {
    of: "operations",
    resource: "User",
    sent: [
      { op: "replace", path: "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User.department", value: "IT" },
    ],
    read: [
      { op: "replace", path: "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department", value: "IT" },
    ],
  },
  relaxes: ["dottedExtension"],
};
