/** RFC 7644 §3.11 "/Me" Authenticated Subject Alias, over every mount. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { served } from "../../served.ts";
import { openService, person, type Service } from "../../service.ts";
import { MESSAGES, patchOp } from "./requests.ts";

describe.each(served())("§3.11 over '$name'", (mount) => {
  let service: Service;
  let own: string | null = null;

  beforeEach(async () => {
    service = await openService(mount, { me: () => own });
    own = await service.create("/Users", person("ann"));
    await service.create("/Users", person("bob"));
  });
  afterEach(() => service.close());

  it("a service provider that does not support it responds with 501", async () => {
    await service.close();
    service = await openService(mount);
    for (const method of ["GET", "PUT", "PATCH", "DELETE", "POST"]) {
      const { status, body } = await service.call(method, "/Me", method === "GET" ? undefined : {});
      expect([status, body.status, body.schemas]).toEqual([501, "501", [`${MESSAGES}:Error`]]);
    }
  });

  it("GET, PUT, PATCH and DELETE are processed directly, on the subject's own resource", async () => {
    const path = `/Users/${own}`;
    expect((await service.call("GET", "/Me")).body).toEqual((await service.call("GET", path)).body);
    expect((await service.call("PUT", "/Me", person("ann", { title: "CTO" }))).body).toMatchObject({
      id: own,
      title: "CTO",
    });
    const patch = patchOp({ op: "add", path: "nickName", value: "A" });
    expect((await service.call("PATCH", "/Me?attributes=nickName", patch)).body).toMatchObject({
      id: own,
      nickName: "A",
    });
    expect((await service.call("DELETE", "/Me")).status).toBe(204);
    expect((await service.call("GET", path)).status).toBe(404);
    expect((await service.call("GET", "/Users")).body.totalResults).toBe(1);
  });

  it("any response has the permanent location of the resource in Location", async () => {
    const { headers } = await service.call("GET", `/Users/${own}`);
    const location = headers.location;
    expect(location).toMatch(new RegExp(`/Users/${own}$`));
    const answers = [
      await service.call("GET", "/Me"),
      await service.call("GET", "/Me", undefined, { "if-none-match": String(headers.etag) }),
      await service.call("PUT", "/Me", person("ann")),
      await service.call("PUT", "/Me", person("bob")),
      await service.call("PATCH", "/Me", patchOp({ op: "add", path: "colour", value: "red" })),
      await service.call("DELETE", "/Me", undefined, { "if-match": 'W/"other"' }),
      await service.call("DELETE", "/Me"),
      await service.call("GET", "/Me"),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 304, 200, 409, 400, 412, 204, 404]);
    for (const answer of answers) expect(answer.headers.location).toBe(location);
  });

  it("a subject without a resource is 404", async () => {
    own = null;
    expect((await service.call("GET", "/Me")).status).toBe(404);
  });

  it("POST is 501: what it would create is at the service provider's discretion, and is created at /Users", async () => {
    expect((await service.call("POST", "/Me", person("new"))).status).toBe(501);
    expect((await service.call("GET", "/Users")).body.totalResults).toBe(2);
  });
});
