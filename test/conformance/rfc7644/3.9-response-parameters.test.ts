/** RFC 7644 §3.9 Additional Operation Response Parameters, and §3.4.2.5, over every mount. */
import { memoryStore } from "scimkit/memory";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { JsonObject } from "../../match.ts";
import { served } from "../../served.ts";
import { openService, person, resourcesOf, type Service } from "../../service.ts";
import { Device, device, ENT, patchOp, searchRequest, USER } from "./requests.ts";

describe.each(served())("§3.9 over '$name'", (mount) => {
  let service: Service;
  let ann: string;
  let thing: string;

  beforeAll(async () => {
    service = await openService(mount, { resources: [{ type: Device, store: memoryStore() }] });
    const more = {
      schemas: [USER, ENT],
      title: "CTO",
      name: { givenName: "Ann", familyName: "Lee" },
      emails: [{ value: "a@x.example", type: "work" }],
      [ENT]: { department: "IT", division: "EU" },
    };
    ann = `/Users/${await service.create("/Users", person("ann", more))}`;
    thing = `/Devices/${await service.create("/Devices", device("1", { tag: "T", model: "M", pin: "1234" }))}`;
  });
  afterAll(() => service.close());

  const keysOf = (body: JsonObject): readonly string[] => Object.keys(body).sort();
  const get = async (path: string, query: string): Promise<JsonObject> => {
    const { status, body, text } = await service.call("GET", `${path}?${query}`);
    expect(status, text).toBe(200);
    return body;
  };

  it("attributes overrides the default list: the minimum set and what it names", async () => {
    expect(keysOf(await get(ann, "attributes=userName"))).toEqual(["id", "schemas", "userName"]);
    expect(keysOf(await get(ann, "attributes=userName,title"))).toEqual(["id", "schemas", "title", "userName"]);
    expect(keysOf(await get(thing, "attributes=model"))).toEqual(["id", "model", "schemas", "tag"]);
  });

  it("attributes returns what is returned on request, and never what is never returned", async () => {
    expect((await get(thing, "attributes=pin")).pin).toBe("1234");
    expect(keysOf(await get(thing, "attributes=secret,serial"))).toEqual(["id", "schemas", "serial", "tag"]);
  });

  it("a sub-attribute is returned alone", async () => {
    const body = await get(ann, "attributes=name.givenName,emails.value");
    expect(body).toMatchObject({ name: { givenName: "Ann" }, emails: [{ value: "a@x.example" }] });
    expect(body.name).toEqual({ givenName: "Ann" });
    expect(body.emails).toEqual([{ value: "a@x.example" }]);
  });

  it("names are in standard attribute notation: with a URN, and in any case", async () => {
    expect((await get(ann, `attributes=${ENT}:department`))[ENT]).toEqual({ department: "IT" });
    expect((await get(ann, `attributes=${USER}:NAME.givenname`)).name).toEqual({ givenName: "Ann" });
    expect((await get(ann, `excludedAttributes=${ENT.toUpperCase()}:department`))[ENT]).toEqual({ division: "EU" });
  });

  it("excludedAttributes removes from the default set", async () => {
    const body = await get(ann, "excludedAttributes=title,name.familyName,emails");
    for (const name of ["title", "emails"]) expect(body).not.toHaveProperty(name);
    expect(body).toMatchObject({ userName: "ann", name: { givenName: "Ann" } });
    expect(body.name).not.toHaveProperty("familyName");
  });

  it("excludedAttributes has no effect on what is always returned", async () => {
    const body = await get(thing, "excludedAttributes=id,schemas,tag,model");
    expect(body).toMatchObject({ id: thing.slice("/Devices/".length), schemas: [Device.schema.id], tag: "T" });
    expect(body).not.toHaveProperty("model");
  });

  it("the two are mutually exclusive: both are 400 invalidValue", async () => {
    const { status, body } = await service.call("GET", `${ann}?attributes=title&excludedAttributes=name`);
    expect([status, body.scimType]).toEqual([400, "invalidValue"]);
  });

  it("they hold for every operation that returns a resource", async () => {
    const only = ["id", "schemas", "title"];
    const posted = await service.call("POST", "/Users?attributes=title", person("bob", { title: "CEO" }));
    expect([posted.status, keysOf(posted.body)]).toEqual([201, only]);
    const path = `/Users/${posted.body.id}`;
    const put = await service.call("PUT", `${path}?attributes=title`, person("bob", { title: "CFO" }));
    expect([put.status, keysOf(put.body)]).toEqual([200, only]);
    const patch = patchOp({ op: "replace", path: "title", value: "COO" });
    const patched = await service.call("PATCH", `${path}?attributes=title`, patch);
    expect([patched.status, keysOf(patched.body)]).toEqual([200, only]);
    const excluded = await service.call("PATCH", `${path}?excludedAttributes=meta,userName,active`, patch);
    expect([excluded.status, keysOf(excluded.body)]).toEqual([200, only]);
    for (const body of [
      await get("/Users", "attributes=title&filter=title+pr"),
      (await service.call("POST", "/Users/.search", searchRequest({ attributes: ["title"], filter: "title pr" }))).body,
    ]) {
      expect(resourcesOf(body).map(keysOf)).toEqual([only, only]);
    }
  });
});
