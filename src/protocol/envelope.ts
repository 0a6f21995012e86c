/** The messages around resources: media type, errors, lists, locations. RFC 7644 §3.4.2, §3.8, §3.12. */
import type { ScimError } from "../error.ts";
import type { ScimResponse } from "../request.ts";

/** The media type of every response with a body. RFC 7644 §3.1, §8.1. */
export const mediaType = "application/scim+json";

const errorSchemas = ["urn:ietf:params:scim:api:messages:2.0:Error"];
const listSchemas = ["urn:ietf:params:scim:api:messages:2.0:ListResponse"];

/** An error as the body of a response, or of one bulk operation. RFC 7644 §3.12. */
export function errorBody(error: ScimError): Record<string, unknown> {
  return {
    schemas: errorSchemas,
    status: String(error.status),
    ...(error.scimType === undefined ? {} : { scimType: error.scimType }),
    detail: error.detail,
  };
}

/**
 * An error as a whole response: the envelope of RFC 7644 §3.12, the status, and the headers the error carries.
 *
 * For adapters, which meet errors before the core does (a body over the limit, say).
 */
export function errorResponse(error: ScimError): ScimResponse {
  return jsonResponse(error.status, errorBody(error), error.headers);
}

/** Any value as the body of a response. */
export function jsonResponse(
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): ScimResponse {
  return { status, headers: { "Content-Type": mediaType, ...headers }, body: JSON.stringify(body) };
}

/** What a list response says of its page. RFC 7644 §3.4.2.4, RFC 9865 §2. */
export interface ListPage {
  readonly resources: readonly unknown[];
  readonly total: number;
  /** Index paging only. */
  readonly startIndex?: number | undefined;
  readonly nextCursor?: string | undefined;
  readonly previousCursor?: string | undefined;
}

/** A ListResponse without its `Resources`. */
export function listHead(page: ListPage): Record<string, unknown> {
  return {
    schemas: listSchemas,
    totalResults: page.total,
    itemsPerPage: page.resources.length,
    ...(page.startIndex === undefined ? {} : { startIndex: page.startIndex }),
    ...(page.previousCursor === undefined ? {} : { previousCursor: page.previousCursor }),
    ...(page.nextCursor === undefined ? {} : { nextCursor: page.nextCursor }),
  };
}

/** A ListResponse. `Resources` is always there, also when it is empty. RFC 7644 §3.4.2. */
export function listBody(page: ListPage): Record<string, unknown> {
  return { ...listHead(page), Resources: page.resources };
}

/** What needs no encoding in a URL: ids are mostly of this, and looking is quicker than encoding. RFC 3986 §2.3. */
const unreserved = /^[\w.~-]*$/;

/** Where a resource lives. RFC 7644 §3.1. */
export function locationOf(baseUrl: string, endpoint: string, id: string): string {
  return `${baseUrl}${endpoint}/${unreserved.test(id) ? id : encodeURIComponent(id)}`;
}
