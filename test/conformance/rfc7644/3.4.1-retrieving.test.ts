/** RFC 7644 §3.4, §3.4.1 Retrieving a Known Resource, over every mount. */
import { memoryStore } from "scimkit/memory";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { served } from "../../served.ts";
import { openService, person, type Service } from "../../service.ts";
import { Device, device, MESSAGES } from "./requests.ts";

describe.each(served())("§3.4.1 over '$name'", (mount) => {
  let service: Service;

  beforeAll(async () => {
    service = await openService(mount, {
      resources: [{ type: Device, store: memoryStore() }],
      features: { changePassword: true },
    });
  });
  afterAll(() => service.close());

  it("GET of a known resource is 200 with the resource, and its location and version in the headers", async () => {
    const created = await service.call("POST", "/Users", person("ann", { title: "CTO" }));
    const { status, headers, body } = await service.call("GET", `/Users/${created.body.id}`);
    expect([status, body]).toEqual([200, created.body]);
    expect([headers.location, headers.etag]).toEqual([Object(body.meta).location, Object(body.meta).version]);
  });

  it("HEAD answers with the headers of GET and without its body", async () => {
    const id = await service.create("/Users", person("head"));
    const get = await service.call("GET", `/Users/${id}`);
    const head = await service.call("HEAD", `/Users/${id}`);
    expect([head.status, head.text, head.headers.etag]).toEqual([200, "", get.headers.etag]);
  });

  it("by default, what is returned is what is returned: always or default", async () => {
    const all = { model: "M", tag: "T", pin: "1234", secret: "s3cret" };
    const id = await service.create("/Devices", device("1", all));
    const { body, text } = await service.call("GET", `/Devices/${id}`);
    expect(Object.keys(body).sort()).toEqual(["contacts", "id", "meta", "model", "schemas", "serial", "status", "tag"]);
    expect(text).not.toContain("s3cret");
    const user = await service.create("/Users", person("bob", { password: "t1meMa$heen" }));
    expect((await service.call("GET", `/Users/${user}`)).text).not.toContain("t1meMa$heen");
  });

  it("GET of what does not exist is 404 with an error body", async () => {
    for (const path of ["/Users/2819c223-7f76-453a-919d-413861904646", "/Groups/x", "/Schemas/urn:x"]) {
      const { status, body } = await service.call("GET", path);
      expect([status, body.status, body.schemas]).toEqual([404, "404", [`${MESSAGES}:Error`]]);
    }
  });
});
