/** Deleting a resource with DELETE. RFC 7644 §3.6. */
import type { ScimResponse } from "../request.ts";
import type { Call } from "./call.ts";
import type { Endpoint } from "./endpoint.ts";
import { noSuchResource } from "./get.ts";
import { preconditionsOf } from "./represent.ts";
import { checkPreconditions, type WritePreconditions } from "./version.ts";
import { trackWrite } from "./write.ts";

/** `DELETE /Users/42` → 204. */
export async function remove(call: Call, endpoint: Endpoint, id: string): Promise<ScimResponse> {
  await deleteResource(call, endpoint, id, preconditionsOf(call));
  return { status: 204, headers: {} };
}

/** @throws ScimError 404 if there is none; 412 if the preconditions fail */
export async function deleteResource(
  call: Call,
  endpoint: Endpoint,
  id: string,
  conditions: WritePreconditions,
): Promise<void> {
  const tracker = trackWrite(call, endpoint, "delete", () => []);
  const isDeleted = await endpoint.store.delete(
    id,
    { check: ({ meta }) => checkPreconditions(conditions, meta), beforeCommit: tracker.beforeCommit },
    call.context,
  );
  if (!isDeleted) throw noSuchResource(endpoint, id);
  await tracker.report(id, { changed: [] });
}
