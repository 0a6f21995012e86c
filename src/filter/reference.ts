/** References in filters: a `$ref` that is computed from the id beside it is compared by that id. RFC 7643 §2.3.7, §2.4. */
import { ScimError } from "../error.ts";
import type { Attribute, AttributePath } from "../schema/attribute.ts";
import type { Filter } from "./filter.ts";
import { junction } from "./fold.ts";

/** Targets of references that are no resources of this service. RFC 7643 §7. */
const foreign: ReadonlySet<string> = new Set(["external", "uri"]);

/** The path of the id beside a `$ref`, where `$ref` is what the core makes of that id; undefined for any other path. */
export function identifierBeside(path: AttributePath): AttributePath | undefined {
  const { attribute, subAttribute, text } = path;
  if (subAttribute?.name !== "$ref" || !pointsHere(subAttribute)) return undefined;
  const value = attribute.subAttributes.get("value");
  if (value === undefined || value.type !== "string") return undefined;
  return { ...path, subAttribute: value, text: `${text.slice(0, -"$ref".length)}${value.name}` };
}

function pointsHere({ referenceTypes = [] }: Attribute): boolean {
  return referenceTypes.some((name) => !foreign.has(name));
}

/**
 * `path operator uri` as a filter on the id. URIs of one resource are equal whatever host, protocol version or base they
 * name: its id is the end of all of them.
 *
 * @throws ScimError 400 `invalidFilter` for operators other than `eq` and `ne`: a store has no URIs to look through
 */
export function compareReference(
  operator: string,
  path: AttributePath,
  identifier: AttributePath,
  uri: string,
): Filter {
  if (operator !== "eq" && operator !== "ne") {
    throw ScimError.invalidFilter(
      `"${path.text}" is made for each response and can be compared by eq and ne only; compare "${identifier.text}".`,
    );
  }
  const byId: Filter = { op: operator, path: identifier, value: identifierIn(uri) };
  return operator === "eq" ? orGiven(byId, { op: operator, path, value: uri }, path) : byId;
}

/** `path pr`: what has an id has a `$ref`. */
export function presentReference(path: AttributePath, identifier: AttributePath): Filter {
  return orGiven({ op: "pr", path: identifier }, { op: "pr", path }, path);
}

/** Of a single value, such as a manager, clients may have given the `$ref` without an id. */
function orGiven(byId: Filter, given: Filter, { attribute }: AttributePath): Filter {
  return attribute.multiValued ? byId : junction("or", [byId, given]);
}

/** The last segment of a URI, without its percent-encoding. */
function identifierIn(uri: string): string {
  const [path = ""] = uri.split(/[?#]/, 1);
  const segment = path.replace(/\/+$/, "").split("/").at(-1) ?? "";
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
