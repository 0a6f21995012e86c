/** `Add`, `Replace`, `Remove`. D1. */
import type { Dialect } from "./dialect.ts";

export const opCasing: Dialect = {
  name: "op-casing",
  rows: ["D1"],
  seenFrom: "Entra ID (without `aadOptscim062020`), Microsoft's SCIM Validator",
  summary: "An `op` in any case is the operation of that name.",
  example: {
    of: "operations",
    resource: "User",
    sent: [{ op: "Replace", path: "title", value: "CTO" }],
    read: [{ op: "replace", path: "title", value: "CTO" }],
  },
  operation: (operation) =>
    typeof operation.op === "string" ? { ...operation, op: operation.op.toLowerCase() } : operation,
};
