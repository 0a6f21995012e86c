/** RFC 7643 §4.1.2 groups, §4.2 nested groups, §2.3.7 and §2.4 references, over every mount. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isObject, type JsonObject } from "../../match.ts";
import { served } from "../../served.ts";
import { openService, person, resourcesOf, type Service, team } from "../../service.ts";
import { patchOp } from "./device.ts";

const enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

describe.each(served())("RFC 7643 §4.1.2 groups over '$name'", (mount) => {
  let service: Service;
  let ann: string;
  let child: string;
  let parent: string;
  let grand: string;

  beforeAll(async () => {
    service = await openService(mount);
    ann = await service.create("/Users", person("ann"));
    child = await service.create("/Groups", team("Child", ann));
    parent = await service.create("/Groups", team("Parent", child));
    grand = await service.create("/Groups", team("Grand", parent, ann));
  });
  afterAll(() => service.close());

  const groupsOf = async (id: string): Promise<readonly (readonly unknown[])[]> => {
    const { groups } = (await service.call("GET", `/Users/${id}`)).body;
    const list = Array.isArray(groups) ? groups.filter(isObject) : [];
    return list.map(({ display, type }) => [display, type]).sort();
  };
  const patchGroup = (id: string, ...operations: readonly JsonObject[]) =>
    service.call("PATCH", `/Groups/${id}`, patchOp(...operations));
  const found = async (path: string, filter: string): Promise<readonly unknown[]> => {
    const { status, body, text } = await service.call("GET", `${path}?filter=${encodeURIComponent(filter)}`);
    if (status !== 200) throw new Error(`${filter}: ${text}`);
    return resourcesOf(body).map(({ id }) => id);
  };

  it("name each group once: direct where the user is a member, indirect through nested groups", async () => {
    expect(await groupsOf(ann)).toEqual([
      ["Child", "direct"],
      ["Grand", "direct"],
      ["Parent", "indirect"],
    ]);
  });

  it("value is the group's id, and $ref leads to it", async () => {
    const { body } = await service.call("GET", `/Users/${ann}`);
    const groups = Array.isArray(body.groups) ? body.groups.filter(isObject) : [];
    expect(groups.map(({ value }) => value).sort()).toEqual([child, parent, grand].sort());
    for (const { value, $ref } of groups) {
      const path = String($ref).slice(
        String(body.meta && isObject(body.meta) ? body.meta.location : "").indexOf("/Users/"),
      );
      const target = await service.call("GET", path);
      expect([target.status, target.body.id, isObject(target.body.meta) && target.body.meta.location]).toEqual([
        200,
        value,
        $ref,
      ]);
    }
  });

  it("are readOnly: ignored on POST and PUT, refused with mutability in a PATCH", async () => {
    const created = await service.call("POST", "/Users", person("bob", { groups: [{ value: child }] }));
    const path = `/Users/${created.body.id}`;
    expect([created.status, created.body.groups]).toEqual([201, undefined]);
    const put = await service.call("PUT", path, person("bob", { groups: [{ value: child, type: "direct" }] }));
    expect([put.status, put.body.groups]).toEqual([200, undefined]);
    for (const operation of [
      { op: "add", path: "groups", value: [{ value: child }] },
      { op: "replace", path: "groups[value pr].display", value: "x" },
      { op: "remove", path: "groups" },
    ]) {
      const { status, body } = await service.call("PATCH", path, patchOp(operation));
      expect([operation.op, status, body.scimType]).toEqual([operation.op, 400, "mutability"]);
    }
    expect((await service.call("GET", `/Groups/${child}`)).body.members).toHaveLength(1);
  });

  it("are changed at the Group: members who join and leave, at any depth, and groups that go", async () => {
    const cy = await service.create("/Users", person("cy"));
    const inner = await service.create("/Groups", team("Inner"));
    const outer = await service.create("/Groups", team("Outer", inner));
    expect(await groupsOf(cy)).toEqual([]);
    await patchGroup(inner, { op: "add", path: "members", value: [{ value: cy }] });
    expect(await groupsOf(cy)).toEqual([
      ["Inner", "direct"],
      ["Outer", "indirect"],
    ]);
    await patchGroup(outer, { op: "add", path: "members", value: [{ value: cy }] });
    expect(await groupsOf(cy)).toEqual([
      ["Inner", "direct"],
      ["Outer", "direct"],
    ]);
    await patchGroup(outer, { op: "remove", path: `members[value eq "${cy}"]` });
    await service.call("PUT", `/Groups/${inner}`, team("Renamed", cy));
    expect(await groupsOf(cy)).toEqual([
      ["Outer", "indirect"],
      ["Renamed", "direct"],
    ]);
    await service.call("DELETE", `/Groups/${inner}`);
    expect(await groupsOf(cy)).toEqual([]);
  });

  it("end in circles of groups, each named once", async () => {
    const dee = await service.create("/Users", person("dee"));
    const one = await service.create("/Groups", team("One", dee));
    const two = await service.create("/Groups", team("Two", one));
    await patchGroup(one, { op: "add", path: "members", value: [{ value: two }] });
    expect(await groupsOf(dee)).toEqual([
      ["One", "direct"],
      ["Two", "indirect"],
    ]);
  });

  it("are found by their id, name and kind", async () => {
    expect(await found("/Users", `groups.value eq "${child}"`)).toEqual([ann]);
    expect(await found("/Users", `groups[value eq "${parent}" and type eq "indirect"]`)).toEqual([ann]);
    expect(await found("/Users", `groups[value eq "${parent}" and type eq "direct"]`)).toEqual([]);
    expect(await found("/Users", 'groups.display eq "PARENT"')).toEqual([ann]);
  });

  it("a member is shown with its type, and its $ref where it is asked for", async () => {
    const { body } = await service.call("GET", `/Groups/${grand}?attributes=members.value,members.type,members.$ref`);
    const { body: user } = await service.call("GET", `/Users/${ann}`);
    expect(body.members).toEqual(
      expect.arrayContaining([
        { value: ann, type: "User", $ref: isObject(user.meta) ? user.meta.location : undefined },
        { value: parent, type: "Group", $ref: expect.stringContaining(`/Groups/${parent}`) },
      ]),
    );
  });

  it("sub-attributes of members are immutable: members come and go, and stay who they are", async () => {
    const other = await service.create("/Users", person("other"));
    const group = await service.create("/Groups", team("Fixed", ann));
    for (const [path, value] of [
      [`members[value eq "${ann}"].value`, other],
      [`members[value eq "${ann}"].type`, "Group"],
    ]) {
      const { status, body } = await patchGroup(group, { op: "replace", path, value });
      expect([path, status, body.scimType]).toEqual([path, 400, "mutability"]);
    }
    await patchGroup(group, { op: "add", path: "members", value: [{ value: other }] });
    await patchGroup(group, { op: "remove", path: `members[value eq "${ann}"]` });
    expect((await service.call("GET", `/Groups/${group}`)).body.members).toMatchObject([{ value: other }]);
  });

  it("URIs of a resource are comparable whatever version and base they name (§2.4)", async () => {
    const filters = ["https://example.com/Users/", "https://example.com/v2/Users/", "/Users/", "Users/"].map(
      (base) => `members.$ref eq "${base}${ann}"`,
    );
    for (const filter of filters)
      expect([...(await found("/Groups", filter))].sort()).toEqual(expect.arrayContaining([child, grand]));
    expect(await found("/Groups", `members.$ref eq "https://example.com/Users/nobody"`)).toEqual([]);
    expect(await found("/Users", `groups.$ref eq "https://example.com/v1/Groups/${child}"`)).toEqual([ann]);
    const group = await service.create("/Groups", team("By reference", ann));
    const removed = await patchGroup(group, { op: "remove", path: `members[$ref eq "Users/${ann}"]` });
    expect(removed.status).toBeLessThan(300);
    expect((await service.call("GET", `/Groups/${group}`)).body).not.toHaveProperty("members");
  });

  it("a manager is named by id, and shown with the $ref that leads there; the displayName is readOnly (§4.3)", async () => {
    const boss = await service.create("/Users", person("boss"));
    const managed = { [enterprise]: { manager: { value: boss, displayName: "Mine to say" } } };
    const schemas = ["urn:ietf:params:scim:schemas:core:2.0:User", enterprise];
    const { status, body } = await service.call("POST", "/Users", person("managed", { schemas, ...managed }));
    const { meta } = (await service.call("GET", `/Users/${boss}`)).body;
    expect([status, body[enterprise]]).toEqual([
      201,
      { manager: { value: boss, $ref: isObject(meta) ? meta.location : undefined } },
    ]);
    expect(await found("/Users", `${enterprise}:manager eq "${boss}"`)).toEqual([body.id]);
    expect(await found("/Users", `${enterprise}:manager.$ref eq "Users/${boss}"`)).toEqual([body.id]);
    const named = await service.call(
      "PATCH",
      `/Users/${body.id}`,
      patchOp({ op: "replace", path: `${enterprise}:manager.displayName`, value: "x" }),
    );
    expect([named.status, named.body.scimType]).toEqual([400, "mutability"]);
  });
});
