/** Querying with POST. RFC 7644 §3.4.3. */
import { ScimError } from "../error.ts";
import type { ScimResponse } from "../request.ts";
import { type Body, readBody } from "./body.ts";
import type { Call } from "./call.ts";
import type { Endpoint } from "./endpoint.ts";
import { list } from "./list.ts";
import { readSearchRequest } from "./query.ts";
import { rootQuery } from "./root-query.ts";

const searchUrn = "urn:ietf:params:scim:api:messages:2.0:searchrequest";

/**
 * `POST /Users/.search` and `POST /.search` → what GET answers with the same parameters in its URL.
 *
 * @param endpoint - undefined at the root
 */
export async function search(call: Call, endpoint: Endpoint | undefined): Promise<ScimResponse> {
  const body = readBody(call.request, call.options.limits.nesting);
  checkMessage(body, call.options.strict);
  const searching: Call = { ...call, query: readSearchRequest(body) };
  return endpoint === undefined ? rootQuery(searching) : list(searching, endpoint);
}

/** Outside strict mode a SearchRequest without `schemas` is taken for one. */
function checkMessage({ schemas }: Body, strict: boolean): void {
  if (schemas === undefined && !strict) return;
  const isSearch =
    Array.isArray(schemas) && schemas.some((urn) => typeof urn === "string" && urn.toLowerCase() === searchUrn);
  if (!isSearch) {
    throw ScimError.invalidSyntax(
      'A SearchRequest must have "schemas": ["urn:ietf:params:scim:api:messages:2.0:SearchRequest"].',
    );
  }
}
