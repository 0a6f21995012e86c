/** Creating a resource with POST. RFC 7644 §3.3. */
import type { ScimResponse } from "../request.ts";
import type { Selection } from "../store/selection.ts";
import type { Stored } from "../store/stored.ts";
import { type Body, readBody } from "./body.ts";
import type { Call } from "./call.ts";
import type { Endpoint } from "./endpoint.ts";
import { resourceResponse } from "./represent.ts";
import { readRepresentation } from "./representation.ts";
import { trackWrite } from "./write.ts";

/** `POST /Users` → 201 with the resource. */
export async function create(call: Call, endpoint: Endpoint): Promise<ScimResponse> {
  const projection = endpoint.projection(call.query);
  const body = readBody(call.request, call.options.limits.nesting);
  const { stored, written } = await createResource(call, endpoint, body, projection.selection);
  return resourceResponse(call, endpoint, stored, 201, projection, written);
}

/**
 * Creates a resource from the body of a POST.
 *
 * @throws ScimError 400 `invalidValue` or `invalidSyntax` for a body that does not fit the schema; 409 `uniqueness`
 */
export async function createResource(
  call: Call,
  endpoint: Endpoint,
  body: Body,
  want: Selection,
): Promise<{ readonly stored: Stored; readonly written: ReadonlySet<string> }> {
  const { resource, asserted } = readRepresentation(call, endpoint, body, "create");
  const tracker = trackWrite(call, endpoint, "create", () => []);
  const stored = await endpoint.store.create({ resource, beforeCommit: tracker.beforeCommit }, want, call.context);
  const told = tracker.report(stored.id, { after: stored, changed: [] });
  if (told !== undefined) await told;
  return { stored, written: asserted };
}
