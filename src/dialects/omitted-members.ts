/** A PUT of a group without `members`. Q58. */
import type { Dialect } from "./dialect.ts";

export const omittedMembers: Dialect = {
  name: "omitted-members",
  rows: ["Q58"],
  seenFrom: "Microsoft's Postman collection, SDKs",
  summary: "A PUT without `members` keeps them; `[]` and null empty the group.",
  example: {
    of: "body",
    resource: "Group",
    sent: { schemas: ["urn:ietf:params:scim:schemas:core:2.0:Group"], displayName: "Team" },
    read: "The same with the members that the group has.",
  },
  relaxes: ["keepOmittedMembers"],
};
