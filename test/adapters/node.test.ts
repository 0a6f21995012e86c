/** The node adapter on the wire: streamed, aborted and pipelined requests, proxies, HTTP/2. */
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import http2 from "node:http2";
import { connect, type Socket } from "node:net";
import { scimListener } from "scimkit/node";
import { afterEach, describe, expect, it } from "vitest";
import { scripted } from "./scripted.ts";

let server: Server | http2.Http2Server | undefined;

afterEach(async () => {
  await new Promise((resolve) => (server === undefined ? resolve(undefined) : server.close(resolve)));
  server = undefined;
});

async function listen(opened: Server | http2.Http2Server): Promise<number> {
  server = opened;
  await new Promise<void>((resolve) => opened.listen(0, "127.0.0.1", resolve));
  const address = opened.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}

/** Opens a connection, writes the parts one by one, and gives all that comes back until the server closes it. */
async function exchange(port: number, ...parts: string[]): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  let text = "";
  socket.setEncoding("utf8");
  socket.on("data", (chunk: string) => {
    text += chunk;
  });
  for (const part of parts) await new Promise((resolve) => socket.write(part, resolve));
  await once(socket, "close");
  return text;
}

const head = (...lines: string[]): string => `${lines.join("\r\n")}\r\n\r\n`;
const last = head("GET /scim/v2/Users HTTP/1.1", "Host: x.io", "Connection: close");
const statuses = (text: string): string[] => [...text.matchAll(/HTTP\/1\.1 (\d+)/g)].map((match) => match[1] ?? "");

