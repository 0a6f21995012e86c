/** SCIM in Koa 2 and 3, as middleware that routes by itself. */
import type { Context, Middleware } from "koa";
import { errorResponse, type Scim, ScimError, type ScimResponse } from "scimkit";
import { below, mountPath, pathAndQuery, takenOff } from "../http/mount.ts";
import { type ParsedBody, parsedBody } from "../node/read-body.ts";
import { serve } from "../node/serve.ts";

/** Where {@link scimRouter} serves. */
export interface RouterOptions {
  /** The path of the SCIM base: `/scim/v2`. Default: all of what reaches the middleware. Outside it, the next one runs. */
  readonly path?: string;
}

/**
 * Middleware for `app.use(scimRouter(scim, { path: "/scim/v2" }))`, or without a path under koa-mount.
 *
 * Works before and after a body parser. Behind a proxy, `app.proxy` decides whether `X-Forwarded-Proto` and
 * `X-Forwarded-Host` are believed.
 */
export function scimRouter(scim: Scim, options: RouterOptions = {}): Middleware {
  const path = mountPath(options.path ?? "");
  return async (ctx, next) => {
    const here = pathAndQuery(ctx.url);
    const url = below(here, path);
    if (url === undefined) return next();
    const answer = await serve(scim, ctx.req, {
      url,
      mount: takenOff(ctx.originalUrl, here) + path,
      proxyTrusted: () => ctx.app.proxy,
      parsed: parsedOn(ctx),
    });
    if (answer !== undefined) respond(ctx, answer);
    return undefined;
  };
}

/** Body parsers of Koa write on its own request; those of Express and connect, on node's. */
function parsedOn(ctx: Context): ParsedBody {
  const own = parsedBody(ctx.request);
  return own.body === undefined && own.rawBody === undefined ? parsedBody(ctx.req) : own;
}

/** Through Koa's own response, so that middleware further out (logging, compression) sees it. */
function respond(ctx: Context, answer: ScimResponse): void {
  try {
    assign(ctx, answer);
  } catch (cause) {
    assign(ctx, errorResponse(ScimError.from(cause)));
  }
}

/** The status comes twice: Koa derives one from the body, and a length and a media type from the status. */
function assign(ctx: Context, { status, headers, body }: ScimResponse): void {
  ctx.status = status;
  ctx.set(headers);
  ctx.body = body ?? null;
  ctx.status = status;
}
