/** RFC 7644 §3.5.2.3 Replace Operation, over every mount. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { JsonObject } from "../../match.ts";
import { served } from "../../served.ts";
import { openService, person, type Service, team } from "../../service.ts";
import { patchOp } from "./requests.ts";

describe.each(served())("§3.5.2.3 over '$name'", (mount) => {
  let service: Service;
  let strict: Service;
  let count = 0;

  beforeAll(async () => {
    service = await openService(mount);
    strict = await openService(mount, { dialects: [] });
  });
  afterAll(async () => {
    await service.close();
    await strict.close();
  });

  const addresses = [
    { type: "work", streetAddress: "100 Universal City Plaza", locality: "Hollywood", primary: true },
    { type: "home", streetAddress: "456 Hollywood Blvd", locality: "Hollywood" },
  ];
  const user = async (more: JsonObject = {}, at: Service = service): Promise<string> =>
    `/Users/${await at.create("/Users", person(`user${++count}`, more))}`;
  const replace = async (at: string, path: string | undefined, value: unknown): Promise<JsonObject> => {
    const { status, body, text } = await service.call("PATCH", at, patchOp({ op: "replace", path, value }));
    expect(status, text).toBe(200);
    return body;
  };

  it("without a path, the attributes that the value lists are replaced, and others are unaffected", async () => {
    const path = await user({ title: "CTO", nickName: "A", emails: [{ value: "old@x.example" }] });
    const emails = [
      { value: "bjensen@example.com", type: "work", primary: true },
      { value: "babs@jensen.org", type: "home" },
    ];
    const body = await replace(path, undefined, { emails, nickname: "Babs" });
    expect(body).toMatchObject({ title: "CTO", nickName: "Babs" });
    expect(body.emails).toMatchObject(emails);
  });

  it("without a path, the value must list attributes: else invalidValue", async () => {
    for (const value of ["CTO", 7, [], null]) {
      const { status, body } = await service.call("PATCH", await user(), patchOp({ op: "replace", value }));
      expect([status, body.scimType]).toEqual([400, "invalidValue"]);
    }
  });

  it("a single value is replaced", async () => {
    const path = await user({ title: "CTO", name: { givenName: "Ann", familyName: "Lee" } });
    expect((await replace(path, "title", "CEO")).title).toBe("CEO");
    expect((await replace(path, "name.familyName", "Young")).name).toEqual({ givenName: "Ann", familyName: "Young" });
  });

  it("a multi-valued attribute without a filter is replaced with all of its values", async () => {
    const path = await user({ addresses });
    const value = [{ type: "other", locality: "Oslo" }];
    expect((await replace(path, "addresses", value)).addresses).toMatchObject(value);
    const [ann = "", bob = "", cat = ""] = [await user(), await user(), await user()].map((at) => at.slice(7));
    const group = `/Groups/${await service.create("/Groups", team("replaced", ann, bob))}`;
    const members = [{ value: bob }, { value: cat }];
    const patch = patchOp({ op: "replace", path: "members", value: members });
    expect((await service.call("PATCH", group, patch)).status).toBe(204);
    expect((await service.call("GET", group)).body.members).toMatchObject(members);
  });

  it("an attribute that does not exist is added", async () => {
    const path = await user();
    expect((await replace(path, "title", "CTO")).title).toBe("CTO");
    expect((await replace(path, "addresses", addresses)).addresses).toMatchObject(addresses);
  });

  it("a complex attribute gets the sub-attributes of the value; those that are not specified are unchanged", async () => {
    const path = await user({ name: { givenName: "Ann", familyName: "Lee" } });
    expect((await replace(path, "name", { familyName: "Young", middleName: "B" })).name).toEqual({
      givenName: "Ann",
      familyName: "Young",
      middleName: "B",
    });
  });

  it("all records that a filter matches are replaced, and only they", async () => {
    const path = await user({ addresses });
    const value = { type: "work", streetAddress: "911 Universal City Plaza", locality: "Hollywood", primary: true };
    expect((await replace(path, 'addresses[type eq "work"]', value)).addresses).toMatchObject([value, addresses[1]]);
    const all = await replace(path, 'addresses[locality eq "hollywood"]', { locality: "Oslo" });
    expect(all.addresses).toMatchObject([{ locality: "Oslo" }, { locality: "Oslo" }]);
  });

  it("the sub-attribute of all records that a filter matches is replaced, and only that", async () => {
    const path = await user({ addresses });
    const street = 'addresses[type eq "work"].streetAddress';
    expect((await replace(path, street, "1010 Broadway Ave")).addresses).toMatchObject([
      { ...addresses[0], streetAddress: "1010 Broadway Ave" },
      addresses[1],
    ]);
    const { addresses: all } = await replace(path, 'addresses[locality eq "Hollywood"].region', "CA");
    expect(all).toMatchObject([
      { type: "work", region: "CA" },
      { type: "home", region: "CA" },
    ]);
  });

  it("a filter that matches no record is 400 noTarget", async () => {
    const path = await user({ addresses }, strict);
    for (const target of ['addresses[type eq "other"]', 'addresses[type eq "other"].streetAddress']) {
      const value = target.endsWith("]") ? { locality: "Oslo" } : "1010 Broadway Ave";
      const { status, body } = await strict.call("PATCH", path, patchOp({ op: "replace", path: target, value }));
      expect([status, body.scimType, body.status]).toEqual([400, "noTarget", "400"]);
    }
    const { status, body } = await service.call(
      "PATCH",
      await user({ addresses }),
      patchOp({ op: "replace", path: 'addresses[type ne "work" and type ne "home"]', value: { locality: "Oslo" } }),
    );
    expect([status, body.scimType]).toEqual([400, "noTarget"]);
  });

  it("outside strict mode, a filter of equalities that matches no record creates it, as IdPs mean it", async () => {
    const path = await user({ addresses });
    const { addresses: after } = await replace(path, 'addresses[type eq "other"].locality', "Oslo");
    expect(after).toMatchObject([...addresses, { type: "other", locality: "Oslo" }]);
  });
});
