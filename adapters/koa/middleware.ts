/** Middleware of Koa: what lies below a path, answered. */
import { Readable } from "node:stream";
import type { Context, Middleware } from "koa";
import { errorResponse, type Scim, ScimError, type ScimPieces, type ScimResponse } from "scimkit";
import { below, mountPath, pathAndQuery, takenOff } from "../http/mount.ts";
import { type ParsedBody, parsedBody } from "../node/read-body.ts";
import { serve } from "../node/serve.ts";

/** Middleware that answers what lies below a path with what `serviceFor` gives for it; outside it, the next one runs. */
export function middleware(serviceFor: (ctx: Context) => Scim, mount = ""): Middleware {
  const path = mountPath(mount);
  return async (ctx, next) => {
    const here = pathAndQuery(ctx.url);
    const url = below(here, path);
    if (url === undefined) return next();
    const answer = await serve(serviceFor(ctx), ctx.req, {
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
function assign(ctx: Context, answer: ScimResponse): void {
  const { status, headers, pieces } = answer;
  ctx.status = status;
  ctx.set(headers);
  ctx.body = pieces === undefined ? (answer.body ?? null) : streamOf(pieces, ctx);
  ctx.status = status;
}

/** Koa pipes it, and destroys it when the client goes away. Where it breaks off, Koa would leave the client waiting. */
function streamOf(pieces: ScimPieces, { res }: Context): Readable {
  return Readable.from(pieces, { objectMode: false, highWaterMark: 1_048_576 }).once("error", () => res.destroy());
}
