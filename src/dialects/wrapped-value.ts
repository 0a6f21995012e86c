/** A single value in an array of one. D14, D20. */
import { isFields } from "../patch/operations.ts";
import type { Dialect } from "./dialect.ts";

export const wrappedValue: Dialect = {
  name: "wrapped-value",
  rows: ["D14", "D20"],
  seenFrom: "Entra ID's old client library, Entra ID's documentation",
  summary:
    'At a single-valued attribute, an array of one element is that element, and `[{"value": x}]` is `x` where the attribute is simple; `[]` is no value.',
  example: {
    of: "operations",
    resource: "User",
    sent: [{ op: "replace", path: "displayName", value: [{ $ref: null, value: "AL" }] }],
    read: [{ op: "replace", path: "displayName", value: "AL" }],
  },
  value(attribute) {
    if (attribute.multiValued) return undefined;
    const simple = attribute.type !== "complex";
    return (value) => {
      if (!Array.isArray(value) || value.length > 1) return value;
      const element: unknown = value[0] ?? null;
      return simple && isFields(element) && Object.hasOwn(element, "value") ? element.value : element;
    };
  },
};
