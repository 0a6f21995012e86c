/** RFC 7644 §3.10 Attribute Notation, over every mount. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { JsonObject } from "../../match.ts";
import { served } from "../../served.ts";
import { openService, person, resourcesOf, type Service } from "../../service.ts";
import { ENT, filterBy, patchOp, USER } from "./requests.ts";

describe.each(served())("§3.10 over '$name'", (mount) => {
  let service: Service;
  let path: string;

  beforeAll(async () => {
    service = await openService(mount);
    const more = { schemas: [USER, ENT], name: { givenName: "Ann" }, [ENT]: { department: "IT" } };
    path = `/Users/${await service.create("/Users", person("ann", more))}`;
    await service.create("/Users", person("bob"));
  });
  afterAll(() => service.close());

  const found = async (filter: string): Promise<unknown> => {
    const { body } = await service.call("GET", `/Users?${filterBy(filter)}`);
    return resourcesOf(body).map(({ userName }) => userName);
  };
  const patched = async (target: string, value: string): Promise<JsonObject> => {
    const { status, body, text } = await service.call("PATCH", path, patchOp({ op: "replace", path: target, value }));
    expect(status, text).toBe(200);
    return body;
  };

  it("an attribute is its schema's URN, a colon and its name; the core schema's URN may be left out", async () => {
    expect(await found('userName eq "ann"')).toEqual(["ann"]);
    expect(await found(`${USER}:userName eq "ann"`)).toEqual(["ann"]);
    expect(await found(`${ENT}:department eq "IT"`)).toEqual(["ann"]);
    const { body } = await service.call("GET", `${path}?attributes=${USER}:userName,${ENT}:department`);
    expect(body).toMatchObject({ userName: "ann", [ENT]: { department: "IT" } });
    expect((await patched(`${USER}:title`, "CTO")).title).toBe("CTO");
    expect((await patched(`${ENT}:department`, "HR"))[ENT]).toEqual({ department: "HR" });
    await patched(`${ENT}:department`, "IT");
  });

  it("a sub-attribute follows a dot", async () => {
    expect(await found('name.givenName eq "Ann"')).toEqual(["ann"]);
    expect(await found(`${USER}:name.givenName eq "Ann"`)).toEqual(["ann"]);
    expect((await patched(`${USER}:name.familyName`, "Lee")).name).toMatchObject({ familyName: "Lee" });
    const { body } = await service.call("GET", `${path}?attributes=${USER}:name.givenName`);
    expect(body.name).toEqual({ givenName: "Ann" });
  });

  it("URN, attribute and sub-attribute name are case insensitive", async () => {
    expect(await found(`${USER.toUpperCase()}:NAME.GIVENNAME eq "Ann"`)).toEqual(["ann"]);
    expect(await found(`${ENT.toLowerCase()}:DEPARTMENT eq "IT"`)).toEqual(["ann"]);
    expect((await patched(`${USER.toLowerCase()}:TITLE`, "CEO")).title).toBe("CEO");
    const { body } = await service.call("GET", `${path}?attributes=${ENT.toUpperCase()}:Department,NAME.givenname`);
    expect(body).toMatchObject({ name: { givenName: "Ann" }, [ENT]: { department: "IT" } });
  });
});
