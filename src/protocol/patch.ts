/** Modifying a resource with PATCH. RFC 7644 §3.5.2. */
import { ScimError } from "../error.ts";
import { type Operation, readOperations } from "../patch/operations.ts";
import { patchChange } from "../patch/patch-change.ts";
import type { ScimResponse } from "../request.ts";
import { resolvePath } from "../schema/resolve.ts";
import type { Selection } from "../store/selection.ts";
import type { Stored } from "../store/stored.ts";
import { type Body, isBody, readBody } from "./body.ts";
import type { Call } from "./call.ts";
import type { Endpoint } from "./endpoint.ts";
import { emptyResponse, preconditionsOf, resourceResponse } from "./represent.ts";
import { updateResource } from "./update.ts";
import type { WritePreconditions } from "./version.ts";

const nothing: Selection = { has: () => false };

/**
 * `PATCH /Users/42` → 200 with the resource; of a type with members 204, unless attributes are asked for, so that a
 * group of 100,000 is not sent back (RFC 7644 §3.5.2 leaves the choice).
 */
export async function patch(call: Call, endpoint: Endpoint, id: string): Promise<ScimResponse> {
  if (!call.options.features.patch) throw ScimError.notImplemented("PATCH is not supported here; use PUT.");
  const body = readBody(call.request, call.options.limits.nesting);
  const conditions = preconditionsOf(call);
  const { attributes, excludedAttributes } = call.query;
  const isQuiet = endpoint.quietPatch && attributes === undefined && excludedAttributes === undefined;
  const projection = endpoint.projection(call.query);
  const want = isQuiet ? nothing : projection.selection;
  const { stored, operations } = await patchResource(call, endpoint, id, body, conditions, want);
  if (isQuiet) return emptyResponse(call, endpoint, stored);
  const written = endpoint.returnsWritten ? writtenBy(operations, call, endpoint) : undefined;
  return resourceResponse(call, endpoint, stored, 200, projection, written);
}

/** Changes a resource by the body of a PATCH. */
export async function patchResource(
  call: Call,
  endpoint: Endpoint,
  id: string,
  body: Body,
  conditions: WritePreconditions,
  want: Selection,
): Promise<{ readonly stored: Stored; readonly operations: readonly Operation[] }> {
  const { normaliser, limits, grammar, reading } = call.options;
  const operations = readOperations(body, endpoint.type, {
    maxOperations: limits.patchOperations,
    relaxed: normaliser.relaxed,
    message: normaliser.message,
    operation: normaliser.operation,
  });
  const applier = patchChange(operations, endpoint.type, { grammar, reading, whole: endpoint.whole });
  const stored = await updateResource(call, endpoint, "patch", id, applier, conditions, want);
  return { stored, operations };
}

/** The top-level attributes that the operations name, for `returned: request`. */
function writtenBy(operations: readonly Operation[], call: Call, { type }: Endpoint): ReadonlySet<string> {
  const written = new Set<string>();
  const note = (text: string): void => {
    const path = resolvePath(text.replace(/\[.*$/s, ""), type, call.options.grammar.relaxed);
    if (path === undefined) return;
    written.add(path.extension === undefined ? path.attribute.name : `${path.extension}:${path.attribute.name}`);
  };
  for (const { path, value } of operations) {
    if (path !== undefined) note(path);
    else if (isBody(value)) {
      for (const key of Object.keys(value)) {
        const nested = value[key];
        note(key);
        if (type.extensionByUrn.has(key.toLowerCase()) && isBody(nested)) {
          for (const name of Object.keys(nested)) note(`${key}:${name}`);
        }
      }
    }
  }
  return written;
}
