/** URLs, headers and authentication as clients send them: rows Q1–Q16 of the catalogue that need no dialect. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { token } from "../host.ts";
import { isObject } from "../match.ts";
import { served } from "../served.ts";
import { errorUrn, openSession, type Session } from "../session.ts";
import { valueAt } from "../variables.ts";

describe.each(served())("Requests as clients send them over $name", (mount) => {
  let session: Session;
  let ann: string;
  const bare = (path: string, headers: Readonly<Record<string, string>> = {}, method = "GET") =>
    session.mounted.send({ method, path, headers });
  const found = (json: unknown): readonly unknown[] => {
    const resources = valueAt(json, "Resources");
    return Array.isArray(resources) ? resources.map((resource) => valueAt(resource, "userName")) : [];
  };
  beforeEach(async () => {
    session = await openSession(mount);
    ann = await session.host.create("/Users", { userName: "ann+test@x.example", displayName: "Ann A" });
  });
  afterEach(() => session.mounted.close());

  test.each([
    ['?filter=userName+eq+"ann%2Btest%40x.example"'],
    ["?filter=userName%20eq%20%22ann%2Btest%40x.example%22"],
    ['?filter=userName eq "ann%2Btest@x.example"'],
    ["?filter=displayName+eq+%22Ann+A%22"],
  ])("Q1 a query is form data: %s", async (query) => {
    const { status, json } = await session.send("GET", `/Users${query}`);
    expect([status, found(json)]).toEqual([200, ["ann+test@x.example"]]);
  });

  test("Q2 a dangling & after a filter and a dangling ? are nothing", async () => {
    const list = await session.send("GET", '/Users?filter=displayName+eq+"Ann+A"&');
    expect([list.status, found(list.json)]).toEqual([200, ["ann+test@x.example"]]);
    const put = await session.send("PUT", `/Users/${ann}?`, { userName: "ann+test@x.example" });
    expect(put.status).toBe(200);
  });

  test("Q3 a slash before the query changes nothing", async () => {
    const { status, json } = await session.send("GET", '/Users/?filter=displayName+eq+"Ann+A"');
    expect([status, found(json)]).toEqual([200, ["ann+test@x.example"]]);
  });

  test("Q4 doubled slashes and unknown query parameters are passed over", async () => {
    for (const path of [`//Users/${ann}`, `/Users/${ann}?aadOptscim062020`, `/Users/${ann}?x=1&y`]) {
      const { status, json } = await session.send("GET", path);
      expect([path, status, valueAt(json, "id")]).toEqual([path, 200, ann]);
    }
  });

  test.each([{}, { Accept: "*/*" }, { Accept: "application/json" }, { Accept: "text/html" }])(
    "Q5 no Accept is refused: %j",
    async (accept) => {
      const { status, headers } = await bare(`/Users/${ann}`, { Authorization: `Bearer ${token}`, ...accept });
      expect([status, headers["content-type"]]).toEqual([200, expect.stringMatching(/^application\/scim\+json\b/)]);
    },
  );

  test("Q6 a GET with a Content-Type is a GET", async () => {
    const headers = { Authorization: `Bearer ${token}`, "Content-Type": "application/scim+json; charset=utf-8" };
    expect((await bare(`/Users/${ann}`, headers)).status).toBe(200);
    expect((await bare(`/Users/${ann}`, { ...headers, "Content-Length": "0" })).status).toBe(200);
  });

  test.each([
    "application/json",
    "application/scim+json",
    "application/json; charset=utf-8",
    "application/scim+json;charset=UTF-8",
    "application/json+scim",
  ])("Q7 a body of type %s is JSON", async (type) => {
    const body = JSON.stringify({ userName: "zoë" });
    const { status, json } = await session.send("POST", "/Users", body, { "Content-Type": type });
    expect([status, valueAt(json, "userName")]).toEqual([201, "zoë"]);
  });

  test("Q8 a request without User-Agent is answered", async () => {
    expect((await bare(`/Users/${ann}`, { Authorization: `Bearer ${token}` })).status).toBe(200);
  });

  test("Q9 the scheme is read in any case, and a header without one is a 401 envelope", async () => {
    expect((await bare(`/Users/${ann}`, { Authorization: `bearer ${token}` })).status).toBe(200);
    for (const authorization of [token, `Basic ${btoa(`x:${token}`)}`, "Bearer", "Bearer eyJhbGciOi.J9.x"]) {
      const { status, json } = await bare(`/Users/${ann}`, { Authorization: authorization });
      expect([status, valueAt(json, "status"), valueAt(json, "schemas")]).toEqual([401, "401", [errorUrn]]);
    }
  });

  test("Q12 single discovery documents are served", async () => {
    const core = "urn:ietf:params:scim:schemas:core:2.0:User";
    for (const [path, id] of [
      ["/ResourceTypes/User", "User"],
      [`/Schemas/${core}`, core],
      [`/Schemas/${encodeURIComponent(core)}`, core],
    ] as const) {
      const { status, json } = await session.send("GET", path);
      expect([path, status, valueAt(json, "id")]).toEqual([path, 200, id]);
    }
  });

  test("Q11 paths of SCIM 1.1 are a 404 envelope", async () => {
    for (const path of ["/ServiceProviderConfigs", "/serviceConfiguration"]) {
      const { status, json } = await session.send("GET", path);
      expect([status, valueAt(json, "schemas")]).toEqual([404, [errorUrn]]);
    }
  });

  test("Q13 whatever is refused has a JSON envelope", async () => {
    const refused = [
      [401, await bare("/Users")],
      [404, await session.send("GET", "/Nothing/at/all")],
      [404, await session.send("GET", "/Users/404")],
      [405, await session.send("DELETE", "/Users")],
      [400, await session.send("POST", "/Users", "{")],
      [415, await session.send("POST", "/Users", "userName=x", { "Content-Type": "text/plain" })],
    ] as const;
    for (const [status, answer] of refused) {
      expect([answer.status, valueAt(answer.json, "status")]).toEqual([status, String(status)]);
      expect(answer.headers["content-type"]).toMatch(/^application\/scim\+json\b/);
    }
  });

  test("Q14 an answer of 200 and 201 has a body, one of 204 has none", async () => {
    const created = await session.send("POST", "/Users", { userName: "bo" });
    const path = `/Users/${valueAt(created.json, "id")}`;
    const patched = await session.patch(path, { op: "replace", path: "active", value: false });
    const deleted = await session.send("DELETE", path);
    expect([created, patched, deleted].map(({ status }) => status)).toEqual([201, 200, 204]);
    expect([isObject(created.json), isObject(patched.json), deleted.text]).toEqual([true, true, ""]);
  });

  test.each([
    'username eq "ANN+TEST@X.EXAMPLE"',
    'DisplayName Eq "ann a"',
    'USERNAME EQ "ann+test@x.example" AND displayname Sw "ANN"',
  ])("Q16 names and operators match in any case, values by caseExact: %s", async (filter) => {
    const { status, json } = await session.send("GET", `/Users?filter=${encodeURIComponent(filter)}`);
    expect([status, found(json)]).toEqual([200, ["ann+test@x.example"]]);
  });
});
