/** The answer to a bulk request: what became of each of its operations. RFC 7644 §3.7.3. */
import type { ScimError } from "../error.ts";
import type { ScimResponse } from "../request.ts";
import type { Breather } from "./breather.ts";
import type { Done } from "./bulk-operation.ts";
import type { BulkOperation } from "./bulk-request.ts";
import type { Call } from "./call.ts";
import { errorBody, locationOf, mediaType } from "./envelope.ts";
import { entityTag } from "./version.ts";

/** What became of an operation. */
export type BulkResult = { readonly done: Done } | { readonly error: ScimError };

const start = '{"schemas":["urn:ietf:params:scim:api:messages:2.0:BulkResponse"],"Operations":[';

/**
 * 200 with the results, in the order of the operations; those that were not processed have none.
 *
 * @param pause - called between pieces of the work
 */
export async function bulkResponse(
  call: Call,
  operations: readonly BulkOperation[],
  results: readonly (BulkResult | undefined)[],
  pause: Breather,
): Promise<ScimResponse> {
  const texts: string[] = [];
  for (const [index, operation] of operations.entries()) {
    const result = results[index];
    if (result === undefined) continue;
    texts.push(JSON.stringify(resultBody(call, operation, result)));
    const rest = pause();
    if (rest !== undefined) await rest;
  }
  return { status: 200, headers: { "Content-Type": mediaType }, body: `${start}${texts.join(",")}]}` };
}

/** Location for all but a failed POST; the body of an error. */
function resultBody(call: Call, { method, bulkId, path }: BulkOperation, result: BulkResult): Record<string, unknown> {
  const body: Record<string, unknown> = { method };
  if (bulkId !== undefined) body.bulkId = bulkId;
  if ("error" in result) {
    const { error } = result;
    if (method !== "POST" && typeof path === "string") body.location = `${call.baseUrl}${path}`;
    body.status = String(error.status);
    body.response = errorBody(error);
    return body;
  }
  const { endpoint, id, stored, status } = result.done;
  if (stored !== undefined && call.options.features.etag) body.version = entityTag(stored.meta);
  body.location = locationOf(call.baseUrl, endpoint.type.endpoint, id);
  body.status = String(status);
  return body;
}
