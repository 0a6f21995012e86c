/** `id`, `schemas`, `meta` among the attributes of a PATCH without a path. D9. */
import { isFields } from "../patch/operations.ts";
import { leaf } from "../schema/attribute.ts";
import { resolvePath } from "../schema/resolve.ts";
import type { Dialect, DialectContext } from "./dialect.ts";

export const readOnlyKeys: Dialect = {
  name: "read-only-keys",
  rows: ["D9"],
  seenFrom: "Okta, authentik",
  summary: "In a PATCH value without a path, `schemas` and read-only attributes are left out, whatever they hold.",
  example: {
    of: "operations",
    resource: "Group",
    sent: [{ op: "replace", value: { id: "G1", displayName: "Team" } }],
    read: [{ op: "replace", value: { displayName: "Team" } }],
  },
  operation(operation, context) {
    const { op, path, value } = operation;
    if ((op !== "add" && op !== "replace") || (path !== undefined && path !== null) || !isFields(value))
      return operation;
    const keys = Object.keys(value);
    const kept = keys.filter((key) => !isServersOwn(key, context));
    if (kept.length === keys.length) return operation;
    return { op, path, value: Object.fromEntries(kept.map((key) => [key, value[key]])) };
  },
};

function isServersOwn(key: string, { type, relaxed }: DialectContext): boolean {
  const path = resolvePath(key, type, relaxed);
  if (path === undefined) return false;
  if (path.attribute.mutability === "readOnly" || leaf(path).mutability === "readOnly") return true;
  return path.extension === undefined && path.attribute.name === "schemas";
}
