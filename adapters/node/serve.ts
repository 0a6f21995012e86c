/** One node request through the core: base URL, headers and body in, an answer out. */
import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { errorResponse, type Scim, ScimError, type ScimHeaders, type ScimResponse } from "scimkit";
import { takesBody } from "../http/content.ts";
import { pathAndQuery } from "../http/mount.ts";
import { type Arrival, originOf } from "../http/origin.ts";
import { aborted, type ParsedBody, readBody } from "./read-body.ts";

/** What a framework knows of a request beside the request itself. */
export interface Mounted {
  /** Path and query below the mount. */
  readonly url: string;
  /** The path of the mount, without a trailing slash. */
  readonly mount: string;
  /** Whether the host app trusts the peer's `X-Forwarded-*` headers; asked only if there are any. */
  proxyTrusted(): boolean;
  readonly parsed: ParsedBody;
}

/** The answer to a request, or undefined when the client went away before it had sent it. Never rejects. */
export async function serve(scim: Scim, request: IncomingMessage, at: Mounted): Promise<ScimResponse | undefined> {
  try {
    const { method = "GET", headers } = request;
    const body = takesBody(method) ? await readBody(request, headers, at.parsed, scim.maxBodySize) : undefined;
    if (body === aborted) return undefined;
    const url = pathAndQuery(at.url);
    const asked = withEachToken(request, headers);
    const baseUrl = scim.baseUrl ?? originOf(headers, arrivalOf(request, at)) + at.mount;
    return await (body === undefined
      ? scim.handle({ method, url, headers: asked, baseUrl })
      : scim.handle({ method, url, headers: asked, baseUrl, body }));
  } catch (thrown) {
    return errorResponse(ScimError.from(thrown));
  }
}

function arrivalOf({ socket }: IncomingMessage, at: Mounted): Arrival {
  return { encrypted: "encrypted" in socket && socket.encrypted === true, proxyTrusted: at.proxyTrusted };
}

/** Node keeps the first of two Authorization headers; the core has to see both to refuse them. */
function withEachToken(request: IncomingMessage, headers: IncomingHttpHeaders): ScimHeaders {
  const raw = request.rawHeaders;
  let tokens = 0;
  for (let index = 0; index < raw.length; index += 2) {
    const name = raw[index];
    if (name?.length === 13 && name.toLowerCase() === "authorization") tokens++;
  }
  return tokens < 2 ? headers : { ...headers, authorization: request.headersDistinct.authorization };
}
