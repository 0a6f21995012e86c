/** Conflicts, and what our answers must look like: rows Q62–Q78 of the catalogue. */
import { createScim, ScimError } from "scimkit";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { token } from "../host.ts";
import { isObject } from "../match.ts";
import { served } from "../served.ts";
import { errorUrn, openSession, type Session } from "../session.ts";
import { valueAt } from "../variables.ts";

const enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

describe.each(served())("Answers over $name", (mount) => {
  let session: Session;
  beforeEach(async () => {
    session = await openSession(mount);
  });
  afterEach(() => session.mounted.close());
  const find = async (path: string, filter: string): Promise<unknown> => {
    const { json } = await session.send("GET", `${path}?filter=${encodeURIComponent(filter)}`);
    return valueAt(json, "Resources.0.id");
  };

  test("Q62 a duplicate is a 409, and the resource is findable by userName and by externalId", async () => {
    const id = await session.host.create("/Users", { userName: "ann", externalId: "E-1" });
    const again = await session.send("POST", "/Users", { userName: "ann", externalId: "E-1" });
    expect([again.status, valueAt(again.json, "scimType")]).toEqual([409, "uniqueness"]);
    expect([await find("/Users", 'userName eq "ann"'), await find("/Users", 'externalId eq "E-1"')]).toEqual([id, id]);
  });

  test("Q64 so is a deactivated person who is created again", async () => {
    const id = await session.host.create("/Users", { userName: "ann", active: false });
    expect((await session.send("POST", "/Users", { userName: "ann" })).status).toBe(409);
    expect(await find("/Users", 'userName eq "ann"')).toBe(id);
  });

  test("Q65 user names that differ in case are one", async () => {
    await session.host.create("/Users", { userName: "Ann@x.example" });
    expect((await session.send("POST", "/Users", { userName: "ann@X.example" })).status).toBe(409);
  });

  test.each(["", "{", "[]", '"text"', "null", "7", '{"userName":"ann"'])(
    "Q66 a body of %j is refused",
    async (body) => {
      const { status, json } = await session.send("POST", "/Users", body);
      expect([status, valueAt(json, "scimType"), valueAt(json, "schemas")]).toEqual([400, "invalidSyntax", [errorUrn]]);
    },
  );

  test("Q67 an id is text, and Q68 active is there and a boolean", async () => {
    const user = (await session.send("POST", "/Users", { userName: "ann" })).json;
    const group = (await session.send("POST", "/Groups", { displayName: "Team" })).json;
    expect([valueAt(user, "id"), valueAt(group, "id")]).toEqual([
      expect.stringMatching(/./),
      expect.stringMatching(/./),
    ]);
    expect(valueAt(user, "active")).toBe(true);
    expect(valueAt((await session.send("GET", "/Users")).json, "Resources.0.active")).toBe(true);
  });

  test("Q69 values are as they were sent, and Q70 what is complex stays complex", async () => {
    const boss = await session.host.create("/Users", { userName: "Boss" });
    const sent = {
      userName: "ANN  o'Neil@X.Example",
      displayName: "  Ann  ",
      phoneNumbers: [{ value: "+1 (425) 555-0100 x9", type: "work" }],
    };
    const { json } = await session.send("POST", "/Users", { ...sent, [enterprise]: { manager: boss } });
    expect(json).toMatchObject(sent);
    expect(json).toMatchObject({ [enterprise]: { manager: { value: boss } } });
  });

  test("Q71 /Schemas is a list without nulls", async () => {
    const { text, json } = await session.send("GET", "/Schemas");
    expect(text).not.toContain("null");
    expect(valueAt(json, "schemas")).toEqual(["urn:ietf:params:scim:api:messages:2.0:ListResponse"]);
  });

  test("Q72 a PATCH of a user gives the user, of a group 204, a DELETE 204", async () => {
    const user = `/Users/${await session.host.create("/Users", { userName: "ann" })}`;
    const group = `/Groups/${await session.host.create("/Groups", { displayName: "Team" })}`;
    const patched = await session.patch(user, { op: "replace", path: "title", value: "CTO" });
    expect([patched.status, valueAt(patched.json, "userName"), valueAt(patched.json, "title")]).toEqual([
      200,
      "ann",
      "CTO",
    ]);
    expect((await session.patch(group, { op: "replace", path: "displayName", value: "T" })).status).toBe(204);
    expect((await session.send("DELETE", group)).status).toBe(204);
  });

  test("Q73 a created resource has a Location, the same as its meta.location", async () => {
    const { status, headers, json } = await session.send("POST", "/Users", { userName: "ann" });
    const location = `${session.mounted.baseUrl}/Users/${valueAt(json, "id")}`;
    expect([status, headers.location, valueAt(json, "meta.location")]).toEqual([201, location, location]);
  });

  test("Q74 an error has schemas, status as text, detail, and scimType where one is defined", async () => {
    const { json } = await session.send("GET", "/Users/404");
    expect(json).toEqual({ schemas: [errorUrn], status: "404", detail: expect.stringContaining("404") });
    const invalid = (await session.send("GET", "/Users?filter=x")).json;
    expect(invalid).toMatchObject({ schemas: [errorUrn], status: "400", scimType: "invalidFilter" });
  });

  test("Q75 a host that slows a client down says for how many seconds", async () => {
    const scim = createScim({
      ...(await mount.openStores()),
      authenticate: () => {
        throw new ScimError(429, "Too many requests; try again later.", { headers: { "Retry-After": "30" } });
      },
    });
    const mounted = await mount.open(scim);
    const answer = await mounted.send({ method: "GET", path: "/Users", headers: { Authorization: `Bearer ${token}` } });
    expect([answer.status, answer.headers["retry-after"], valueAt(answer.json, "status")]).toEqual([429, "30", "429"]);
    await mounted.close();
  });

  test("Q76 ServiceProviderConfig is complete", async () => {
    const { json } = await session.send("GET", "/ServiceProviderConfig");
    const numbers = ["bulk.maxOperations", "bulk.maxPayloadSize", "filter.maxResults"];
    expect(numbers.map((path) => typeof valueAt(json, path))).toEqual(["number", "number", "number"]);
    const supported = ["patch", "bulk", "filter", "changePassword", "sort", "etag"].map((name) => `${name}.supported`);
    expect(supported.map((path) => typeof valueAt(json, path))).toEqual(supported.map(() => "boolean"));
    expect(valueAt(json, "authenticationSchemes.0.type")).toBe("oauthbearertoken");
  });

  test("Q78 emails.type has canonical values in the schema", async () => {
    const { json } = await session.send("GET", "/Schemas/urn:ietf:params:scim:schemas:core:2.0:User");
    const attributes = valueAt(json, "attributes");
    const emails = Array.isArray(attributes)
      ? attributes.find((each) => valueAt(each, "name") === "emails")
      : undefined;
    const parts = isObject(emails) && Array.isArray(emails.subAttributes) ? emails.subAttributes : [];
    const type = parts.find((each) => valueAt(each, "name") === "type");
    expect(valueAt(type, "canonicalValues")).toEqual(["work", "home", "other"]);
  });

  test("Q63 a group's name is its own among the tenant's, in any case", async () => {
    await session.host.create("/Groups", { displayName: "Team" });
    const again = await session.send("POST", "/Groups", { displayName: "TEAM" });
    expect([again.status, valueAt(again.json, "scimType")]).toEqual([409, "uniqueness"]);
  });
});
