/** The Koa adapter beside what a host app does: body parsers, proxies, mounts, errors of its own. */
import Koa from "koa";
import bodyParser from "koa-bodyparser";
import mount from "koa-mount";
import Koa2 from "koa2";
import { scimRouter } from "scimkit/koa";
import { afterEach, describe, expect, it } from "vitest";
import { type Mounted, serve } from "../mounts.ts";
import { scripted } from "./scripted.ts";

const base = "/scim/v2";
const post = { method: "POST", path: "/Users", body: '{"a":1}' };

let mounted: Mounted | undefined;

afterEach(async () => {
  await mounted?.close();
  mounted = undefined;
});

async function open(app: Koa, path?: string): Promise<Mounted> {
  app.silent = true;
  mounted = await serve(app.callback(), path);
  return mounted;
}

describe.each([
  ["Koa 3", Koa],
  ["Koa 2", Koa2],
])("%s", (_name, Framework) => {
  it.each(["application/json", "application/scim+json"])("finds the body of %s behind koa-bodyparser", async (type) => {
    const core = scripted();
    const { send } = await open(new Framework().use(bodyParser()).use(scimRouter(core.scim, { path: base })));
    await send({ ...post, headers: { "Content-Type": type } });
    expect(core.requests[0]?.body).toEqual({ json: { a: 1 } });
  });

  it("reads a body that koa-bodyparser has left unread", async () => {
    const core = scripted();
    const parser = bodyParser({ enableTypes: ["form"] });
    const { send } = await open(new Framework().use(parser).use(scimRouter(core.scim, { path: base })));
    await send({ ...post, headers: { "Content-Type": "application/scim+json" } });
    expect(core.requests[0]?.body).toEqual({ text: '{"a":1}' });
  });

  it("takes a body that middleware has put on the node request", async () => {
    const core = scripted();
    const app = new Framework().use(async (ctx, next) => {
      for await (const chunk of ctx.req) Object.assign(ctx.req, { rawBody: chunk });
      return next();
    });
    const { send } = await open(app.use(scimRouter(core.scim, { path: base })));
    await send({ ...post, headers: { "Content-Type": "application/scim+json" } });
    expect(core.requests[0]?.body).toEqual({ text: '{"a":1}' });
  });

  it("runs the next middleware outside its path", async () => {
    const core = scripted();
    const app = new Framework().use(scimRouter(core.scim, { path: "scim/v2/" })).use((ctx) => {
      ctx.body = "the host's";
    });
    const { send } = await open(app, "");
    for (const path of ["/", "/scim", "/scim/v22/Users", "/Users?x=/scim/v2/Users"]) {
      expect((await send({ method: "GET", path })).text).toBe("the host's");
    }
    expect(core.requests).toEqual([]);
    await send({ method: "GET", path: "/scim/v2" });
    expect(core.requests).toHaveLength(1);
  });

  it("does not swallow an error of the host's own middleware, on either side", async () => {
    const core = scripted();
    const seen: unknown[] = [];
    const app = new Framework()
      .use(async (ctx, next) => {
        try {
          await next();
        } catch (error) {
          seen.push(error);
          ctx.status = 599;
        }
      })
      .use(scimRouter(core.scim, { path: base }))
      .use(() => {
        throw new Error("the host's");
      });
    const { send } = await open(app, "");
    expect((await send({ method: "GET", path: "/own" })).status).toBe(599);
    expect(seen).toEqual([new Error("the host's")]);
  });

  it("serves under koa-mount without a path, and at the root", async () => {
    const core = scripted();
    const app = new Framework().use(mount("/api", mount("/scim", scimRouter(core.scim)))).use(scimRouter(core.scim));
    const { send, baseUrl } = await open(app, "");
    for (const path of ["/api/scim/Users?a=1", "/api/scim", "/Users"]) await send({ method: "GET", path });
    expect(core.requests).toMatchObject([
      { url: "/Users?a=1", baseUrl: `${baseUrl}/api/scim` },
      { url: "/", baseUrl: `${baseUrl}/api/scim` },
      { url: "/Users", baseUrl },
    ]);
  });

  it("believes a proxy's headers only under app.proxy", async () => {
    const core = scripted();
    const headers = { Host: "inner:8080", "X-Forwarded-Proto": "https", "X-Forwarded-Host": "app.example:8443, inner" };
    const app = new Framework().use(scimRouter(core.scim, { path: base }));
    const { send } = await open(app);
    for (const proxy of [false, true]) {
      app.proxy = proxy;
      await send({ method: "GET", path: "/Users", headers });
    }
    expect(core.requests.map((request) => request.baseUrl)).toEqual([
      "http://inner:8080/scim/v2",
      "https://app.example:8443/scim/v2",
    ]);
  });

  it("shows its answer to middleware further out", async () => {
    const seen: unknown[] = [];
    const app = new Framework().use(async (ctx, next) => {
      await next();
      seen.push(ctx.status, ctx.body, ctx.length);
      ctx.set("X-Response-Time", "1ms");
    });
    const answer = { status: 201, headers: { "Content-Type": "application/scim+json" }, body: '{"ä":1}' };
    const { send } = await open(app.use(scimRouter(scripted(() => answer).scim, { path: base })));
    expect((await send({ method: "GET", path: "/Users" })).headers["x-response-time"]).toBe("1ms");
    expect(seen).toEqual([201, '{"ä":1}', 8]);
  });

  it("answers an envelope for an answer that cannot be written", async () => {
    const answer = { status: 200, headers: { Location: "line\nbreak" }, body: "{}" };
    const { send } = await open(new Framework().use(scimRouter(scripted(() => answer).scim, { path: base })));
    expect(await send({ method: "GET", path: "/Users" })).toMatchObject({ status: 500, json: { status: "500" } });
  });
});
