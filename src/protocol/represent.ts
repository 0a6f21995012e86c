/** Responses that carry one resource, or none: body, ETag, Location. RFC 7644 §3.1, §3.9, §3.14. */
import { header, type ScimResponse } from "../request.ts";
import type { Resource } from "../schema/attribute.ts";
import type { Stored } from "../store/stored.ts";
import type { Call } from "./call.ts";
import type { Endpoint } from "./endpoint.ts";
import { jsonResponse, locationOf } from "./envelope.ts";
import { isLong, jsonPieces, type Piece } from "./json-pieces.ts";
import type { KeptSlices } from "./kept-slices.ts";
import { longResponse } from "./long-response.ts";
import { fillGroups } from "./memberships.ts";
import type { Projection } from "./projection.ts";
import { entityTag, readPrecondition, unconditional, type WritePreconditions } from "./version.ts";

/** A resource as the body of a response, `User.groups` filled in. */
export async function resourceResponse(
  call: Call,
  endpoint: Endpoint,
  stored: Stored,
  status: number,
  projection: Projection,
  written?: ReadonlySet<string>,
): Promise<ScimResponse> {
  const [filled = stored] = await fillGroups(call, endpoint, [stored], projection.selection);
  const presentation = { baseUrl: call.baseUrl, versioned: call.options.features.etag, written };
  const representation = projection.project(filled, presentation);
  const headers = resourceHeaders(call, endpoint, stored);
  if (!isLong(representation)) return jsonResponse(status, representation, headers);
  return longResponse(call, status, () => resourcePieces(representation, endpoint.slices), headers);
}

function* resourcePieces(representation: Resource, slices: KeptSlices | undefined): Generator<Piece, void> {
  yield yield* jsonPieces("", representation, slices);
}

/** 204 with the headers that a resource has. RFC 7644 §3.5.2. */
export function emptyResponse(call: Call, endpoint: Endpoint, stored: Stored): ScimResponse {
  return { status: 204, headers: resourceHeaders(call, endpoint, stored) };
}

/** Location, Content-Location (RFC 7643 §3.1) and ETag of a resource. */
export function resourceHeaders(call: Call, endpoint: Endpoint, stored: Stored): Record<string, string> {
  const location = locationOf(call.baseUrl, endpoint.type.endpoint, stored.id);
  const headers: Record<string, string> = { Location: location, "Content-Location": location };
  if (call.options.features.etag) headers.ETag = entityTag(stored.meta);
  return headers;
}

/** The preconditions of a write; none while ETags are switched off. */
export function preconditionsOf(call: Call): WritePreconditions {
  const { headers } = call.request;
  if (!call.options.features.etag) return unconditional;
  if (headers["if-match"] === undefined && headers["if-none-match"] === undefined) return unconditional;
  return {
    ifMatch: readPrecondition(header(headers, "if-match")),
    ifNoneMatch: readPrecondition(header(headers, "if-none-match")),
  };
}
