/** Reading one resource with GET. RFC 7644 §3.4.1, §3.14. */
import { ScimError } from "../error.ts";
import { header, type ScimResponse } from "../request.ts";
import type { Call } from "./call.ts";
import type { Endpoint } from "./endpoint.ts";
import { readResponse, resourceHeaders } from "./represent.ts";
import { entityTag, matches, readPrecondition } from "./version.ts";

/** `GET /Users/42` → 200 with the resource, or 304 if the client has it already. */
export async function get(call: Call, endpoint: Endpoint, id: string): Promise<ScimResponse> {
  const projection = endpoint.projection(call.query);
  const stored = await endpoint.store.get(id, projection.selection, call.context);
  if (stored === undefined) throw noSuchResource(endpoint, id);
  if (call.options.features.etag) {
    const known = readPrecondition(header(call.request.headers, "if-none-match"));
    if (known !== undefined && matches(known, entityTag(stored.meta))) {
      return { status: 304, headers: resourceHeaders(call, endpoint, stored) };
    }
  }
  return readResponse(call, endpoint, stored, projection);
}

/** 404 for a resource. RFC 7644 §3.12. */
export function noSuchResource({ type }: Endpoint, id: string): ScimError {
  const shown = id.length > 100 ? `${id.slice(0, 100)}…` : id;
  return ScimError.notFound(`${type.name} ${JSON.stringify(shown)} not found.`);
}