describe("scimListener", () => {
  it("answers 404 with an envelope outside its path", async () => {
    const core = scripted();
    const port = await listen(createServer(scimListener(core.scim, { path: "/scim/v2" })));
    const text = await exchange(port, last.replace("/scim/v2/Users", "/scim/v22"));
    expect(statuses(text)).toEqual(["404"]);
    expect(text).toContain('"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"]');
    expect(core.requests).toEqual([]);
  });

  it("joins a body that comes in pieces, and parts of a character with it", async () => {
    const core = scripted();
    const port = await listen(createServer(scimListener(core.scim, { path: "/scim/v2" })));
    const socket = connect(port, "127.0.0.1");
    socket.write(head("POST /scim/v2/Users HTTP/1.1", "Host: x.io", "Transfer-Encoding: chunked", "Connection: close"));
    for (const bytes of [Buffer.from('{"a":"'), Buffer.from([0xc3]), Buffer.from([0xb6]), Buffer.from('"}')]) {
      socket.write(Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from("\r\n")]));
    }
    socket.write("0\r\n\r\n");
    await once(socket.resume(), "close");
    expect(core.requests[0]?.body).toEqual({ text: '{"a":"ö"}' });
  });

  it("takes an empty chunked body for none", async () => {
    const core = scripted();
    const port = await listen(createServer(scimListener(core.scim, { path: "/scim/v2" })));
    const request = head("POST /scim/v2/Users HTTP/1.1", "Host: x.io", "Transfer-Encoding: chunked");
    await exchange(port, request, "0\r\n\r\n", last);
    expect(core.requests[0]?.body).toBeUndefined();
  });

  it("answers 413 while a body is still coming, and understands the next request on the connection", async () => {
    const core = scripted();
    const port = await listen(createServer(scimListener(core.scim, { path: "/scim/v2" })));
    const chunked = head("POST /scim/v2/Users HTTP/1.1", "Host: x.io", "Transfer-Encoding: chunked");
    const chunk = `3e8\r\n${"x".repeat(1000)}\r\n`;
    const declared = head("POST /scim/v2/Users HTTP/1.1", "Host: x.io", "Content-Length: 3000");
    const text = await exchange(
      port,
      ...[chunked, chunk, chunk, chunk, "0\r\n\r\n"],
      ...[declared, "x".repeat(1000), "x".repeat(2000)],
      last,
    );
    expect(statuses(text)).toEqual(["413", "413", "200"]);
    expect(core.requests.map((request) => request.method)).toEqual(["GET"]);
  });

  it("answers 413 to a declared length before a byte of the body has come", async () => {
    const port = await listen(createServer(scimListener(scripted().scim)));
    const socket = connect(port, "127.0.0.1");
    socket.write(head("POST /Users HTTP/1.1", "Host: x.io", "Content-Length: 101"));
    const [text] = await once(socket, "data");
    expect(statuses(String(text))).toEqual(["413"]);
    socket.destroy();
  });

  it("does not bother the core with a request whose client went away", async () => {
    const core = scripted();
    const opened = createServer(scimListener(core.scim));
    const port = await listen(opened);
    const socket = connect(port, "127.0.0.1");
    const arrived = once(opened, "request");
    socket.write(head("POST /Users HTTP/1.1", "Host: x.io", "Content-Length: 50"));
    socket.write('{"a":');
    const [request] = await arrived;
    const closed = new Promise((resolve) => request.once("close", resolve));
    socket.destroy();
    await closed;
    expect(statuses(await exchange(port, last))).toEqual(["200"]);
    expect(core.requests.map(({ method }) => method)).toEqual(["GET"]);
  });

  it("does not wait for the body of a client that went away while the host was busy", async () => {
    const core = scripted();
    const listener = scimListener(core.scim);
    const opened = createServer((request, response) => {
      if (request.method === "GET") listener(request, response);
      else request.once("close", () => listener(request, response)).socket.destroy();
    });
    const port = await listen(opened);
    await exchange(port, head("POST /Users HTTP/1.1", "Host: x.io", "Content-Length: 50"));
    expect(statuses(await exchange(port, last))).toEqual(["200"]);
    expect(core.requests.map(({ method }) => method)).toEqual(["GET"]);
  });

  it("survives a client that goes away before the answer", async () => {
    let release: (() => void) | undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const core = scripted();
    const scim = { ...core.scim, handle: async () => held.then(() => ({ status: 200, headers: {}, body: "{}" })) };
    const opened = createServer(scimListener(scim));
    const port = await listen(opened);
    const arrived: Promise<[unknown, { socket: Socket }]> = new Promise((resolve) =>
      opened.once("request", (request, response) => resolve([request, { socket: response.socket ?? request.socket }])),
    );
    const socket = connect(port, "127.0.0.1");
    socket.write(last);
    const [, response] = await arrived;
    const closed = once(response.socket, "close");
    socket.destroy();
    await closed;
    release?.();
    expect(statuses(await exchange(port, last))).toEqual(["200"]);
  });

  it("shows the core both of two Authorization headers", async () => {
    const core = scripted();
    const port = await listen(createServer(scimListener(core.scim)));
    await exchange(
      port,
      last.replace("Host: x.io", "Host: x.io\r\nAuthorization: Bearer a\r\nauthorization: Bearer b"),
    );
    expect(core.requests[0]?.headers.authorization).toEqual(["Bearer a", "Bearer b"]);
  });

  it("reads the absolute form of a request target", async () => {
    const core = scripted();
    const port = await listen(createServer(scimListener(core.scim, { path: "/scim/v2" })));
    await exchange(port, last.replace("/scim/v2/Users", "http://x.io/scim/v2/Users?a=1"));
    expect(core.requests[0]).toMatchObject({ url: "/Users?a=1", baseUrl: "http://x.io/scim/v2" });
  });

  it.each([
    ["app.example", "http://app.example"],
    ["[::1]:3000", "http://[::1]:3000"],
    ["", "http://localhost"],
  ])("derives the base URL from Host %j", async (host, baseUrl) => {
    const core = scripted();
    const port = await listen(createServer(scimListener(core.scim)));
    await exchange(port, last.replace("x.io", host));
    expect(core.requests[0]?.baseUrl).toBe(baseUrl);
  });

  it.each(["a b", "evil/path", 'a"b', "a@b", "x.io:port"])("answers 400 to Host %j", async (host) => {
    const core = scripted();
    const port = await listen(createServer(scimListener(core.scim)));
    expect(statuses(await exchange(port, last.replace("x.io", host)))).toEqual(["400"]);
    expect(core.requests).toEqual([]);
  });

  it("believes a proxy's headers only when told to", async () => {
    const core = scripted();
    const forwarded = last.replace(
      "Host: x.io",
      "Host: x.io\r\nX-Forwarded-Proto: HTTPS, http\r\nX-Forwarded-Host: app.example, x.io",
    );
    const port = await listen(createServer(scimListener(core.scim)));
    await exchange(port, forwarded);
    const trusting = createServer(scimListener(core.scim, { trustProxy: true }));
    const trustingPort = await listen(trusting);
    await exchange(trustingPort, forwarded);
    await exchange(trustingPort, forwarded.replace("HTTPS, http", "javascript").replace("app.example, x.io", ""));
    expect(core.requests.map(({ baseUrl }) => baseUrl)).toEqual(["http://x.io", "https://app.example", "http://x.io"]);
  });

  it("serves HTTP/2, whose bodies need no declared length", async () => {
    const core = scripted();
    const opened = http2.createServer();
    const listener = scimListener(core.scim, { path: "/scim/v2" });
    Reflect.apply(opened.on, opened, ["request", listener]);
    const port = await listen(opened);
    const session = http2.connect(`http://127.0.0.1:${port}`);
    const stream = session.request({ ":method": "POST", ":path": "/scim/v2/Users" });
    stream.end('{"a":1}');
    let text = "";
    for await (const chunk of stream.setEncoding("utf8")) text += chunk;
    session.close();
    expect(JSON.parse(text)).toEqual({
      method: "POST",
      url: "/Users",
      baseUrl: `http://127.0.0.1:${port}/scim/v2`,
      body: { text: '{"a":1}' },
    });
  });
});
