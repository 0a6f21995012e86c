/** RFC 7644 §3.14 Versioning Resources, over every mount. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { served } from "../served.ts";
import { openService, person, type Service } from "../service.ts";

const patchOp = (value: string): unknown => ({
  schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
  Operations: [{ op: "replace", path: "title", value }],
});

describe.each(served())("§3.14 over '$name'", (mount) => {
  let service: Service;
  let path: string;
  let etag: string;
  let serial = 0;

  beforeAll(async () => {
    service = await openService(mount);
  });
  beforeEach(async () => {
    const created = await service.call("POST", "/Users", person(`v${++serial}`, { title: "A" }));
    path = `/Users/${created.body.id}`;
    etag = String(created.headers.etag);
  });
  afterAll(() => service.close());

  it("the ETag header and meta.version say the same, weakly", async () => {
    const { body, headers } = await service.call("GET", path);
    expect(headers.etag).toMatch(/^W\/".+"$/);
    expect(body.meta).toMatchObject({ version: headers.etag });
  });

  it.each(["exact", "strong", "list", "any"])(
    "If-None-Match (%s) that matches is a 304 without a body",
    async (form) => {
      const forms: Record<string, string> = { exact: etag, strong: etag.slice(2), list: `"x", ${etag}`, any: "*" };
      const { status, text, headers } = await service.call("GET", path, undefined, {
        "if-none-match": String(forms[form]),
      });
      expect([status, text]).toEqual([304, ""]);
      expect(headers.etag).toBe(etag);
    },
  );

  it("If-None-Match of another version is answered in full", async () => {
    expect((await service.call("GET", path, undefined, { "if-none-match": 'W/"other"' })).status).toBe(200);
  });

  it("If-Match lets the first writer win, and answers the second with 412", async () => {
    const first = await service.call("PATCH", path, patchOp("B"), { "if-match": etag });
    expect(first.status).toBe(200);
    expect(first.headers.etag).not.toBe(etag);
    for (const [method, body] of [
      ["PATCH", patchOp("C")],
      ["PUT", person(`v${serial}`)],
      ["DELETE", undefined],
    ] as const) {
      const late = await service.call(method, path, body, { "if-match": etag });
      expect(late.status).toBe(412);
      expect(late.body).toMatchObject({ schemas: ["urn:ietf:params:scim:api:messages:2.0:Error"], status: "412" });
    }
    expect((await service.call("GET", path)).body.title).toBe("B");
  });

  it("If-Match: * matches any existing resource, and a list any of its tags", async () => {
    expect((await service.call("PATCH", path, patchOp("B"), { "if-match": "*" })).status).toBe(200);
    const current = String((await service.call("GET", path)).headers.etag);
    expect((await service.call("PATCH", path, patchOp("C"), { "if-match": `"x", ${current}` })).status).toBe(200);
    expect((await service.call("DELETE", path, undefined, { "if-match": "*" })).status).toBe(204);
    expect((await service.call("DELETE", path, undefined, { "if-match": "*" })).status).toBe(404);
  });

  it("If-None-Match: * refuses to write over what exists", async () => {
    expect((await service.call("PUT", path, person(`v${serial}`), { "if-none-match": "*" })).status).toBe(412);
  });

  it("a write that changes nothing leaves version and lastModified", async () => {
    const before = (await service.call("GET", path)).body;
    const after = await service.call("PATCH", path, patchOp("A"));
    expect(after.headers.etag).toBe(etag);
    expect(after.body).toEqual(before);
  });
});
