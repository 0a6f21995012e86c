/** A value path that matches nothing creates what it describes. D10, D11. */
import type { Dialect } from "./dialect.ts";

export const createFromFilter: Dialect = {
  name: "create-from-filter",
  rows: ["D10", "D11"],
  seenFrom: "Entra ID, Microsoft's SCIM Validator",
  summary:
    "An `add` or `replace` at a value path that matches nothing adds the element that its `eq` and `and` terms describe; other filters, and paths into `members`, create nothing.",
  example: {
    of: "operations",
    resource: "User",
    sent: [{ op: "replace", path: 'phoneNumbers[type eq "mobile"].value', value: "+4512345678" }],
    read: [{ op: "add", path: "phoneNumbers", value: [{ type: "mobile", value: "+4512345678" }] }],
  },
  relaxes: ["createFromFilter"],
};
