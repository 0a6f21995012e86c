/** `""` for no value. D15, D28, Q40. */
import { isFields } from "../patch/operations.ts";
import type { Dialect } from "./dialect.ts";

export const emptyStrings: Dialect = {
  name: "empty-strings",
  rows: ["D15", "D28", "Q40"],
  seenFrom: "Entra ID, template-driven clients",
  summary:
    "An empty string is no value, unless the attribute is required; an element whose `value` is an empty string is left out.",
  example: {
    of: "operations",
    resource: "User",
    sent: [{ op: "replace", path: "title", value: "" }],
    read: [{ op: "remove", path: "title" }],
  },
  value(attribute) {
    if (attribute.required && !attribute.multiValued) return undefined;
    const isKey = attribute.multiValued && attribute.subAttributes.get("value")?.required === false;
    return (value) => (value === "" || (isKey && isFields(value) && value.value === "") ? null : value);
  },
};
