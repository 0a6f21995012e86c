/** `"employeeNumber": 88`: text as a number, and numbers as text. D39, Q53. */
import type { Dialect } from "./dialect.ts";

export const looseTypes: Dialect = {
  name: "loose-types",
  rows: ["D39", "Q53"],
  seenFrom: "Okta's entitlement documentation, hand-made templates",
  summary:
    "At a string attribute a number or boolean is its text; at a number attribute the text of a number is that number.",
  example: {
    of: "operations",
    resource: "User",
    sent: [{ op: "replace", path: "externalId", value: 12345 }],
    read: [{ op: "replace", path: "externalId", value: "12345" }],
  },
  value(attribute) {
    if (attribute.type === "string") return readText;
    if (attribute.type === "integer") return (value) => readNumber(value, /^-?\d{1,15}$/);
    if (attribute.type === "decimal") return (value) => readNumber(value, /^-?\d{1,15}(?:\.\d{1,15})?$/);
    return undefined;
  },
};

function readText(value: unknown): unknown {
  if (typeof value === "boolean") return String(value);
  // Beyond 2^53 the digits that were sent are lost already: better refused than stored wrong.
  return typeof value === "number" && Math.abs(value) <= Number.MAX_SAFE_INTEGER ? String(value) : value;
}

function readNumber(value: unknown, form: RegExp): unknown {
  return typeof value === "string" && form.test(value) ? Number(value) : value;
}
