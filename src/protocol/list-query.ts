/** A query against one resource type, made ready for its store. RFC 7644 §3.4.2, RFC 9865. */
import { ScimError } from "../error.ts";
import type { Filter } from "../filter/filter.ts";
import type { UnknownAttributes } from "../filter/find.ts";
import { parseFilter } from "../filter/resolve.ts";
import { type AttributePath, leaf } from "../schema/attribute.ts";
import { resolvePath } from "../schema/resolve.ts";
import type { Sort } from "../store/store.ts";
import type { Call } from "./call.ts";
import type { Endpoint } from "./endpoint.ts";
import { checkSensitive } from "./sensitive.ts";

/** @throws ScimError 400 `invalidFilter`; 403 `sensitive` */
export function filterOf(call: Call, { type }: Endpoint, unknown: UnknownAttributes): Filter | undefined {
  const { filter } = call.query;
  if (filter === undefined) return undefined;
  if (!call.options.features.filter) throw ScimError.invalidFilter("Filtering is not supported here.");
  const parsed = parseFilter(filter, type, call.options.grammar, unknown);
  checkSensitive(call, type, parsed);
  return parsed;
}

/** @throws ScimError 400 `invalidValue` for an order that cannot be had */
export function sortOf(call: Call, endpoint: Endpoint, unknown: UnknownAttributes): Sort | undefined {
  const { sortBy, sortOrder } = call.query;
  if (sortBy === undefined || !call.options.features.sort || endpoint.capabilities.sort === false) return undefined;
  const descending = isDescending(sortOrder);
  const path = resolvePath(sortBy, endpoint.type, call.options.grammar.relaxed);
  if (path === undefined) {
    if (unknown === "absent") return undefined;
    throw ScimError.invalidValue(`"sortBy" names no attribute of ${endpoint.type.name} resources.`);
  }
  return { path: sortable(path), descending };
}

function isDescending(sortOrder: string | undefined): boolean {
  const order = sortOrder?.toLowerCase() ?? "ascending";
  if (order !== "ascending" && order !== "descending") {
    throw ScimError.invalidValue('"sortOrder" must be "ascending" or "descending".');
  }
  return order === "descending";
}

/** A complex attribute sorts by its `value`, where it has one; what is never returned does not sort. */
function sortable(path: AttributePath): AttributePath {
  const end = leaf(path);
  if (end.returned === "never" || end.mutability === "writeOnly") {
    throw ScimError.invalidValue(`Resources cannot be sorted by "${path.text}", since it is never returned.`);
  }
  if (end.type !== "complex") return path;
  const value = end.subAttributes.get("value");
  if (value === undefined) {
    throw ScimError.invalidValue(
      `"${path.text}" is complex: sort by one of its sub-attributes, such as "${path.text}.${firstOf(end.subAttributes)}".`,
    );
  }
  return { ...path, subAttribute: value, text: `${path.text}.${value.name}` };
}

function firstOf(subAttributes: ReadonlyMap<string, { readonly name: string }>): string {
  for (const { name } of subAttributes.values()) return name;
  return "value";
}

/** The number of resources on a page; 0 when the client wants the total alone. RFC 7644 §3.4.2.4. */
export function pageSize(call: Call): number {
  const { defaultPageSize, maxPageSize } = call.options.limits;
  return Math.min(Math.max(call.query.count ?? defaultPageSize, 0), maxPageSize);
}

/** What a cursor is bound to: tenant, endpoint and query. RFC 9865 §2, §5.2. */
export function cursorScope(call: Call, place: string): string {
  const { filter, sortBy, sortOrder } = call.query;
  return JSON.stringify([call.options.tenant(call.context), place, filter, sortBy, sortOrder]);
}
