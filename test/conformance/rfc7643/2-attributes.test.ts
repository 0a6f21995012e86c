/** RFC 7643 §2.1 attributes, §2.3 data types, §2.4 multi-valued attributes, §2.5 unassigned values, over every mount. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { JsonObject } from "../../match.ts";
import { served } from "../../served.ts";
import { openService, person, resourcesOf, type Service } from "../../service.ts";
import { device, devices, patchOp } from "./device.ts";

describe.each(served())("RFC 7643 §2 attributes over '$name'", (mount) => {
  let service: Service;
  let serial = 0;

  beforeAll(async () => {
    service = await openService(mount, { resources: [devices()] });
  });
  afterAll(() => service.close());

  const names = (): string => `user${++serial}`;
  const post = async (more: JsonObject = {}): Promise<JsonObject> => {
    const { status, body, text } = await service.call("POST", "/Users", person(names(), more));
    if (status !== 201) throw new Error(text);
    return body;
  };
  const patch = (id: unknown, ...operations: readonly JsonObject[]) =>
    service.call("PATCH", `/Users/${id}`, patchOp(...operations));
  const found = async (path: string, filter: string): Promise<readonly unknown[]> => {
    const { status, body, text } = await service.call("GET", `${path}?filter=${encodeURIComponent(filter)}`);
    if (status !== 200) throw new Error(`${filter}: ${text}`);
    return resourcesOf(body).map(({ id }) => id);
  };

  it("names are case insensitive in bodies, paths, filters, sortBy and attributes (§2.1)", async () => {
    const userName = names();
    const sent = {
      SCHEMAS: ["urn:ietf:params:scim:schemas:core:2.0:User"],
      USERNAME: userName,
      Name: { GIVENNAME: "A" },
    };
    const { status, body } = await service.call("POST", "/Users", sent);
    expect([status, body.userName, body.name]).toEqual([201, userName, { givenName: "A" }]);
    const patched = await patch(body.id, { op: "replace", path: "NAME.givenname", value: "B" });
    expect(patched.body.name).toEqual({ givenName: "B" });
    expect(await found("/Users", `uSERnAME eq "${userName}" and NAME.GIVENname eq "B"`)).toEqual([body.id]);
    const listed = await service.call("GET", `/Users/${body.id}?attributes=USERNAME`);
    expect(Object.keys(listed.body).sort()).toEqual(["id", "schemas", "userName"]);
    expect((await service.call("GET", "/Users?sortBy=USERNAME")).status).toBe(200);
  });

  it("resources are JSON objects that name their schemas (§2.1, §3)", async () => {
    const { headers, body } = await service.call("GET", `/Users/${(await post()).id}`);
    expect(headers["content-type"]).toMatch(/^application\/scim\+json/);
    expect(body.schemas).toEqual(["urn:ietf:params:scim:schemas:core:2.0:User"]);
  });

  it("a string is any Unicode text, and comes back as it was sent (§2.3.1)", async () => {
    for (const text of ["Ünï çødé", "e\u0301", "\uff21\u3000", "👩‍💻", 'a\n"b"\\', "\u2028", "x".repeat(10_000), "0"]) {
      const { id } = await post({ displayName: text });
      expect((await service.call("GET", `/Users/${id}`)).body.displayName).toBe(text);
    }
  });

  it("a boolean is true or false, a number a number, an integer without a fraction (§2.3.2, §2.3.3, §2.3.4)", async () => {
    const { body } = await service.call(
      "POST",
      "/Devices",
      device("n", { on: false, weight: -0.5, size: 9_007_199_254_740_991 }),
    );
    const { text } = await service.call("GET", `/Devices/${body.id}`);
    expect(text).toMatch(/"on":false/);
    expect(text).toMatch(/"weight":-0\.5/);
    expect(text).toMatch(/"size":9007199254740991/);
    for (const wrong of [{ size: 0.5 }, { size: 1e300 }, { weight: {} }, { on: 2 }]) {
      expect([wrong, (await service.call("POST", "/Devices", device("w", wrong))).status]).toEqual([wrong, 400]);
    }
  });

  it("a dateTime has a date and a time, and compares as an instant (§2.3.5)", async () => {
    const bought = "2011-05-13T04:42:34.123456+02:00";
    const { body } = await service.call("POST", "/Devices", device("dt", { bought }));
    expect((await service.call("GET", `/Devices/${body.id}`)).body.bought).toBe(bought);
    expect(await found("/Devices", 'bought eq "2011-05-13T02:42:34.123456Z"')).toEqual([body.id]);
    for (const wrong of ["2011-05-13", "04:42:34Z", "2011-02-30T00:00:00Z", "13 May 2011", "2011-05-13T25:00:00Z"]) {
      const refused = await service.call("POST", "/Devices", device("w", { bought: wrong }));
      expect([wrong, refused.status, refused.body.scimType]).toEqual([wrong, 400, "invalidValue"]);
    }
  });

  it("a binary is base64, with or without padding, and case exact (§2.3.6)", async () => {
    for (const certificate of ["AQ==", "AQ", "+/+/", "-_-_"]) {
      const { status, body } = await service.call("POST", "/Devices", device("b", { certificate }));
      expect([status, body.certificate]).toEqual([201, certificate]);
    }
    expect(await found("/Devices", 'certificate eq "aq=="')).toEqual([]);
    const { status } = await service.call("POST", "/Devices", device("b", { certificate: "A" }));
    expect(status).toBe(400);
  });

  it("a reference is an absolute or relative URI or a URN, and case exact (§2.3.7)", async () => {
    for (const profileUrl of ["https://example.com/~ann", "Users/1", "../photo.png", "urn:example:a", "#me"]) {
      expect((await post({ profileUrl })).profileUrl).toBe(profileUrl);
    }
    expect(await found("/Users", 'profileUrl eq "HTTPS://example.com/~ann"')).toEqual([]);
    const { status, body } = await service.call("POST", "/Users", person(names(), { profileUrl: "two words" }));
    expect([status, body.scimType]).toEqual([400, "invalidValue"]);
  });

  it("the order of attributes means nothing: the same ones in another order are no change (§2.3.8)", async () => {
    const userName = names();
    const attributes = {
      title: "T",
      name: { givenName: "A", familyName: "B" },
      emails: [{ value: "a", type: "work" }],
    };
    const { body, headers } = await service.call("POST", "/Users", person(userName, attributes));
    const reversed = {
      emails: [{ type: "work", value: "a" }],
      name: { familyName: "B", givenName: "A" },
      title: "T",
      userName,
      schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"],
    };
    const put = await service.call("PUT", `/Users/${body.id}`, reversed);
    expect([put.status, put.headers.etag]).toEqual([200, headers.etag]);
  });

  it("multi-valued attributes are arrays, of primitive values or of objects, in the order given (§2.4)", async () => {
    const { body } = await service.call(
      "POST",
      "/Devices",
      device("m", { tags: ["b", "a"], ports: [{ value: 2 }, { value: 1 }] }),
    );
    expect([body.tags, body.ports]).toEqual([
      ["b", "a"],
      [{ value: 2 }, { value: 1 }],
    ]);
    expect((await post({ emails: [{ value: "a@x" }] })).emails).toEqual([{ value: "a@x" }]);
  });

  it("primary is true once at the most, whatever writes it, and false where it is not said (§2.4)", async () => {
    const primaries = (resource: JsonObject): readonly unknown[] => {
      const emails: readonly unknown[] = Array.isArray(resource.emails) ? resource.emails : [];
      return emails.map((email) => JSON.stringify(email).includes('"primary":true'));
    };
    const created = await post({
      emails: [{ value: "a", primary: true }, { value: "b", primary: true }, { value: "c" }],
    });
    expect(primaries(created)).toEqual([false, true, false]);
    const added = await patch(created.id, { op: "add", path: "emails", value: [{ value: "d", primary: true }] });
    expect(primaries(added.body)).toEqual([false, false, false, true]);
    const replaced = await patch(created.id, { op: "replace", path: 'emails[value eq "c"].primary', value: true });
    expect(primaries(replaced.body)).toEqual([false, false, true, false]);
    expect(await found("/Users", `id eq "${created.id}" and emails[value eq "a" and primary eq false]`)).toEqual([
      created.id,
    ]);
    expect(await found("/Users", `id eq "${created.id}" and emails[value eq "c" and primary eq false]`)).toEqual([]);
  });

  it("the same value may have several types, and no pair of type and value is there twice (§2.4)", async () => {
    const emails = [
      { value: "a@x", type: "work" },
      { value: "a@x", type: "home" },
    ];
    const created = await post({ emails: [...emails, { value: "a@x", type: "work", display: "A" }] });
    expect(created.emails).toEqual([{ value: "a@x", type: "work", display: "A" }, emails[1]]);
    const added = await patch(created.id, { op: "add", path: "emails", value: [{ value: "a@x", type: "home" }] });
    expect(added.body.emails).toEqual(created.emails);
  });

  it("null, an empty array and no value are the same, and all of them unassign (§2.5)", async () => {
    const attributes = { title: "T", name: { givenName: "A" }, emails: [{ value: "a" }] };
    const bare = await post({ title: null, name: {}, emails: [], phoneNumbers: null });
    expect(Object.keys(bare).sort()).toEqual(["active", "id", "meta", "schemas", "userName"]);
    expect(await found("/Users", `id eq "${bare.id}" and (title pr or name pr or emails pr)`)).toEqual([]);
    expect(await found("/Users", `id eq "${bare.id}" and title eq null`)).toEqual([bare.id]);
    const unassigning = [
      (id: unknown, userName: unknown) =>
        service.call("PUT", `/Users/${id}`, person(String(userName), { title: null, name: null, emails: [] })),
      (id: unknown, userName: unknown) => service.call("PUT", `/Users/${id}`, person(String(userName))),
      (id: unknown) => patch(id, { op: "replace", value: { title: null, name: null, emails: [] } }),
      (id: unknown) =>
        patch(id, { op: "remove", path: "title" }, { op: "remove", path: "name" }, { op: "remove", path: "emails" }),
    ];
    for (const unassign of unassigning) {
      const { id, userName } = await post(attributes);
      const { status, body } = await unassign(id, userName);
      expect(status).toBe(200);
      for (const name of ["title", "name", "emails"]) expect(body).not.toHaveProperty(name);
    }
  });

  it("unassigned attributes are left out, and nothing is null (§2.5)", async () => {
    await post({ title: null });
    const { text } = await service.call("GET", "/?count=1000");
    expect(text).not.toMatch(/:(?:null|\[\]|\{\})/);
  });
});
