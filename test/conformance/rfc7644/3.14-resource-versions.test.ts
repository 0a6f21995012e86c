/** RFC 7644 §3.14 Versioning Resources, over every mount. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { served } from "../../served.ts";
import { openService, person, resourcesOf, type Service } from "../../service.ts";
import { patchOp } from "./requests.ts";

describe.each(served())("§3.14 over '$name'", (mount) => {
  let service: Service;
  let path: string;
  let etag: string;
  let name: string;
  let count = 0;

  beforeAll(async () => {
    service = await openService(mount);
  });
  beforeEach(async () => {
    name = `v${++count}`;
    const created = await service.call("POST", "/Users", person(name));
    path = `/Users/${created.body.id}`;
    etag = String(created.headers.etag);
  });
  afterAll(() => service.close());

  it("a version is an HTTP ETag, weak, and the version of meta: of POST, GET, PUT, PATCH and lists", async () => {
    const answers = [
      await service.call("GET", path),
      await service.call("PUT", path, person(name, { title: "A" })),
      await service.call("PATCH", path, patchOp({ op: "replace", path: "title", value: "B" })),
    ];
    expect(etag).toMatch(/^W\/"[^"]+"$/);
    expect(answers[0]?.headers.etag).toBe(etag);
    for (const { body, headers } of answers) expect(headers.etag).toBe(Object(body.meta).version);
    const { body } = await service.call("GET", `/Users?filter=userName+eq+%22${name}%22`);
    expect(Object(resourcesOf(body)[0]?.meta).version).toBe(answers[2]?.headers.etag);
    expect(new Set(answers.map(({ headers }) => headers.etag)).size).toBe(3);
  });

  it("If-None-Match of the present version is 304 with an empty body, also where attributes are asked for", async () => {
    for (const known of [etag, etag.slice(2), "*", `"other", ${etag}`]) {
      const headers = { "if-none-match": known };
      const answer = await service.call("GET", `${path}?attributes=displayName`, undefined, headers);
      expect([answer.status, answer.text, answer.headers.etag], known).toEqual([304, "", etag]);
    }
  });

  it("If-None-Match of another version is answered with the resource", async () => {
    await service.call("PATCH", path, patchOp({ op: "add", path: "title", value: "A" }));
    const { status, body } = await service.call("GET", path, undefined, { "if-none-match": etag });
    expect([status, body.title]).toEqual([200, "A"]);
  });

  it("If-Match lets PUT, PATCH and DELETE succeed only on the latest version: else 412, and nothing is changed", async () => {
    const patch = patchOp({ op: "add", path: "title", value: "A" });
    const first = await service.call("PATCH", path, patch, { "if-match": etag });
    expect(first.status).toBe(200);
    const late = { "if-match": etag };
    expect((await service.call("PUT", path, person(name), late)).status).toBe(412);
    expect((await service.call("PATCH", path, patchOp({ op: "remove", path: "title" }), late)).status).toBe(412);
    expect((await service.call("DELETE", path, undefined, late)).status).toBe(412);
    expect((await service.call("GET", path)).body).toEqual(first.body);
    const current = { "if-match": String(first.headers.etag) };
    const put = await service.call("PUT", path, person(name), current);
    expect(put.status).toBe(200);
    const last = { "if-match": String(put.headers.etag) };
    expect((await service.call("DELETE", path, undefined, last)).status).toBe(204);
  });

  it("If-Match takes *, and lists", async () => {
    const patch = (value: string) => patchOp({ op: "replace", path: "title", value });
    expect((await service.call("PATCH", path, patch("A"), { "if-match": "*" })).status).toBe(200);
    const { headers } = await service.call("GET", path);
    const list = { "if-match": `W/"other", ${headers.etag}` };
    expect((await service.call("PATCH", path, patch("B"), list)).status).toBe(200);
    expect((await service.call("PUT", "/Users/nobody", person("x"), { "if-match": "*" })).status).toBe(404);
  });

  it("a request that changes nothing leaves the version", async () => {
    const same = await service.call("PUT", path, person(name));
    expect([same.status, same.headers.etag]).toEqual([200, etag]);
  });
});
