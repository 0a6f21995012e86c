/** A PUT without `active`. Q47. */
import type { Dialect } from "./dialect.ts";

export const omittedDefaults: Dialect = {
  name: "omitted-defaults",
  rows: ["Q47"],
  seenFrom: "hand-made clients, trimmed templates",
  summary:
    "A PUT that leaves out an attribute with a default (`active`) keeps the stored value: a disabled user stays disabled.",
  example: {
    of: "body",
    resource: "User",
    sent: { schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"], userName: "ann" },
    read: "The same with the `active` that is stored.",
  },
  relaxes: ["keepOmittedDefaults"],
};
