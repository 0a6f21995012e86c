/** RFC 7644 §3.4.2.5, §3.9 attributes and excludedAttributes, over every mount. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { served } from "../served.ts";
import { openService, person, resourcesOf, type Service, team } from "../service.ts";

const ENT = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
const CORE = "urn:ietf:params:scim:schemas:core:2.0:User";

describe.each(served())("§3.9 over '$name'", (mount) => {
  let service: Service;
  let id: string;
  let groupId: string;

  beforeAll(async () => {
    service = await openService(mount, { features: { changePassword: true } });
    id = await service.create(
      "/Users",
      person("ann", {
        name: { givenName: "Ann", familyName: "Lee" },
        emails: [{ value: "ann@x.io", type: "work", primary: true }],
        password: "s3cret-value",
        [ENT]: { department: "IT", employeeNumber: "1" },
      }),
    );
    groupId = await service.create("/Groups", team("Team", id));
  });
  afterAll(() => service.close());

  const keys = async (query: string): Promise<readonly string[]> =>
    Object.keys((await service.call("GET", `/Users/${id}?${query}`)).body).sort();

  it("attributes overrides the default set; id and schemas are always there", async () => {
    expect(await keys("attributes=userName")).toEqual(["id", "schemas", "userName"]);
  });

  it("attribute names match in any case and leave in canonical case", async () => {
    expect(await keys("attributes=USERNAME,Emails.Value")).toEqual(["emails", "id", "schemas", "userName"]);
  });

  it("a sub-attribute is returned alone", async () => {
    const { body } = await service.call("GET", `/Users/${id}?attributes=name.givenName,emails.value,meta.location`);
    expect(body.name).toEqual({ givenName: "Ann" });
    expect(body.emails).toEqual([{ value: "ann@x.io" }]);
    expect(Object.keys(Object(body.meta))).toEqual(["location"]);
  });

  it("URN names select core and extension attributes, and a whole extension", async () => {
    expect(await keys(`attributes=${CORE}:userName`)).toEqual(["id", "schemas", "userName"]);
    const one = (await service.call("GET", `/Users/${id}?attributes=${ENT}:department`)).body;
    expect(one[ENT]).toEqual({ department: "IT" });
    const whole = (await service.call("GET", `/Users/${id}?attributes=${ENT}`)).body;
    expect(whole[ENT]).toEqual({ department: "IT", employeeNumber: "1" });
  });

  it("excludedAttributes removes from the default set, and not what is always returned", async () => {
    const { body } = await service.call(
      "GET",
      `/Users/${id}?excludedAttributes=id,name,emails.type,${ENT}:department,meta`,
    );
    expect(body).toMatchObject({ id, emails: [{ value: "ann@x.io", primary: true }], [ENT]: { employeeNumber: "1" } });
    expect(body).not.toHaveProperty("name");
    expect(body).not.toHaveProperty("meta");
  });

  it("both together are refused: they are mutually exclusive", async () => {
    const { status, body } = await service.call("GET", `/Users/${id}?attributes=userName&excludedAttributes=name`);
    expect(status).toBe(400);
    expect(body.scimType).toBe("invalidValue");
  });

  it("returned: never is never returned, also when asked for", async () => {
    const { text } = await service.call("GET", `/Users/${id}?attributes=password,userName`);
    expect(text).not.toContain("s3cret-value");
    expect(text).not.toContain("password");
  });

  it("holds on POST, PUT, PATCH, lists and searches", async () => {
    const created = await service.call("POST", "/Users?attributes=userName", person("bo"));
    expect(Object.keys(created.body).sort()).toEqual(["id", "schemas", "userName"]);
    const path = `/Users/${created.body.id}`;
    const put = await service.call("PUT", `${path}?excludedAttributes=meta`, person("bo", { title: "CTO" }));
    expect(Object.keys(put.body).sort()).toEqual(["active", "id", "schemas", "title", "userName"]);
    const operations = [{ op: "replace", path: "title", value: "CEO" }];
    const patch = { schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], Operations: operations };
    const patched = await service.call("PATCH", `${path}?attributes=title`, patch);
    expect(patched.body).toEqual({ schemas: [CORE], id: created.body.id, title: "CEO" });
    const listed = await service.call("GET", "/Users?attributes=userName&filter=userName+eq+%22bo%22");
    expect(resourcesOf(listed.body)).toEqual([{ schemas: [CORE], id: created.body.id, userName: "bo" }]);
  });

  it("a PATCH of a group answers 204, and 200 when attributes are asked for (§3.5.2)", async () => {
    const patch = {
      schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
      Operations: [{ op: "replace", path: "displayName", value: "Team 2" }],
    };
    const quiet = await service.call("PATCH", `/Groups/${groupId}`, patch);
    expect([quiet.status, quiet.text]).toEqual([204, ""]);
    const asked = await service.call("PATCH", `/Groups/${groupId}?attributes=displayName`, patch);
    expect([asked.status, asked.body.displayName]).toEqual([200, "Team 2"]);
  });

  it("User.groups is filled from the groups, with $ref; members carry $ref when it is named", async () => {
    const user = (await service.call("GET", `/Users/${id}?attributes=groups`)).body;
    expect(user.groups).toEqual([
      { value: groupId, display: expect.any(String), type: "direct", $ref: expect.stringMatching(/\/Groups\/[\w-]+$/) },
    ]);
    const group = (await service.call("GET", `/Groups/${groupId}?attributes=members.value,members.$ref`)).body;
    expect(group.members).toEqual([{ value: id, $ref: expect.stringMatching(new RegExp(`/Users/${id}$`)) }]);
  });
});
