/** Filters whose values must not travel in URLs. RFC 7644 §7.5.2. */
import { ScimError } from "../error.ts";
import type { Filter } from "../filter/filter.ts";
import { visitFilter } from "../filter/visit.ts";
import type { AttributePath } from "../schema/attribute.ts";
import { resolvePath } from "../schema/resolve.ts";
import type { ResourceType } from "../schema/resource-type.ts";
import type { Call, Endpoints } from "./call.ts";

/**
 * Lets through what may be in the URL of a GET; a query by POST has nothing in its URL.
 *
 * @throws ScimError 403 `sensitive` if the filter compares one of the host's `sensitiveAttributes`
 */
export function checkSensitive(call: Call, type: ResourceType, filter: Filter): void {
  const { sensitiveAttributes, grammar } = call.options;
  if (sensitiveAttributes.length === 0 || call.request.method === "POST") return;
  const sensitive = sensitiveAttributes.flatMap((name) => resolvePath(name, type, grammar.relaxed) ?? []);
  const found = sensitive.find((path) => compares(filter, path));
  if (found === undefined) return;
  throw ScimError.sensitive(
    `A filter that compares "${found.text}" must not be sent in a URL; POST it to "${type.endpoint}/.search" instead.`,
  );
}

/** Whether a filter has a value for a path, or for a part of it; `pr` has none. */
function compares(filter: Filter, sensitive: AttributePath): boolean {
  const { attribute, subAttribute } = sensitive;
  const any = (parts: readonly boolean[]): boolean => parts.includes(true);
  return visitFilter<boolean>(filter, {
    comparison: ({ path }) =>
      path.attribute === attribute && (subAttribute === undefined || path.subAttribute === subAttribute),
    presence: () => false,
    valuePath: (node) => compares(node.filter, sensitive),
    and: any,
    or: any,
    not: (part) => part,
    constant: () => false,
  });
}

/** @throws TypeError when `sensitiveAttributes` names what no resource type has: it would protect nothing */
export function checkSensitiveNames({ sensitiveAttributes, grammar }: Call["options"], endpoints: Endpoints): void {
  for (const name of sensitiveAttributes) {
    if (!endpoints.all.some(({ type }) => resolvePath(name, type, grammar.relaxed) !== undefined)) {
      throw new TypeError(`createScim: \`sensitiveAttributes\` names "${name}", which is no attribute here.`);
    }
  }
}
