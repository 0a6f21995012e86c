/** The Express adapter beside what a host app does: body parsers, proxies, routers, errors of its own. */
import express, { type ErrorRequestHandler, type RequestHandler } from "express";
import express4 from "express4";
import { scimRouter } from "scimkit/express";
import { afterEach, describe, expect, it } from "vitest";
import { type Mounted, serve } from "../mounts.ts";
import { scripted } from "./scripted.ts";

const post = { method: "POST", path: "/Users", body: '{"a":1}' };
const scimJson = { "Content-Type": "application/scim+json" };
const json = { "Content-Type": "application/json" };

let mounted: Mounted | undefined;

afterEach(async () => {
  await mounted?.close();
  mounted = undefined;
});

async function open(app: express.Express, path?: string): Promise<Mounted> {
  mounted = await serve(app, path);
  return mounted;
}

describe.each([
  ["Express 5", express],
  ["Express 4", express4],
])("%s", (_name, framework) => {
  it.each<[string, RequestHandler, Record<string, string>, unknown]>([
    ["express.json()", framework.json(), json, { json: { a: 1 } }],
    ["express.json() that leaves scim+json unread", framework.json(), scimJson, { text: '{"a":1}' }],
    [
      "express.json() told to read scim+json",
      framework.json({ type: ["*/json", "*/*+json"] }),
      scimJson,
      { json: { a: 1 } },
    ],
    ["express.text()", framework.text({ type: () => true }), scimJson, { text: '{"a":1}' }],
    ["express.raw()", framework.raw({ type: () => true }), scimJson, { text: '{"a":1}' }],
    ["express.urlencoded()", framework.urlencoded({ extended: true }), scimJson, { text: '{"a":1}' }],
    ["middleware that keeps rawBody alone", keepsRawBody, scimJson, { text: '{"a":1}' }],
  ])("finds the body behind %s", async (_parser, parser, headers, body) => {
    const core = scripted();
    const { send } = await open(framework().use(parser).use("/scim/v2", scimRouter(core.scim)));
    await send({ ...post, headers });
    expect(core.requests[0]?.body).toEqual(body);
  });

  it("finds no body behind express.json() where there is none", async () => {
    const core = scripted();
    const { send } = await open(framework().use(framework.json()).use("/scim/v2", scimRouter(core.scim)));
    await send({ ...post, headers: json, body: "" });
    expect(core.requests[0]?.body).toBeUndefined();
  });

  it("leaves a later body parser alone", async () => {
    const core = scripted();
    const app = framework().use("/scim/v2", scimRouter(core.scim)).use(framework.json());
    app.post("/own", (request, response) => void response.json(request.body));
    const { send } = await open(app, "");
    expect((await send({ method: "POST", path: "/own", headers: json, body: '{"a":1}' })).json).toEqual({ a: 1 });
  });

  it("answers an envelope for what a body parser in front refuses", async () => {
    const core = scripted();
    const app = framework()
      .use(framework.json({ limit: 20 }))
      .use("/scim/v2", scimRouter(core.scim));
    const { send } = await open(app);
    const answers = [
      await send({ ...post, headers: json, body: '{"a":' }),
      await send({ ...post, headers: json, body: '{"a":"xxxxxxxxxxxxxxxxxxxx"}' }),
      await send({ ...post, headers: { ...json, "Content-Encoding": "zstd" } }),
      await send({ ...post, headers: { "Content-Type": "application/json; charset=klingon" } }),
    ];
    expect(answers.map((answer) => answer.json)).toMatchObject([
      { status: "400", scimType: "invalidSyntax" },
      { status: "413", detail: "The request body is larger than the 20 bytes accepted here." },
      { status: "415" },
      { status: "415" },
    ]);
    expect(core.requests).toEqual([]);
  });

  it("says what to mend when the host has read the body and kept it", async () => {
    const swallow: RequestHandler = (request, _response, next) => void request.on("end", () => next()).resume();
    const { send } = await open(framework().use(swallow).use("/scim/v2", scimRouter(scripted().scim)));
    const answer = await send({ ...post, headers: scimJson });
    expect(answer).toMatchObject({
      status: 500,
      json: { detail: expect.stringContaining("mount the SCIM router before") },
    });
  });

  it("does not swallow an error of the host's own middleware", async () => {
    const seen: unknown[] = [];
    const thrown = Object.assign(new Error("the host's"), { type: "entity.not.ours", status: 400 });
    const fails: RequestHandler = () => {
      throw thrown;
    };
    const onError: ErrorRequestHandler = (error, _request, response, _next) => {
      seen.push(error);
      response.status(599).end();
    };
    const { send } = await open(framework().use(fails).use("/scim/v2", scimRouter(scripted().scim)).use(onError));
    expect((await send({ method: "GET", path: "/Users" })).status).toBe(599);
    expect(seen).toEqual([thrown]);
  });

  it("serves at the root", async () => {
    const core = scripted();
    const { send, baseUrl } = await open(framework().use(scimRouter(core.scim)), "");
    await send({ method: "GET", path: "/Users?count=1" });
    expect(core.requests[0]).toMatchObject({ url: "/Users?count=1", baseUrl });
  });

  it("serves below a path with parameters, in a router of a sub-app", async () => {
    const core = scripted();
    const inner = framework().use("/api", framework.Router().use("/:tenant/scim", scimRouter(core.scim)));
    const { send, baseUrl } = await open(framework().use("/v1", inner), "/v1/api/acme%20inc/scim");
    await send({ method: "GET", path: "/Users" });
    expect(core.requests[0]).toMatchObject({ url: "/Users", baseUrl });
  });

  it("tells the client the path it has to use when the host has rewritten it", async () => {
    const core = scripted();
    const rewrite: RequestHandler = (request, _response, next) => {
      request.url = request.url.replace("/provisioning", "/scim/v2");
      next();
    };
    const { send, baseUrl } = await open(
      framework().use(rewrite).use("/scim/v2", scimRouter(core.scim)),
      "/provisioning",
    );
    await send({ method: "GET", path: "/Users" });
    expect(core.requests[0]).toMatchObject({ url: "/Users", baseUrl });
  });

  it("believes a proxy's headers only under trust proxy", async () => {
    const core = scripted();
    const headers = { Host: "inner:8080", "X-Forwarded-Proto": "https", "X-Forwarded-Host": "app.example:8443, inner" };
    const app = framework().use("/scim/v2", scimRouter(core.scim));
    const { send } = await open(app);
    for (const trust of [false, true, "10.0.0.0/8", "loopback"]) {
      app.set("trust proxy", trust);
      await send({ method: "GET", path: "/Users", headers });
    }
    expect(core.requests.map((request) => request.baseUrl)).toEqual([
      "http://inner:8080/scim/v2",
      "https://app.example:8443/scim/v2",
      "http://inner:8080/scim/v2",
      "https://app.example:8443/scim/v2",
    ]);
  });

  it("keeps headers the host has set, and leaves its late answer alone", async () => {
    const core = scripted();
    const headers: RequestHandler = (_request, response, next) => {
      response.set({ "X-Request-Id": "r1", "Content-Type": "text/html" });
      next();
    };
    const early: RequestHandler = (request, response, next) => {
      if (request.query.early !== undefined) response.status(202).send("early");
      next();
    };
    const { send } = await open(framework().use(headers, early).use("/scim/v2", scimRouter(core.scim)));
    expect((await send({ method: "GET", path: "/Users" })).headers).toMatchObject({
      "x-request-id": "r1",
      "content-type": "application/scim+json",
    });
    expect(await send({ method: "GET", path: "/Users?early" })).toMatchObject({ status: 202, text: "early" });
  });

  it("answers an envelope for an answer that cannot be written", async () => {
    const answer = { status: 200, headers: { Location: "line\nbreak" }, body: "{}" };
    const { send } = await open(framework().use("/scim/v2", scimRouter(scripted(() => answer).scim)));
    expect(await send({ method: "GET", path: "/Users" })).toMatchObject({ status: 500, json: { status: "500" } });
  });
});

const keepsRawBody: RequestHandler = (request, _response, next) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    Object.assign(request, { rawBody: Buffer.concat(chunks) });
    next();
  });
};
