/** Routing: method and path to operation. RFC 7644 §3.2. */
import { ScimError } from "../error.ts";
import type { Endpoints } from "./call.ts";
import type { Endpoint } from "./endpoint.ts";

/** What a request asks for. */
export type Route =
  | { readonly operation: "create" | "list"; readonly endpoint: Endpoint }
  | { readonly operation: "get" | "replace" | "patch" | "delete"; readonly endpoint: Endpoint; readonly id: string }
  | { readonly operation: "search"; readonly endpoint: Endpoint | undefined }
  | { readonly operation: "rootQuery" | "bulk" }
  | { readonly operation: "me"; readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE" }
  | {
      readonly operation: "discover";
      readonly kind: "ServiceProviderConfig" | "ResourceTypes" | "Schemas";
      readonly id: string | undefined;
    };

const discovery: ReadonlyMap<string, "ServiceProviderConfig" | "ResourceTypes" | "Schemas"> = new Map([
  ["serviceproviderconfig", "ServiceProviderConfig"],
  ["resourcetypes", "ResourceTypes"],
  ["schemas", "Schemas"],
]);

const meMethods = { GET: "GET", POST: "POST", PUT: "PUT", PATCH: "PATCH", DELETE: "DELETE" } as const;
const itemOperations = { GET: "get", PUT: "replace", PATCH: "patch", DELETE: "delete" } as const;

/**
 * The route of a request. Doubled and trailing slashes do not count (Q3, Q4), endpoints match in any case (Q10), and
 * every segment is percent-decoded once.
 *
 * @param method - upper case; HEAD is routed as GET
 * @param path - without the query
 * @throws ScimError 404 for a path that leads nowhere; 405 with `Allow` for a method the endpoint does not take; 400
 *   `invalidSyntax` for broken percent-encoding; 400 `invalidVers` for another protocol version in the path
 */
export function route(method: string, path: string, endpoints: Endpoints): Route {
  const verb = method === "HEAD" ? "GET" : method;
  const [first, second, third] = segmentsOf(path);
  if (first === undefined) return only(verb, "GET", { operation: "rootQuery" });
  const name = first.toLowerCase();
  const endpoint = endpoints.byPath.get(name);
  if (endpoint !== undefined && third === undefined) return endpointRoute(verb, endpoint, second);
  if (second === undefined) {
    if (name === ".search") return only(verb, "POST", { operation: "search", endpoint: undefined });
    if (name === "bulk") return only(verb, "POST", { operation: "bulk" });
    if (name === "me") return { operation: "me", method: pick(verb, meMethods) };
  }
  const kind = discovery.get(name);
  if (kind !== undefined && third === undefined && (second === undefined || kind !== "ServiceProviderConfig")) {
    return only(verb, "GET", { operation: "discover", kind, id: second });
  }
  if (/^v\d+$/.test(name)) {
    throw ScimError.invalidVers(`SCIM protocol version "${first.slice(0, 20)}" is not served under this URL.`);
  }
  throw ScimError.notFound("There is no such endpoint here; /ResourceTypes lists those that there are.");
}

function endpointRoute(verb: string, endpoint: Endpoint, id: string | undefined): Route {
  if (id === undefined) {
    if (verb === "GET") return { operation: "list", endpoint };
    if (verb === "POST") return { operation: "create", endpoint };
    throw ScimError.methodNotAllowed(verb, ["GET", "HEAD", "POST"]);
  }
  if (id.toLowerCase() === ".search") return only(verb, "POST", { operation: "search", endpoint });
  return { operation: pick(verb, itemOperations), endpoint, id };
}

function only(verb: string, allowed: "GET" | "POST", found: Route): Route {
  if (verb === allowed) return found;
  throw ScimError.methodNotAllowed(verb, allowed === "GET" ? ["GET", "HEAD"] : [allowed]);
}

function pick<T extends { readonly [method: string]: string }>(verb: string, methods: T): T[keyof T] {
  for (const method in methods) if (method === verb) return methods[method];
  const allowed = Object.keys(methods);
  throw ScimError.methodNotAllowed(verb, [
    ...allowed.filter((method) => method === "GET"),
    "HEAD",
    ...allowed.filter((method) => method !== "GET"),
  ]);
}

function segmentsOf(path: string): readonly string[] {
  const segments: string[] = [];
  for (const segment of path.split("/")) if (segment !== "") segments.push(decode(segment));
  return segments;
}

function decode(segment: string): string {
  if (!segment.includes("%")) return segment;
  try {
    return decodeURIComponent(segment);
  } catch (cause) {
    throw ScimError.invalidSyntax("The path is not valid percent-encoded UTF-8.", { cause });
  }
}
