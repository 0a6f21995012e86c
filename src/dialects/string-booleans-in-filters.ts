/** `roles[primary eq "True"]`. D12. */
import type { Dialect } from "./dialect.ts";

export const stringBooleansInFilters: Dialect = {
  name: "string-booleans-in-filters",
  rows: ["D12"],
  seenFrom: "Entra ID (app roles), buildbuddy and scimgateway reports",
  summary: 'In filters and value paths, `"True"` and `"False"` compared with a boolean attribute are booleans.',
  example: {
    of: "operations",
    resource: "User",
    sent: [{ op: "replace", path: 'roles[primary eq "True"].value', value: "Owner" }],
    read: [{ op: "replace", path: "roles[primary eq true].value", value: "Owner" }],
  },
  relaxes: ["booleanStrings"],
};
