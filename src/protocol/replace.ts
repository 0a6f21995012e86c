/** Replacing a resource with PUT. RFC 7644 §3.5.1. */
import { replaceChange } from "../patch/replace-change.ts";
import type { ScimResponse } from "../request.ts";
import type { Selection } from "../store/selection.ts";
import type { Stored } from "../store/stored.ts";
import { type Body, readBody } from "./body.ts";
import type { Call } from "./call.ts";
import type { Endpoint } from "./endpoint.ts";
import { preconditionsOf, resourceResponse } from "./represent.ts";
import { readRepresentation } from "./representation.ts";
import { updateResource } from "./update.ts";
import type { WritePreconditions } from "./version.ts";

/** `PUT /Users/42` → 200 with the resource. */
export async function replace(call: Call, endpoint: Endpoint, id: string): Promise<ScimResponse> {
  const projection = endpoint.projection(call.query);
  const body = readBody(call.request, call.options.limits.nesting);
  const conditions = preconditionsOf(call);
  const { stored, written } = await replaceResource(call, endpoint, id, body, conditions, projection.selection);
  return resourceResponse(call, endpoint, stored, 200, projection, written);
}

/** Replaces a resource by the body of a PUT. */
export async function replaceResource(
  call: Call,
  endpoint: Endpoint,
  id: string,
  body: Body,
  conditions: WritePreconditions,
  want: Selection,
): Promise<{ readonly stored: Stored; readonly written: ReadonlySet<string> }> {
  const { resource, asserted } = readRepresentation(call, endpoint, body, "replace");
  const applier = replaceChange(resource, asserted, endpoint.type, call.options.normaliser);
  const stored = await updateResource(call, endpoint, "replace", id, applier, conditions, want);
  return { stored, written: asserted };
}
