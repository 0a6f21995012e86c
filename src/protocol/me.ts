/** /Me: an alias of the resource of whoever is asking. RFC 7644 §3.11. */
import { ScimError } from "../error.ts";
import type { ScimResponse } from "../request.ts";
import type { Call } from "./call.ts";
import type { Endpoint } from "./endpoint.ts";
import type { Route } from "./route.ts";

type ItemRoute = Extract<Route, { readonly id: string; readonly endpoint: Endpoint }>;

const operations = { GET: "get", PUT: "replace", PATCH: "patch", DELETE: "delete" } as const;

/**
 * The route that `/Me` stands for.
 *
 * @throws ScimError 501 unless the host says whose resource it is, and for POST; 404 if the subject has none
 */
export async function resolveMe(call: Call, method: Extract<Route, { operation: "me" }>["method"]): Promise<ItemRoute> {
  const users = call.endpoints.all.find(({ type }) => type.name === "User");
  if (call.options.me === undefined || users === undefined) {
    throw ScimError.notImplemented("/Me is not offered here; use the resource's own URL.");
  }
  if (method === "POST") {
    throw ScimError.notImplemented(`Resources are created at ${users.type.endpoint}; /Me stands for an existing one.`);
  }
  const id = await call.options.me(call.context);
  if (id === null || id === undefined) throw ScimError.notFound("No user is associated with these credentials.");
  return { operation: operations[method], endpoint: users, id };
}

/** The answer with the permanent location of what `/Me` stood for: also an error, and the 204 of a deletion. */
export function locatedAt(response: ScimResponse, location: string): ScimResponse {
  return { ...response, headers: { ...response.headers, Location: location } };
}
