/** Requests that make no sense: each gets its 4xx envelope, over every mount, and the next request works. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mounts } from "../mounts.ts";
import { openService, person, type Service } from "../service.ts";

const PATCH_OP = "urn:ietf:params:scim:api:messages:2.0:PatchOp";
const deep = (levels: number): string => `${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`;
const json = { "content-type": "application/scim+json" };

interface Sent {
  readonly method: string;
  readonly path: string;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly status: number;
  readonly scimType?: string;
}

const sent: Readonly<Record<string, Sent>> = {
  "truncated JSON": { method: "POST", path: "/Users", body: '{"userName":"a', status: 400, scimType: "invalidSyntax" },
  "a JSON array": { method: "POST", path: "/Users", body: "[1]", status: 400, scimType: "invalidSyntax" },
  "a JSON string": { method: "POST", path: "/Users", body: '"x"', status: 400, scimType: "invalidSyntax" },
  "a JSON number": { method: "PUT", path: "/Users/1", body: "7", status: 400, scimType: "invalidSyntax" },
  "no body": { method: "POST", path: "/Users", body: "", status: 400, scimType: "invalidSyntax" },
  "200 levels of nesting": { method: "POST", path: "/Users", body: deep(200), status: 400, scimType: "invalidSyntax" },
  "a NUL in a value": {
    method: "POST",
    path: "/Users",
    body: JSON.stringify(person("a\u0000b")),
    status: 400,
    scimType: "invalidValue",
  },
  "an unknown op": {
    method: "PATCH",
    path: "/Users/1",
    body: JSON.stringify({ schemas: [PATCH_OP], Operations: [{ op: "move", path: "title", value: "x" }] }),
    status: 400,
    scimType: "invalidSyntax",
  },
  "a PATCH of 10,000 operations": {
    method: "PATCH",
    path: "/Users/1",
    body: JSON.stringify({
      schemas: [PATCH_OP],
      Operations: Array.from({ length: 10_000 }, () => ({ op: "add", path: "title", value: "x" })),
    }),
    status: 400,
    scimType: "invalidSyntax",
  },
  "a PATCH path through __proto__": {
    method: "PATCH",
    path: "/Users/1",
    body: JSON.stringify({ schemas: [PATCH_OP], Operations: [{ op: "add", path: "__proto__.polluted", value: "x" }] }),
    status: 400,
    scimType: "invalidPath",
  },
  "a PATCH path through constructor": {
    method: "PATCH",
    path: "/Users/1",
    body: JSON.stringify({
      schemas: [PATCH_OP],
      Operations: [{ op: "add", path: "constructor.prototype", value: "x" }],
    }),
    status: 400,
    scimType: "invalidPath",
  },
  "a PATCH that is no PatchOp": {
    method: "PATCH",
    path: "/Users/1",
    body: JSON.stringify(person("x")),
    status: 400,
    scimType: "invalidSyntax",
  },
  "10,000 open parentheses": {
    method: "POST",
    path: "/Users/.search",
    body: JSON.stringify({ filter: "(".repeat(10_000) }),
    status: 400,
    scimType: "invalidFilter",
  },
  "a filter of 1 MB": {
    method: "POST",
    path: "/Users/.search",
    body: JSON.stringify({ filter: `userName eq "${"x".repeat(1_000_000)}"` }),
    status: 400,
    scimType: "invalidFilter",
  },
  "a quote and a thousand newlines": {
    method: "POST",
    path: "/Users/.search",
    body: JSON.stringify({ filter: `userName eq "${"\n".repeat(1_000)}` }),
    status: 400,
    scimType: "invalidFilter",
  },
  "a filter on __proto__": {
    method: "GET",
    path: "/Users?filter=__proto__+pr",
    status: 400,
    scimType: "invalidFilter",
  },
  "a filter on constructor": {
    method: "GET",
    path: "/Users?filter=constructor+pr",
    status: 400,
    scimType: "invalidFilter",
  },
  "a filter without operator": {
    method: "GET",
    path: "/Users?filter=userName",
    status: 400,
    scimType: "invalidFilter",
  },
  "an unknown operator": {
    method: "GET",
    path: "/Users?filter=userName+regex+%22x%22",
    status: 400,
    scimType: "invalidFilter",
  },
  "percent-encoding junk in the query": {
    method: "GET",
    path: "/Users?filter=%zz",
    status: 400,
    scimType: "invalidValue",
  },
  "percent-encoding junk in the path": { method: "GET", path: "/Users/%E0%A4%A", status: 400 },
  "a duplicate parameter": { method: "GET", path: "/Users?count=1&count=2", status: 400, scimType: "invalidValue" },
  "startIndex=abc": { method: "GET", path: "/Users?startIndex=abc", status: 400, scimType: "invalidValue" },
  "an unknown path": { method: "GET", path: "/Nothing", status: 404 },
  "an unsupported method": { method: "PATCH", path: "/Users", body: "{}", status: 405 },
  "a media type that is not JSON": {
    method: "POST",
    path: "/Users",
    body: "<user/>",
    headers: { "content-type": "application/xml" },
    status: 415,
  },
  "no Authorization": { method: "GET", path: "/Users", headers: { authorization: "" }, status: 401 },
  "a token without a scheme": { method: "GET", path: "/Users", headers: { authorization: "non-token" }, status: 401 },
  "an empty bearer token": { method: "GET", path: "/Users", headers: { authorization: "Bearer " }, status: 401 },
  "an unknown path without a token": { method: "GET", path: "/Nothing", headers: { authorization: "x" }, status: 401 },
  "an encoded path without a token": {
    method: "GET",
    path: "/%55sers%2F..%2FUsers",
    headers: { authorization: "x" },
    status: 401,
  },
};

describe.each(mounts)("Bad input over '$name'", (mount) => {
  let service: Service;
  let mounted: Awaited<ReturnType<typeof mount.open>> | undefined;

  beforeAll(async () => {
    service = await openService({
      ...mount,
      open: async (scim) => {
        mounted = await mount.open(scim);
        return mounted;
      },
    });
    await service.create("/Users", person("ann"));
  });
  afterAll(() => service.close());

  it.each(Object.entries(sent))("%s", async (_, { method, path, body, headers = {}, status, scimType }) => {
    const answer = await mounted?.send({
      method,
      path,
      headers: { authorization: "Bearer one", ...(body === undefined ? {} : json), ...headers },
      ...(body === undefined ? {} : { body }),
    });
    expect(answer?.status).toBe(status);
    expect(answer?.headers["content-type"]).toBe("application/scim+json");
    expect(answer?.json).toMatchObject({
      schemas: ["urn:ietf:params:scim:api:messages:2.0:Error"],
      status: String(status),
      detail: expect.stringMatching(/\S/),
      ...(scimType === undefined ? {} : { scimType }),
    });
    expect(answer?.text.length).toBeLessThan(1_000);
    if (status === 401) expect(answer?.headers["www-authenticate"]).toMatch(/^Bearer/);
    if (status === 405) expect(answer?.headers.allow).toMatch(/GET/);
    expect((await service.call("GET", "/Users?count=0")).body.totalResults).toBe(1);
  });

  it("__proto__ and constructor as keys of a body lead nowhere", async () => {
    const body = '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"name":{"__proto__":{"x":1}}}';
    const answer = await mounted?.send({
      method: "PUT",
      path: "/Users/nobody",
      headers: { authorization: "Bearer one", ...json },
      body: body.replace("{", '{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"ann",'),
    });
    expect(answer?.status).toBe(404);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });
});
