/** `"manager": "U2"`, `"members": ["U1"]`: a value alone where an object with it belongs. D13, D21, Q48, Q50. */
import type { Dialect } from "./dialect.ts";

export const scalarForComplex: Dialect = {
  name: "scalar-for-complex",
  rows: ["D13", "D21", "Q48", "Q50"],
  seenFrom: "Entra ID (`manager`), Microsoft's Postman collection (`members`), hand-made clients (`emails`, `roles`)",
  summary: "At a complex attribute that has a `value`, a string or number is that `value`.",
  example: {
    of: "operations",
    resource: "User",
    sent: [{ op: "add", path: "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager", value: "U2" }],
    read: [
      {
        op: "replace",
        path: "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager",
        value: { value: "U2" },
      },
    ],
  },
  value(attribute) {
    if (attribute.type !== "complex" || !attribute.subAttributes.has("value")) return undefined;
    // "" stays: it means no value, not an object with an empty one (D15, D28).
    return (value) => ((typeof value === "string" && value !== "") || typeof value === "number" ? { value } : value);
  },
};
