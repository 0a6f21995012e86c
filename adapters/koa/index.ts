/** SCIM in Koa 2 and 3, as middleware that routes by itself. */
import type { IncomingMessage } from "node:http";
import type { Scim, ScimResponse } from "scimkit";
import { below, mountPath, pathAndQuery, takenOff } from "../http/mount.ts";
import { serve } from "../node/serve.ts";

/** What Koa's context has, as far as it matters here. */
export interface KoaContext {
  readonly app: { readonly proxy: boolean };
  readonly req: IncomingMessage & { readonly body?: unknown; readonly rawBody?: unknown };
  readonly request: { readonly body?: unknown; readonly rawBody?: unknown };
  readonly originalUrl: string;
  readonly url: string;
  status: number;
  body: unknown;
  set(headers: Record<string, string>): void;
}

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
export function scimRouter(
  scim: Scim,
  options: RouterOptions = {},
): (ctx: KoaContext, next: () => Promise<unknown>) => Promise<unknown> {
  const path = mountPath(options.path ?? "");
  return async (ctx, next) => {
    const here = pathAndQuery(ctx.url);
    const url = below(here, path);
    if (url === undefined) return next();
    const answer = await serve(scim, ctx.req, {
      url,
      mount: takenOff(ctx.originalUrl, here) + path,
      proxyTrusted: ctx.app.proxy,
      parsed: { body: ctx.request.body ?? ctx.req.body, rawBody: ctx.request.rawBody ?? ctx.req.rawBody },
    });
    if (answer !== undefined) answerWith(ctx, answer);
    return undefined;
  };
}

/** Through Koa's own response, so that middleware further out (logging, compression) sees it. */
function answerWith(ctx: KoaContext, { status, headers, body }: ScimResponse): void {
  ctx.status = status;
  ctx.set({ ...headers });
  ctx.body = body ?? null;
  ctx.status = status;
}
