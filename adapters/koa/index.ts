/** SCIM in Koa 2 and 3, as middleware that routes by itself. */
import type { Context, Middleware } from "koa";
import type { Scim } from "scimkit";
import type { Portal } from "scimkit/portal";
import { middleware } from "./middleware.ts";

/** Where {@link scimRouter} or {@link portalRouter} serves. */
export interface RouterOptions {
  /**
   * The path of the SCIM base or of the page: `/scim/v2`. Outside it, the next middleware runs. Default: all of what
   * reaches the middleware.
   */
  readonly path?: string;
}

/**
 * Middleware for `app.use(scimRouter(scim, { path: "/scim/v2" }))`, or without a path under koa-mount.
 *
 * Works before and after a body parser. Behind a proxy, `app.proxy` decides whether `X-Forwarded-Proto` and
 * `X-Forwarded-Host` are believed.
 */
export function scimRouter(scim: Scim, options: RouterOptions = {}): Middleware {
  return middleware(() => scim, options.path);
}

/**
 * Middleware for `app.use(portalRouter(portal, { path: "/settings/scim" }))`, or without a path under koa-mount; after
 * the host's own session, since `authorize` is asked about Koa's context.
 */
export function portalRouter(portal: Portal<Context>, options: RouterOptions = {}): Middleware {
  const serviceFor = (ctx: Context): Scim => ({
    handle: (asked) => portal.handle(asked, ctx),
    maxBodySize: portal.maxBodySize,
    baseUrl: undefined,
  });
  return middleware(serviceFor, options.path);
}
