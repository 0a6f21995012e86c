/** `"manager": {"value": ""}`: a reference to nothing. D15. */
import { isFields } from "../patch/operations.ts";
import type { Dialect } from "./dialect.ts";

export const emptiedReferences: Dialect = {
  name: "emptied-references",
  rows: ["D15"],
  seenFrom: "Entra ID, Microsoft's SCIM Validator",
  summary: "A single-valued complex attribute whose `value` is null or an empty string is removed as a whole.",
  example: {
    of: "operations",
    resource: "User",
    sent: [
      {
        op: "replace",
        path: "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager",
        value: { value: "" },
      },
    ],
    read: [{ op: "remove", path: "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager" }],
  },
  value(attribute) {
    if (attribute.multiValued || attribute.required || !attribute.subAttributes.has("value")) return undefined;
    return (value) => (isFields(value) && (value.value === "" || value.value === null) ? null : value);
  },
};
