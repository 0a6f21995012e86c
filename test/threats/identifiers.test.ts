/** Ids are minted here and opaque; externalId is a text of one tenant and nothing else. Grafana CVE-2025-41115, Polis, better-auth#9974. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { otherToken } from "../host.ts";
import { match } from "../match.ts";
import { served } from "../served.ts";
import { openSession, type Session } from "../session.ts";
import { valueAt } from "../variables.ts";

describe.each(served())("Identifiers over $name", (mount) => {
  let session: Session;
  let admin: string;
  beforeEach(async () => {
    session = await openSession(mount);
    const emails = [{ value: "admin@x.io", primary: true }];
    admin = await session.host.create("/Users", { userName: "admin", externalId: "1", emails });
  });
  afterEach(() => session.mounted.close());

  test.each(["1", "0", "-1", "1e0", "01", " 1", "1 OR 1=1", "../Users", "__proto__", "null", "true"])(
    "the externalId %j is a text that names nobody else",
    async (externalId) => {
      const { status, json } = await session.send("POST", "/Users", { userName: "eve", externalId });
      const id = valueAt(json, "id");
      expect([status, match({ externalId, userName: "eve" }, json)]).toEqual([201, []]);
      expect([id === externalId, id === admin]).toEqual([false, false]);
      expect((await session.send("GET", `/Users/${encodeURIComponent(externalId)}`)).status).toBe(404);
      const filter = encodeURIComponent(`externalId eq ${JSON.stringify(externalId)}`);
      const found = await session.send("GET", `/Users?filter=${filter}`);
      const expected = externalId === "1" ? [{ id: admin }, { id }] : [{ id }];
      expect(match({ Resources: { $anyOrder: expected } }, found.json)).toEqual([]);
    },
  );

  test("a number at externalId becomes text, and finds nobody by its number", async () => {
    const { status, json } = await session.send("POST", "/Users", { userName: "eve", externalId: 1 });
    expect([status, valueAt(json, "externalId")]).toEqual([201, "1"]);
    const number = await session.send("GET", "/Users?filter=externalId%20eq%201.0");
    expect(match({ Resources: { $oneOf: [[], { $absent: true }] } }, number.json)).toEqual([]);
  });

  test("an id that the client gives is ignored, on every write", async () => {
    const wanted = { userName: "eve", id: admin, meta: { location: `/Users/${admin}` } };
    const created = await session.send("POST", "/Users", wanted);
    const id = valueAt(created.json, "id");
    expect([created.status, id === admin]).toEqual([201, false]);
    const replaced = await session.send("PUT", `/Users/${id}`, wanted);
    const patched = await session.patch(`/Users/${id}`, { op: "replace", value: { id: admin, title: "Eve" } });
    for (const answer of [replaced, patched]) expect([answer.status, valueAt(answer.json, "id")]).toEqual([200, id]);
    expect((await session.patch(`/Users/${id}`, { op: "replace", path: "id", value: admin })).status).toBe(400);
    expect(valueAt((await session.send("GET", `/Users/${admin}`)).json, "userName")).toBe("admin");
  });

  test("an existing account is never taken over by its e-mail address or externalId", async () => {
    const emails = [{ value: "admin@x.io", primary: true }];
    const { status, json } = await session.send("POST", "/Users", { userName: "eve", externalId: "1", emails });
    expect([status, valueAt(json, "id") === admin]).toEqual([201, false]);
    expect(match({ userName: "admin", emails }, (await session.send("GET", `/Users/${admin}`)).json)).toEqual([]);
  });

  test("an existing userName is a conflict, never an update", async () => {
    const before = await session.send("GET", `/Users/${admin}`);
    const { status } = await session.send("POST", "/Users", { userName: "ADMIN", emails: [{ value: "eve@x.io" }] });
    expect(status).toBe(409);
    expect((await session.send("GET", `/Users/${admin}`)).json).toEqual(before.json);
  });

  test("ids do not come again", async () => {
    await session.send("DELETE", `/Users/${admin}`);
    const { json } = await session.send("POST", "/Users", { userName: "admin", externalId: "1" });
    expect(valueAt(json, "id")).not.toBe(admin);
    expect((await session.send("GET", `/Users/${admin}`)).status).toBe(404);
  });

  test("the same externalId in another tenant is another person's", async () => {
    const other = { Authorization: `Bearer ${otherToken}` };
    const filter = encodeURIComponent('externalId eq "1"');
    expect(
      match({ totalResults: 0 }, (await session.send("GET", `/Users?filter=${filter}`, undefined, other)).json),
    ).toEqual([]);
    expect((await session.send("POST", "/Users", { userName: "x", externalId: "1" }, other)).status).toBe(201);
  });
});
