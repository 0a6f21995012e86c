/** SCIM in Express 4 and 5, as middleware that routes by itself. */
import type { ServerResponse } from "node:http";
import { errorResponse, type Scim, ScimError } from "scimkit";
import type { Portal } from "scimkit/portal";
import { respond } from "../node/respond.ts";
import { type ExpressRequest, type Handler, handler, type Next } from "./handler.ts";

export type { ExpressRequest } from "./handler.ts";

type ErrorHandler = (error: unknown, request: ExpressRequest, response: ServerResponse, next: Next) => void;

/**
 * Middleware for `app.use("/scim/v2", scimRouter(scim))`: at any path, in nested routers, before or after a body parser.
 *
 * It answers every request that reaches it. The second handler answers for a body parser in front of it, which refuses a
 * body that is malformed or too large; every other error goes on to the host's own error handling. Behind a proxy,
 * Express's `trust proxy` setting decides whether `X-Forwarded-Proto` and `X-Forwarded-Host` are believed.
 */
export function scimRouter(scim: Scim): [Handler<ExpressRequest>, ErrorHandler] {
  return [
    handler(() => scim),
    (error, _request, response, next) => {
      const refused = bodyError(error);
      if (refused === undefined) next(error);
      else respond(response, errorResponse(refused));
    },
  ];
}

/**
 * Middleware for `app.use("/settings/scim", portalRouter(portal))`, after the host's own session. Its requests are those
 * that `authorize` is asked about.
 */
export function portalRouter<Request extends ExpressRequest>(portal: Portal<Request>): Handler<Request> {
  return handler((request) => ({
    handle: (asked) => portal.handle(asked, request),
    maxBodySize: portal.maxBodySize,
    baseUrl: undefined,
  }));
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
