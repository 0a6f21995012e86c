/** A PATCH that asks for nothing. D24. */
import { patchOpUrn } from "../patch/operations.ts";
import type { Dialect } from "./dialect.ts";

export const emptyOperations: Dialect = {
  name: "empty-operations",
  rows: ["D24"],
  seenFrom: "Entra ID, Microsoft's SCIM Validator",
  summary: "A PATCH with an empty `Operations` succeeds and changes nothing.",
  example: {
    of: "message",
    resource: "User",
    sent: { schemas: [patchOpUrn], Operations: [] },
    read: "No operation: success, nothing stored, no event.",
  },
  relaxes: ["emptyOperations"],
};
