/** `emails[type eq "work"].value eq "x"`. Q19, Q20. */
import type { Dialect } from "./dialect.ts";

export const valuePathFilters: Dialect = {
  name: "value-path-filters",
  rows: ["Q19", "Q20"],
  seenFrom: "Entra ID",
  summary: "In a filter, a value path may be followed by a sub-attribute, or by nothing, and a comparison.",
  example: {
    of: "filter",
    resource: "User",
    sent: 'emails[type eq "work"].value eq "ann@b.example"',
    read: 'emails[type eq "work" and value eq "ann@b.example"]',
  },
  relaxes: ["valuePathSubAttribute"],
};
