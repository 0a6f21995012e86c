/** A handler of Express: one request, answered. */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Scim } from "scimkit";
import { takenOff } from "../http/mount.ts";
import { parsedBody } from "../node/read-body.ts";
import { respond } from "../node/respond.ts";
import { serve } from "../node/serve.ts";

/** What Express adds to a node request, as far as it matters here. */
export interface ExpressRequest extends IncomingMessage {
  readonly originalUrl?: string;
  readonly app?: { get(setting: string): unknown };
}

/** What Express calls when a handler does not answer. */
export type Next = (error?: unknown) => void;

/** Middleware of Express. */
export type Handler<Request> = (request: Request, response: ServerResponse, next: Next) => void;

/** Middleware that answers every request with what `serviceFor` gives for it. */
export function handler<Request extends ExpressRequest>(serviceFor: (request: Request) => Scim): Handler<Request> {
  return (request, response, next) => {
    const url = request.url ?? "/";
    const mount = takenOff(request.originalUrl ?? url, url);
    const proxyTrusted = (): boolean => trusts(request);
    const at = { url, mount, proxyTrusted, parsed: parsedBody(request) };
    void serve(serviceFor(request), request, at).then((answer) => {
      if (answer !== undefined) respond(response, answer);
    }, next);
  };
}

/** Express compiles `trust proxy` to this function of the peer's address. */
function trusts(request: ExpressRequest): boolean {
  const trust = request.app?.get("trust proxy fn");
  return typeof trust === "function" && trust(request.socket.remoteAddress, 0) === true;
}
