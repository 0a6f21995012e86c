/** Bodies in pieces, through every adapter: the bytes, HEAD, clients that go away or read slowly, bodies that break off. */
import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import { connect } from "node:net";
import express from "express";
import Koa from "koa";
import type { Scim } from "scimkit";
import { scimRouter as expressRouter } from "scimkit/express";
import { scimFetch } from "scimkit/fetch";
import { scimRouter as koaRouter } from "scimkit/koa";
import { scimListener } from "scimkit/node";
import { afterEach, describe, expect, it } from "vitest";
import { type Mounted, mounts } from "../mounts.ts";
import { scripted } from "./scripted.ts";

const headers = { "Content-Type": "application/scim+json" };
const text = JSON.stringify({
  displayName: "Zoë \u{1f600}",
  members: Array.from({ length: 500 }, (_, at) => `ö${at}`),
});
const bytes = new TextEncoder().encode(text);

/** What became of a body. */
interface Watched {
  readonly scim: Scim;
  /** Pieces that were asked for. */
  taken: number;
  /** Whether the maker of the pieces was let go. */
  ended: Promise<void>;
}

/** A core that answers with these pieces. */
function answering(pieces: () => Iterable<Uint8Array>): Watched {
  let end = (): void => {};
  const watched = { taken: 0, ended: new Promise<void>((resolve) => (end = resolve)) };
  async function* made(): AsyncGenerator<Uint8Array, void> {
    try {
      for (const piece of pieces()) {
        watched.taken++;
        yield piece;
        await null;
      }
    } finally {
      end();
    }
  }
  const { scim } = scripted(() => ({
    status: 200,
    headers,
    get body() {
      return Buffer.concat([...pieces()]).toString();
    },
    pieces: { [Symbol.asyncIterator]: made },
  }));
  return Object.assign(watched, { scim });
}

/** The text in pieces of seven bytes: cut within characters too. */
function* cut(): Generator<Uint8Array, void> {
  for (let at = 0; at < bytes.length; at += 7) yield bytes.subarray(at, at + 7);
}

function* broken(): Generator<Uint8Array, void> {
  yield bytes.subarray(0, 100);
  throw new Error("The host's data cannot be written.");
}

function* endless(): Generator<Uint8Array, void> {
  for (;;) yield new Uint8Array(65_536).fill(0x20);
}

let mounted: Mounted | undefined;
afterEach(async () => {
  await mounted?.close();
  mounted = undefined;
});

describe.each(mounts)("$name writes a body in pieces", (mount) => {
  it("byte for byte as it would be in one", async () => {
    mounted = await mount.open(answering(cut).scim);
    const answer = await mounted.send({ method: "GET", path: "/Groups/1" });
    expect(answer).toMatchObject({ status: 200, text });
    expect(answer.headers["content-type"]).toBe("application/scim+json");
  });

  it("and makes none of them for HEAD", async () => {
    const core = answering(cut);
    mounted = await mount.open(core.scim);
    const answer = await mounted.send({ method: "HEAD", path: "/Groups/1" });
    expect(answer).toMatchObject({ status: 200, text: "" });
    expect(answer.headers["content-type"]).toBe("application/scim+json");
    expect(core.taken).toBe(0);
  });
});

describe.each(mounts.filter((mount) => mount.readsBodies))("$name", (mount) => {
  it("does not let a part pass for the whole where a body breaks off, and serves on", async () => {
    let reads = 0;
    const core = answering(() => (reads++ === 0 ? broken() : cut()));
    mounted = await mount.open(core.scim);
    await expect(mounted.send({ method: "GET", path: "/Groups/1" })).rejects.toThrow();
    await core.ended;
    expect((await mounted.send({ method: "GET", path: "/Groups/1" })).text).toBe(text);
  });
});

const listeners: readonly (readonly [string, (scim: Scim) => RequestListener])[] = [
  ["Express", (scim) => express().use(expressRouter(scim))],
  ["Koa", (scim) => Object.assign(new Koa().use(koaRouter(scim)), { silent: true }).callback()],
  ["node:http", (scim) => scimListener(scim)],
];

describe.each(listeners)("%s", (_, listener) => {
  let server: Server | undefined;
  afterEach(() => new Promise((resolve) => server?.close(resolve)));

  async function ask(opened: Server): Promise<ReturnType<typeof connect>> {
    server = opened;
    await new Promise<void>((resolve) => opened.listen(0, "127.0.0.1", resolve));
    const address = opened.address();
    const socket = connect(typeof address === "object" && address !== null ? address.port : 0, "127.0.0.1");
    socket.write("GET /Groups/1 HTTP/1.1\r\nHost: x.io\r\nConnection: close\r\n\r\n");
    return socket;
  }

  it("makes no more pieces once the client is gone", async () => {
    const core = answering(endless);
    const socket = await ask(createServer(listener(core.scim)));
    await once(socket, "data");
    socket.destroy();
    await core.ended;
    expect(core.taken).toBeGreaterThan(0);
  });

  it("makes no pieces far ahead of a client that reads slowly", async () => {
    const size = 65_536;
    const count = 400;
    let waiting = (): number => 0;
    let most = 0;
    const core = answering(function* () {
      for (let at = 0; at < count; at++) {
        most = Math.max(most, waiting());
        yield new Uint8Array(size).fill(0x20);
      }
    });
    const serve = listener(core.scim);
    const opened = createServer((request, response) => {
      waiting = () => response.writableLength;
      serve(request, response);
    });
    const socket = await ask(opened);
    let read = 0;
    for await (const chunk of socket) read += chunk.length;
    expect(read).toBeGreaterThan(size * count);
    expect(most).toBeLessThan(2_500_000);
  });
});

describe("scimFetch", () => {
  it("makes no more pieces once the reader has cancelled", async () => {
    const core = answering(endless);
    const response = await scimFetch(core.scim)(new Request("https://app.example/Groups/1"));
    const reader = response.body?.getReader();
    expect((await reader?.read())?.value?.length).toBe(65_536);
    await reader?.cancel();
    await core.ended;
    expect(core.taken).toBeLessThan(5);
  });
});
