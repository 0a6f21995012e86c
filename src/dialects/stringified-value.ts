/** JSON inside a string, for a PATCH value without a path. D25. */
import { isFields } from "../patch/operations.ts";
import type { Dialect } from "./dialect.ts";

export const stringifiedValue: Dialect = {
  name: "stringified-value",
  rows: ["D25"],
  seenFrom: "scim-for-keycloak as a client",
  summary: "Without a `path`, a `value` that is the JSON text of an object is that object; at a path, text stays text.",
  example: {
    of: "operations",
    resource: "User",
    sent: [{ op: "replace", value: '{"active":false}' }],
    read: [{ op: "replace", value: { active: false } }],
  },
  operation(operation) {
    if (typeof operation.value !== "string" || (operation.path !== undefined && operation.path !== null))
      return operation;
    const value = parseObject(operation.value);
    return value === undefined ? operation : { ...operation, value };
  },
};

function parseObject(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return isFields(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
