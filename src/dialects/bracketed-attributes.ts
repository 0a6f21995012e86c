/** `attributes=emails[type eq "work"]`. Q27. */
import type { Dialect } from "./dialect.ts";

export const bracketedAttributes: Dialect = {
  name: "bracketed-attributes",
  rows: ["Q27"],
  seenFrom: "Microsoft's Postman collection",
  summary: "In `attributes` and `excludedAttributes`, a value path is the attribute it begins with.",
  example: {
    of: "attributes",
    resource: "User",
    sent: 'emails[type eq "work"]',
    read: "emails",
  },
  relaxes: ["bracketedAttributes"],
};
