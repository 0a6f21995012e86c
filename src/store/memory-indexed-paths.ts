/** What the memory store indexes. RFC 7643 §2.2 uniqueness. */
import { leaf } from "../schema/attribute.ts";
import { allPaths } from "../schema/resolve.ts";
import type { ResourceType } from "../schema/resource-type.ts";
import type { IndexedPath } from "./memory-index.ts";

/** What IdPs look resources up by (Q1–Q8); `id` is the table's own key. */
const lookedUp: ReadonlySet<string> = new Set(["userName", "externalId", "displayName", "emails.value"]);

/** What the store itself answers for. */
const own: ReadonlySet<string> = new Set(["id", "meta", "schemas"]);

/**
 * The attributes and sub-attributes of a type, extensions included, that are unique by its schema, or that IdPs look
 * resources up by.
 *
 * @param alsoUnique - paths in canonical case that the host wants unique beside those
 */
export function indexedPaths(type: ResourceType, alsoUnique: ReadonlySet<string>): readonly IndexedPath[] {
  return allPaths(type).flatMap((path) => {
    const { type: dataType, uniqueness } = leaf(path);
    if (dataType === "complex" || (path.extension === undefined && own.has(path.attribute.name))) return [];
    const unique = uniqueness !== "none" || alsoUnique.has(path.text);
    return unique || lookedUp.has(path.text) ? [{ path, unique }] : [];
  });
}
