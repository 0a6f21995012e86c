/** One node request through the core: base URL, headers and body in, an answer out. */
import type { IncomingMessage } from "node:http";
import { errorResponse, type Scim, ScimError, type ScimHeaders, type ScimResponse } from "scimkit";
import { pathAndQuery } from "../http/mount.ts";
import { originOf } from "../http/origin.ts";
import { aborted, type ParsedBody, readBody } from "./read-body.ts";

/** What a framework knows of a request beside the request itself. */
export interface Mounted {
  /** Path and query below the mount. */
  readonly url: string;
  /** The path of the mount, without a trailing slash. */
  readonly mount: string;
  /** Whether the host app trusts the peer's `X-Forwarded-*` headers. */
  readonly proxyTrusted: boolean;
  readonly parsed: ParsedBody;
}

/** The answer to a request, or undefined when the client went away before it had sent it. Never rejects. */
export async function serve(scim: Scim, request: IncomingMessage, at: Mounted): Promise<ScimResponse | undefined> {
  try {
    const encrypted = "encrypted" in request.socket && request.socket.encrypted === true;
    const baseUrl = scim.baseUrl ?? originOf(request.headers, { encrypted, proxyTrusted: at.proxyTrusted }) + at.mount;
    const body = await readBody(request, at.parsed, scim.maxBodySize);
    if (body === aborted) return undefined;
    return await scim.handle({
      method: request.method ?? "GET",
      url: pathAndQuery(at.url),
      headers: headersOf(request),
      baseUrl,
      ...(body === undefined ? {} : { body }),
    });
  } catch (thrown) {
    return errorResponse(ScimError.from(thrown));
  }
}

/** Node keeps the first of two Authorization headers; the core has to see both to refuse them. */
function headersOf(request: IncomingMessage): ScimHeaders {
  const raw = request.rawHeaders;
  let tokens = 0;
  for (let index = 0; index < raw.length; index += 2) {
    const name = raw[index];
    if (name?.length === 13 && name.toLowerCase() === "authorization") tokens++;
  }
  return tokens < 2 ? request.headers : { ...request.headers, authorization: request.headersDistinct.authorization };
}
