/** `Remove members` with a list of members as its value. D3, D5. */
import { ScimError } from "../error.ts";
import { isMembers } from "../patch/element.ts";
import { isFields, type SentOperation } from "../patch/operations.ts";
import type { Attribute } from "../schema/attribute.ts";
import { resolvePath } from "../schema/resolve.ts";
import type { Dialect } from "./dialect.ts";

export const removeWithValue: Dialect = {
  name: "remove-with-value",
  rows: ["D3", "D5"],
  seenFrom: "Entra ID (without `aadOptscim062020`), authentik, JumpCloud; Salesforce's documentation",
  summary:
    "A `remove` of a multi-valued attribute whose `value` names elements removes those and no others; `[]` removes none. Without a `value` it removes all, as RFC 7644 says.",
  example: {
    of: "operations",
    resource: "Group",
    sent: [{ op: "remove", path: "members", value: [{ value: "U1" }, { value: "U2" }] }],
    read: [
      { op: "remove", path: 'members[value eq "U1"]' },
      { op: "remove", path: 'members[value eq "U2"]' },
    ],
  },
  operation(operation, { type, relaxed }) {
    const { op, path, value } = operation;
    if (op !== "remove" || typeof path !== "string" || value === undefined || value === null) return operation;
    const target = path.includes("[") ? undefined : resolvePath(path, type, relaxed);
    if (target === undefined || target.subAttribute !== undefined || !target.attribute.multiValued) return operation;
    return elementsOf(value, target.attribute)
      .filter((element) => element !== null)
      .map((element): SentOperation => removal(path, element, target.attribute));
  },
};

/** The list itself, one element alone, or the list once more under the attribute's name. */
function elementsOf(value: unknown, attribute: Attribute): readonly unknown[] {
  if (Array.isArray(value)) return value;
  if (!isFields(value)) return [value];
  const name = attribute.name.toLowerCase();
  const nested = Object.keys(value).find((key) => key.toLowerCase() === name);
  return nested === undefined ? [value] : elementsOf(value[nested] ?? [], attribute);
}

function removal(path: string, element: unknown, attribute: Attribute): SentOperation {
  const terms = isFields(element) ? describeElement(element, attribute) : [equals("value", element)];
  const filter = terms.filter((term) => term !== undefined).join(" and ");
  if (filter === "") {
    throw ScimError.invalidValue(
      `An element in the value of "remove ${attribute.name}" does not say which one is meant; give its "value".`,
    );
  }
  return { op: "remove", path: `${path}[${filter}]`, value: undefined };
}

/** `value` alone says which element is meant; without it, all that is said must match. A member is its `value`. */
function describeElement(
  element: { readonly [key: string]: unknown },
  attribute: Attribute,
): readonly (string | undefined)[] {
  const terms = new Map<string, string | undefined>();
  for (const key of Object.keys(element)) {
    const subAttribute = attribute.subAttributes.get(key.toLowerCase());
    if (subAttribute !== undefined) terms.set(subAttribute.name, equals(subAttribute.name, element[key]));
  }
  const value = terms.get("value");
  return value === undefined && !isMembers(attribute) ? [...terms.values()] : [value];
}

function equals(name: string, value: unknown): string | undefined {
  if (typeof value === "string") return value === "" ? undefined : `${name} eq ${JSON.stringify(value)}`;
  return typeof value === "number" || typeof value === "boolean" ? `${name} eq ${value}` : undefined;
}
