/** `email.value` for `emails.value`. Q22. */
import type { Dialect } from "./dialect.ts";

export const singularNames: Dialect = {
  name: "singular-names",
  rows: ["Q22"],
  seenFrom: "Ping's documentation, SDKs",
  summary: "A multi-valued attribute may be named without its final `s`, where nothing else has that name.",
  example: {
    of: "filter",
    resource: "User",
    sent: 'email.value eq "ann@b.example"',
    read: 'emails.value eq "ann@b.example"',
  },
  relaxes: ["singularNames"],
};
