/** What every mount hands to the core, and what it makes of the core's answers. */
import { afterEach, describe, expect, it } from "vitest";
import { type Mount, type Mounted, mounts } from "../mounts.ts";
import { scripted } from "./scripted.ts";

const json = { "Content-Type": "application/scim+json" };
const errorSchema = ["urn:ietf:params:scim:api:messages:2.0:Error"];

let mounted: Mounted | undefined;

afterEach(async () => {
  await mounted?.close();
  mounted = undefined;
});

async function open(mount: Mount, core: ReturnType<typeof scripted>): Promise<Mounted> {
  mounted = await mount.open(core.scim);
  return mounted;
}

describe.each(mounts)("$name", (mount) => {
  it("hands on method, the path below the base, and the base URL the client used", async () => {
    const core = scripted();
    const { send, baseUrl } = await open(mount, core);
    const { json: seen } = await send({ method: "GET", path: "/Users/42?attributes=userName" });
    expect(seen).toEqual({ method: "GET", url: "/Users/42?attributes=userName", baseUrl });
  });

  it("hands on the query as it was written", async () => {
    const core = scripted();
    const { send } = await open(mount, core);
    for (const path of [
      "/Users?filter=userName+eq+%22a%2Bb%40x.io%22&",
      "/Users/?filter=a&filter=b",
      "/Users/%2e%2e%2FGroups",
      "/Users/%zz?x=%",
      "/",
    ]) {
      await send({ method: "GET", path });
      expect(core.requests.at(-1)?.url).toBe(path);
    }
  });

  it("takes a doubled slash for no part of the base", async () => {
    const core = scripted();
    const { send, baseUrl } = await open(mount, core);
    await send({ method: "GET", path: "//Users" });
    expect(core.requests[0]?.url).toMatch(/^\/{1,2}Users$/);
    expect(core.requests[0]?.baseUrl).toBe(baseUrl);
  });

  it("hands on the query of the base itself", async () => {
    const core = scripted();
    const { send, baseUrl } = await open(mount, core);
    await send({ method: "GET", path: "?aadOptscim062020" });
    expect(core.requests.at(-1)?.url.replace(/^\//, "")).toBe("?aadOptscim062020");
    expect(core.requests.at(-1)?.baseUrl).toBe(baseUrl);
  });

  it("hands on header values under lower-cased names", async () => {
    const core = scripted();
    const { send } = await open(mount, core);
    await send({ method: "GET", path: "/Users", headers: { Authorization: "Bearer t", "If-None-Match": 'W/"1"' } });
    expect(core.requests[0]?.headers).toMatchObject({ authorization: "Bearer t", "if-none-match": 'W/"1"' });
  });

  it.each(["POST", "PUT", "PATCH"])("hands on the body of a %s", async (method) => {
    const core = scripted();
    const { send } = await open(mount, core);
    await send({ method, path: "/Users", headers: json, body: '{"userName":"Zoë"}' });
    expect(core.requests[0]?.body).toEqual({ text: '{"userName":"Zoë"}' });
  });

  it("hands on the JSON of application/json, whoever has read it", async () => {
    const core = scripted();
    const { send } = await open(mount, core);
    const headers = { "Content-Type": "application/json; charset=utf-8" };
    await send({ method: "POST", path: "/Users", headers, body: '{"a":["ö",null]}' });
    const body = core.requests[0]?.body;
    expect(body && "text" in body ? JSON.parse(body.text) : body?.json).toEqual({ a: ["ö", null] });
  });

  it("hands on no body where there is none", async () => {
    const core = scripted();
    const { send } = await open(mount, core);
    await send({ method: "POST", path: "/Users", headers: json });
    await send({ method: "POST", path: "/Users", headers: json, body: "" });
    await send({ method: "DELETE", path: "/Users/1", headers: json, body: "{}" });
    await send({ method: "GET", path: "/Users" });
    expect(core.requests.map((request) => request.body)).toEqual(
      mount.readsBodies
        ? [undefined, undefined, undefined, undefined]
        : [undefined, undefined, { text: "{}" }, undefined],
    );
  });

  it("answers the status, headers and body as they are, and no ETag but the core's", async () => {
    const headers = { "Content-Type": "application/scim+json", Location: "https://x.io/Users/1", ETag: 'W/"7"' };
    const body = '{"ä":"ö"}';
    const { send } = await open(
      mount,
      scripted((request) =>
        request.method === "POST" ? { status: 201, headers, body } : { status: 200, headers: json, body },
      ),
    );
    const created = await send({ method: "POST", path: "/Users", headers: json, body: "{}" });
    expect(created).toMatchObject({ status: 201, text: body });
    expect(created.headers).toMatchObject({
      "content-type": "application/scim+json",
      location: "https://x.io/Users/1",
      etag: 'W/"7"',
    });
    const read = await send({ method: "GET", path: "/Users" });
    expect(read.headers.etag).toBeUndefined();
  });

  it.each([204, 304])("answers %i without a body, a media type or a length", async (status) => {
    const { send } = await open(
      mount,
      scripted(() => ({ status, headers: { ETag: 'W/"7"' } })),
    );
    const answer = await send({ method: "GET", path: "/Users/1" });
    expect(answer).toMatchObject({ status, text: "" });
    expect(answer.headers.etag).toBe('W/"7"');
    expect(answer.headers["content-type"]).toBeUndefined();
    expect(answer.headers["content-length"]).toBeUndefined();
  });

  it("answers an error as the core wrote it", async () => {
    const answer = { status: 404, headers: json, body: '{"status":"404"}' };
    const { send } = await open(
      mount,
      scripted(() => answer),
    );
    expect(await send({ method: "GET", path: "/Nothing" })).toMatchObject({ status: 404, text: '{"status":"404"}' });
  });

  it("answers HEAD with the headers of GET and no body", async () => {
    const { send } = await open(
      mount,
      scripted(() => ({ status: 200, headers: json, body: '{"ä":1}' })),
    );
    const answer = await send({ method: "HEAD", path: "/Users/1" });
    expect(answer).toMatchObject({ status: 200, text: "" });
    expect(answer.headers["content-type"]).toBe("application/scim+json");
    if (mount.readsBodies) expect(answer.headers["content-length"]).toBe("8");
  });

  it("hands on a method no framework knows a route for", async () => {
    const core = scripted();
    const { send } = await open(mount, core);
    await send({ method: "PROPFIND", path: "/Users" });
    await send({ method: "OPTIONS", path: "/Users" });
    expect(core.requests.map((request) => request.method)).toEqual(["PROPFIND", "OPTIONS"]);
  });

  it("uses the base URL the host has fixed", async () => {
    const core = scripted(undefined, { baseUrl: "https://api.example/scim" });
    const { send } = await open(mount, core);
    await send({ method: "GET", path: "/Users" });
    expect(core.requests[0]).toMatchObject({ baseUrl: "https://api.example/scim", url: "/Users" });
  });
});

describe.each(mounts.filter((mount) => mount.readsBodies))("$name reads bodies", (mount) => {
  it("takes a body of exactly the limit", async () => {
    const core = scripted();
    const { send } = await open(mount, core);
    const body = `{"a":"${"x".repeat(92)}"}`;
    expect((await send({ method: "POST", path: "/Users", headers: json, body })).status).toBe(200);
    expect(core.requests[0]?.body).toEqual({ text: body });
  });

  it("answers 413 with an envelope to a body over the limit, and understands the next request", async () => {
    const core = scripted();
    const { send } = await open(mount, core);
    const body = JSON.stringify({ a: "x".repeat(1_000_000) });
    const answer = await send({ method: "POST", path: "/Users", headers: json, body });
    expect(answer).toMatchObject({ status: 413, json: { schemas: errorSchema, status: "413" } });
    expect(answer.headers["content-type"]).toBe("application/scim+json");
    expect(core.requests).toEqual([]);
    expect((await send({ method: "GET", path: "/Users" })).status).toBe(200);
  });

  it("answers 415 to a compressed body", async () => {
    const { send } = await open(mount, scripted());
    const headers = { ...json, "Content-Encoding": "gzip" };
    const answer = await send({ method: "POST", path: "/Users", headers, body: "not really" });
    expect(answer).toMatchObject({ status: 415, json: { schemas: errorSchema, status: "415" } });
    expect(answer.headers["accept-encoding"]).toBe("identity");
    expect((await send({ method: "GET", path: "/Users" })).status).toBe(200);
  });

  it("answers 400 to bytes that are not UTF-8, and drops a byte order mark", async () => {
    const core = scripted();
    const { send } = await open(mount, core);
    const answer = await send({
      method: "POST",
      path: "/Users",
      headers: json,
      body: Buffer.from('{"a":"\xe4"}', "latin1"),
    });
    expect(answer).toMatchObject({ status: 400, json: { schemas: errorSchema, scimType: "invalidSyntax" } });
    await send({ method: "POST", path: "/Users", headers: json, body: "\ufeff{}" });
    expect(core.requests.map((request) => request.body)).toEqual([{ text: "{}" }]);
  });
});

describe("All mounts", () => {
  it("answer byte for byte alike", async () => {
    const body = JSON.stringify({ id: "1", userName: "Zoë \u2028", meta: { location: "/Users/1" } });
    const headers = { ...json, ETag: 'W/"1"', Location: "https://x.io/Users/1" };
    const own = ["content-type", "content-length", "etag", "location", "www-authenticate", "accept-encoding"];
    const seen = new Set<string>();
    for (const mount of mounts) {
      if (!mount.readsBodies) continue;
      const { send } = await open(
        mount,
        scripted(() => ({ status: 201, headers, body })),
      );
      for (const request of [
        { method: "POST", path: "/Users", headers: json, body: "{}" },
        { method: "POST", path: "/Users", headers: json, body: "x".repeat(101) },
        { method: "HEAD", path: "/Users/1" },
      ]) {
        const answer = await send(request);
        seen.add(JSON.stringify([request.method, answer.status, own.map((name) => answer.headers[name]), answer.text]));
      }
      await mounted?.close();
    }
    expect([...seen]).toHaveLength(3);
  });
});
