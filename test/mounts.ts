/** Every way to mount the library: the HTTP suites run once per row. */
import { createServer, type RequestListener } from "node:http";
import express from "express";
import express4 from "express4";
import Koa from "koa";
import koaBodyParser from "koa-bodyparser";
import koaMount from "koa-mount";
import Koa2 from "koa2";
import type { Scim, ScimRequest } from "scimkit";
import { scimRouter as expressRouter } from "scimkit/express";
import { scimFetch } from "scimkit/fetch";
import { scimRouter as koaRouter } from "scimkit/koa";
import { scimListener } from "scimkit/node";
import { type Answered, answered, client, escaped, type Sent } from "./client.ts";

/** A running mount: requests below its SCIM base, in the form a client sends them. */
export interface Mounted {
  /** The absolute URL of the SCIM base. */
  readonly baseUrl: string;
  send(request: Sent): Promise<Answered>;
  close(): Promise<void>;
}

/** One way to mount a {@link Scim}. */
export interface Mount {
  readonly name: string;
  /** Whether the mount reads bodies from a connection, and so enforces `maxBodySize` and UTF-8. */
  readonly readsBodies: boolean;
  open(scim: Scim): Promise<Mounted>;
}

const base = "/scim/v2";

/** The frameworks, each major, on a bare app. */
const frameworks: readonly Mount[] = [
  overHttp("Express 5", (scim) => express().use(base, expressRouter(scim))),
  overHttp("Express 4", (scim) => express4().use(base, expressRouter(scim))),
  overHttp("Koa 3", (scim) => new Koa().use(koaRouter(scim, { path: base })).callback()),
  overHttp("Koa 2", (scim) => new Koa2().use(koaRouter(scim, { path: base })).callback()),
  overHttp("node:http", (scim) => scimListener(scim, { path: base })),
  { name: "fetch", readsBodies: true, open: openFetch },
  { name: "handle", readsBodies: false, open: openHandle },
];

/** Host apps that have done something to the request, or to the path, before the library sees it. */
const hosts: readonly Mount[] = [
  overHttp("Express 5 after express.json()", (scim) =>
    express().use(express.json({ limit: "20mb" }), expressRouted(scim)),
  ),
  overHttp("Express 4 after express.json()", (scim) =>
    express4().use(express4.json({ limit: "20mb" }), expressRouted(scim)),
  ),
  overHttp("Koa 3 under koa-mount, before koa-bodyparser", (scim) =>
    new Koa()
      .use(koaMount("/scim", koaRouter(scim, { path: "/v2" })))
      .use(koaBodyParser())
      .callback(),
  ),
];

/** All of them. */
export const mounts: readonly Mount[] = [...frameworks, ...hosts];

/** Behind a nested router, below a path of two parts. */
function expressRouted(scim: Scim): express.Router {
  return express.Router().use("/scim", express.Router().use("/v2", expressRouter(scim)));
}

function overHttp(name: string, listener: (scim: Scim) => RequestListener): Mount {
  return { name, readsBodies: true, open: (scim) => serve(listener(scim)) };
}

/** Serves a listener on a free port of the loopback interface; `path` is where its SCIM base is. */
export async function serve(listener: RequestListener, path: string = base): Promise<Mounted> {
  const server = createServer(listener);
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  const baseUrl = `http://127.0.0.1:${address.port}${path}`;
  const { send, close } = client(baseUrl);
  return {
    baseUrl,
    send,
    close: () => {
      close();
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

async function openFetch(scim: Scim): Promise<Mounted> {
  const baseUrl = `http://localhost${base}`;
  const handle = scimFetch(scim, { path: base });
  return {
    baseUrl,
    send: async ({ method, path, headers = {}, body }) => {
      const bodiless = body === undefined || method === "GET" || method === "HEAD";
      const request = new Request(baseUrl + escaped(path), {
        method,
        headers: { ...(bodiless ? {} : { "Content-Length": String(Buffer.byteLength(body)) }), ...headers },
        body: bodiless ? null : typeof body === "string" ? Buffer.from(body) : body,
      });
      const response = await handle(request);
      return answered(response.status, Object.fromEntries(response.headers), await response.text());
    },
    close: async () => {},
  };
}

async function openHandle(scim: Scim): Promise<Mounted> {
  const baseUrl = `http://localhost${base}`;
  return {
    baseUrl,
    send: async ({ method, path, headers = {}, body }) => {
      const text = typeof body === "string" ? body : body === undefined ? "" : new TextDecoder().decode(body);
      const request: ScimRequest = {
        method,
        url: path,
        headers: lowerCased(headers),
        baseUrl: scim.baseUrl ?? baseUrl,
        ...(text === "" ? {} : { body: { text } }),
      };
      const response = await scim.handle(request);
      const sent = method === "HEAD" ? "" : (response.body ?? "");
      return answered(response.status, lowerCased(response.headers), sent);
    },
    close: async () => {},
  };
}

function lowerCased(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
