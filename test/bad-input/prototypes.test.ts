/** `__proto__`, `constructor` and `prototype` are names like any other that no schema has. CVE-2026-48170. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { match } from "../match.ts";
import { served } from "../served.ts";
import { openSession, type Session } from "../session.ts";
import { expectAlive, expectRefused } from "./refused.ts";

const enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
const evil = '{"polluted":"yes","isAdmin":true,"userName":"root"}';

/** Bodies of a POST, to which a userName is added. */
const bodies: readonly string[] = [
  `"__proto__":${evil}`,
  `"constructor":{"prototype":${evil}}`,
  `"prototype":${evil}`,
  `"name":{"__proto__":${evil},"givenName":"Eve"}`,
  `"name":{"constructor":{"prototype":${evil}},"givenName":"Eve"}`,
  `"emails":[{"__proto__":${evil},"value":"eve@x.io"}]`,
  `"${enterprise}":{"__proto__":${evil},"manager":{"__proto__":${evil}}}`,
  `"__proto__.polluted":"yes","name.__proto__.polluted":"yes"`,
  `"constructor.prototype.polluted":"yes"`,
  `"${enterprise}:__proto__":${evil},"${enterprise}:__proto__.polluted":"yes"`,
  `"schemas":["__proto__","constructor"],"meta":{"__proto__":${evil}}`,
  `"__PROTO__":${evil},"Constructor":${evil}`,
];

const paths: readonly string[] = [
  "__proto__",
  "__proto__.polluted",
  "constructor",
  "constructor.prototype",
  "constructor.prototype.polluted",
  "prototype.polluted",
  "name.__proto__",
  "name.constructor",
  "name.__proto__.polluted",
  "emails.__proto__",
  'emails[type eq "work"].__proto__',
  'emails[type eq "work"].constructor',
  'emails[__proto__ eq "x"].value',
  '__proto__[polluted eq "x"]',
  `${enterprise}:__proto__`,
  `${enterprise}:__proto__.polluted`,
  `${enterprise}:constructor.prototype`,
  "urn:ietf:params:scim:schemas:core:2.0:User:__proto__.polluted",
  "toString",
  "hasOwnProperty.call",
];

/** Values of a PATCH without path. */
const values: readonly string[] = [
  `{"__proto__":${evil}}`,
  `{"constructor":{"prototype":${evil}}}`,
  `{"__proto__.polluted":"yes","constructor.prototype.polluted":"yes"}`,
  `{"name":{"__proto__":${evil}}}`,
  `{"name.__proto__":${evil},"name.constructor.prototype":${evil}}`,
  `{"${enterprise}":{"__proto__":${evil}},"${enterprise}:__proto__.polluted":"yes"}`,
  `{"emails[type eq \\"work\\"].__proto__":${evil}}`,
  JSON.stringify(`{"__proto__":${evil}}`),
];

describe.each(served())("Prototypes over $name", (mount) => {
  let session: Session;
  let ann: string;
  const before = JSON.stringify(Object.getOwnPropertyNames(Object.prototype));
  const unpolluted = (): void => {
    expect(Reflect.get({}, "polluted")).toBeUndefined();
    expect(Reflect.get({}, "isAdmin")).toBeUndefined();
    expect(JSON.stringify(Object.getOwnPropertyNames(Object.prototype))).toBe(before);
  };
  beforeAll(async () => {
    session = await openSession(mount);
    ann = await session.host.create("/Users", { userName: "ann", emails: [{ type: "work", value: "ann@x.io" }] });
  });
  afterEach(unpolluted);
  afterAll(() => session.mounted.close());

  test.each(
    bodies.flatMap((body) => ["application/scim+json", "application/json"].map((type) => [body, type] as const)),
  )("a POST with %s as %s leaves it out", async (body, type) => {
    const text = `{"userName":"eve","title":"Dr",${body}}`;
    const { status, json, text: answer } = await session.send("POST", "/Users", text, { "Content-Type": type });
    expect([status, match({ userName: "eve", title: "Dr" }, json)], answer).toEqual([201, []]);
    expect(answer).not.toMatch(/polluted|isAdmin|__proto__|constructor/i);
    const id = Reflect.get(Object(json), "id");
    const replaced = await session.send("PUT", `/Users/${id}`, text, { "Content-Type": type });
    expect([replaced.status, replaced.text.includes("polluted")]).toEqual([200, false]);
    expect((await session.send("DELETE", `/Users/${id}`)).status).toBe(204);
    await expectAlive(session);
  });

  test.each(paths.flatMap((path) => ["add", "replace", "remove"].map((op) => [op, path] as const)))(
    "a PATCH that is to %s %s is 400",
    async (op, path) => {
      const value = op === "remove" ? {} : { value: { polluted: "yes" } };
      const answer = await session.patch(`/Users/${ann}`, { op, path, ...value });
      const scimType = path.includes("[__proto__") ? "invalidFilter" : "invalidPath";
      await expectRefused(answer, [400, scimType], session);
    },
  );

  test.each(values)("a PATCH with the value %s changes nothing", async (value) => {
    const unchanged = await session.send("GET", `/Users/${ann}`);
    const body = `{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[{"op":"replace","value":${value}}]}`;
    const answer = await session.send("PATCH", `/Users/${ann}`, body);
    expect(answer.status).toBeLessThan(500);
    expect((await session.send("GET", `/Users/${ann}`)).json).toEqual(unchanged.json);
    await expectAlive(session);
  });

  test("a PATCH message with __proto__ as a key is read without it", async () => {
    const body = `{"__proto__":{"Operations":[{"op":"replace","path":"title","value":"x"}]},"Operations":[{"__proto__":{"op":"remove"},"op":"add","path":"nickName","value":"An"}]}`;
    const { status, json } = await session.send("PATCH", `/Users/${ann}`, body);
    expect([status, match({ nickName: "An", title: { $absent: true } }, json)]).toEqual([200, []]);
  });

  test("a SearchRequest and a BulkRequest with __proto__ as a key are read without it", async () => {
    const found = await session.send("POST", "/Users/.search", '{"__proto__":{"filter":"nonsense"},"count":1}');
    expect([found.status, match({ Resources: { $length: 1 } }, found.json)]).toEqual([200, []]);
    const bulk = `{"schemas":["urn:ietf:params:scim:api:messages:2.0:BulkRequest"],"Operations":[{"method":"POST","path":"/__proto__","bulkId":"__proto__","data":{"__proto__":${evil}}}]}`;
    const { status, json } = await session.send("POST", "/Bulk", bulk);
    expect([status, match({ Operations: [{ bulkId: "__proto__", status: { $matches: "^4" } }] }, json)]).toEqual([
      200,
      [],
    ]);
  });
});
