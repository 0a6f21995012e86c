/** SCIM in Express 4 and 5, as middleware that routes by itself. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { errorResponse, type Scim, ScimError } from "scimkit";
import { takenOff } from "../http/mount.ts";
import { parsedBody } from "../node/read-body.ts";
import { respond } from "../node/respond.ts";
import { serve } from "../node/serve.ts";

/** What Express adds to a node request, as far as it matters here. */
export interface ExpressRequest extends IncomingMessage {
  readonly originalUrl?: string;
  readonly app?: { get(setting: string): unknown };
}

type Next = (error?: unknown) => void;
type Handler = (request: ExpressRequest, response: ServerResponse, next: Next) => void;
type ErrorHandler = (error: unknown, request: ExpressRequest, response: ServerResponse, next: Next) => void;

/**
 * Middleware for `app.use("/scim/v2", scimRouter(scim))`: at any path, in nested routers, before or after a body parser.
 *
 * It answers every request that reaches it. The second handler answers for a body parser in front of it, which refuses a
 * body that is malformed or too large; every other error goes on to the host's own error handling. Behind a proxy,
 * Express's `trust proxy` setting decides whether `X-Forwarded-Proto` and `X-Forwarded-Host` are believed.
 */
export function scimRouter(scim: Scim): [Handler, ErrorHandler] {
  return [
    (request, response, next) => {
      const url = request.url ?? "/";
      const mount = takenOff(request.originalUrl ?? url, url);
      const proxyTrusted = (): boolean => trusts(request);
      void serve(scim, request, { url, mount, proxyTrusted, parsed: parsedBody(request) }).then((answer) => {
        if (answer !== undefined) respond(response, answer);
      }, next);
    },
    (error, _request, response, next) => {
      const refused = bodyError(error);
      if (refused === undefined) next(error);
      else respond(response, errorResponse(refused));
    },
  ];
}

/** Express compiles `trust proxy` to this function of the peer's address. */
function trusts(request: ExpressRequest): boolean {
  const trust = request.app?.get("trust proxy fn");
  return typeof trust === "function" && trust(request.socket.remoteAddress, 0) === true;
}

/** The errors of body-parser, by their documented `type`. */
function bodyError(error: unknown): ScimError | undefined {
  if (!(error instanceof Error && "type" in error)) return undefined;
  switch (error.type) {
    case "entity.parse.failed":
      return ScimError.invalidSyntax("The request body is not valid JSON.", { cause: error });
    case "entity.too.large":
      return ScimError.payloadTooLarge("limit" in error ? Number(error.limit) : 0);
    case "charset.unsupported":
    case "encoding.unsupported":
      return new ScimError(415, "The request body must be UTF-8 text without a Content-Encoding.", { cause: error });
    default:
      return undefined;
  }
}
