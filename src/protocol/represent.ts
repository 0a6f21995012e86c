/** Responses that carry one resource, or none: body, ETag, Location. RFC 7644 §3.1, §3.9, §3.14. */
import { header, type ScimResponse } from "../request.ts";
import type { Resource } from "../schema/attribute.ts";
import type { Stored } from "../store/stored.ts";
import type { Call } from "./call.ts";
import type { Endpoint } from "./endpoint.ts";
import { jsonResponse, locationOf, mediaType } from "./envelope.ts";
import { isLong, jsonPieces, type Piece } from "./json-pieces.ts";
import type { KeptSlices } from "./kept-slices.ts";
import { longResponse } from "./long-response.ts";
import { groupsFor } from "./memberships.ts";
import type { Projection } from "./projection.ts";
import { type ResourceText, resourceText } from "./resource-text.ts";
import { entityTag, readPrecondition, unconditional, type WritePreconditions } from "./version.ts";

/** The resources of a page, as they are sent; `User.groups` filled in. */
export async function represent(
  call: Call,
  endpoint: Endpoint,
  page: readonly Stored[],
  projection: Projection,
): Promise<readonly ResourceText[]> {
  const asked = groupsFor(call, endpoint, page, projection.selection);
  const groups = asked === undefined ? undefined : await asked;
  const presentation = { baseUrl: call.baseUrl, versioned: call.options.features.etag };
  return page.map((stored) => resourceText(endpoint.texts, stored, groups?.get(stored.id), projection, presentation));
}

/** A resource as the answer to a read. */
export async function readResponse(
  call: Call,
  endpoint: Endpoint,
  stored: Stored,
  projection: Projection,
): Promise<ScimResponse> {
  const [text = stored] = await represent(call, endpoint, [stored], projection);
  return textResponse(call, endpoint, stored, 200, text);
}

/** A resource as the answer to a write. */
export async function resourceResponse(
  call: Call,
  endpoint: Endpoint,
  stored: Stored,
  status: number,
  projection: Projection,
  written?: ReadonlySet<string>,
): Promise<ScimResponse> {
  const asked = groupsFor(call, endpoint, [stored], projection.selection);
  const groups = asked === undefined ? undefined : (await asked).get(stored.id);
  const presentation = { baseUrl: call.baseUrl, versioned: call.options.features.etag, written };
  const representation = projection.project(groups === undefined ? stored : { ...stored, groups }, presentation);
  return textResponse(call, endpoint, stored, status, representation);
}

function textResponse(
  call: Call,
  endpoint: Endpoint,
  stored: Stored,
  status: number,
  resource: ResourceText,
): ScimResponse {
  const headers = resourceHeaders(call, endpoint, stored);
  if (typeof resource === "string")
    return { status, headers: { "Content-Type": mediaType, ...headers }, body: resource };
  if (!isLong(resource)) return jsonResponse(status, resource, headers);
  return longResponse(call, status, () => resourcePieces(resource, endpoint.slices), headers);
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
