/** `userName eq jyoung`. Q17. */
import type { Dialect } from "./dialect.ts";

export const unquotedLiterals: Dialect = {
  name: "unquoted-literals",
  rows: ["Q17"],
  seenFrom: "Entra ID's documentation, Microsoft's Postman collection, Ping's documentation",
  summary: "In a filter, a word where a literal belongs is a string.",
  example: {
    of: "filter",
    resource: "User",
    sent: "userName eq jyoung",
    read: 'userName eq "jyoung"',
  },
  relaxes: ["unquotedLiterals"],
};
