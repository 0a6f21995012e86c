/** SCIM on a bare `node:http` server, without a framework. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { errorResponse, type Scim, ScimError } from "scimkit";
import { below, mountPath, pathAndQuery } from "../http/mount.ts";
import { parsedBody } from "./read-body.ts";
import { respond } from "./respond.ts";
import { serve } from "./serve.ts";

/** Where and how {@link scimListener} serves. */
export interface ListenerOptions {
  /** The path of the SCIM base: `/scim/v2`. Default: the root. Anything outside it is answered 404. */
  readonly path?: string;
  /** Whether `X-Forwarded-Proto` and `X-Forwarded-Host` are believed: only behind a proxy that sets them. Default: no. */
  readonly trustProxy?: boolean;
}

/**
 * A request listener for `http.createServer`, `https.createServer` and the compatible `http2` servers.
 *
 * Reads request bodies itself, up to `scim.maxBodySize` bytes, and answers every request.
 */
export function scimListener(
  scim: Scim,
  options: ListenerOptions = {},
): (request: IncomingMessage, response: ServerResponse) => void {
  const mount = mountPath(options.path ?? "");
  const proxyTrusted = (): boolean => options.trustProxy === true;
  return (request, response) => {
    const url = below(pathAndQuery(request.url ?? "/"), mount);
    if (url === undefined) {
      respond(response, errorResponse(ScimError.notFound("There is nothing at this path.")));
      return;
    }
    void serve(scim, request, { url, mount, proxyTrusted, parsed: parsedBody(request) }).then((answer) => {
      if (answer !== undefined) respond(response, answer);
    });
  };
}
