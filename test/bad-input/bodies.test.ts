/** Bodies that cannot be understood are refused, in every endpoint that takes one and over every mount. RFC 7644 §3.8, §3.12. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openHost } from "../host.ts";
import { match } from "../match.ts";
import { served } from "../served.ts";
import { openSession, type Session } from "../session.ts";
import { expectRefused } from "./refused.ts";

const nested = (levels: number): string => `${'{"a":['.repeat(levels / 2)}1${"]}".repeat(levels / 2)}`;
const user = '{"userName":"someone","title":';

const texts: readonly (readonly [name: string, text: string])[] = [
  ["truncated JSON", '{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"tr'],
  ["an array", '[{"userName":"ann"}]'],
  ["a string", '"userName"'],
  ["a number", "42"],
  ["null", "null"],
  ["true", "true"],
  ["nothing", ""],
  ["white space", " \r\n\t "],
  ["two objects", '{"userName":"a"}{"userName":"b"}'],
  ["XML", "<user><userName>ann</userName></user>"],
  ["JavaScript", "{userName:'ann'}"],
  ["a trailing comma", '{"userName":"ann",}'],
  ["a NUL outside a string", '{"userName":"ann"}\u0000'],
  ["a NUL inside a string, not escaped", '{"userName":"a\u0000nn"}'],
  ["a number beyond JSON", '{"userName":Infinity}'],
  ["200 levels of nesting", nested(200)],
  ["200 levels of nesting in an attribute", `${user}${nested(200)}}`],
  ["100,000 levels of nesting", "[".repeat(100_000)],
  ["100,000 levels of nesting, closed", `${user}${nested(100_000)}}`],
];

describe.each(served())("Bodies over $name", (mount) => {
  let session: Session;
  let ann: string;
  beforeAll(async () => {
    session = await openSession(mount);
    ann = await session.host.create("/Users", { userName: "ann" });
  });
  afterAll(() => session.mounted.close());

  describe.each([
    ["POST", (): string => "/Users"],
    ["POST", (): string => "/Groups"],
    ["PUT", (): string => `/Users/${ann}`],
    ["PATCH", (): string => `/Users/${ann}`],
    ["POST", (): string => "/Users/.search"],
    ["POST", (): string => "/.search"],
    ["POST", (): string => "/Bulk"],
  ])("%s %s", (method, path) => {
    test.each(texts)("%s is 400 invalidSyntax", async (_, text) => {
      const answer = await session.send(method, path(), text);
      await expectRefused(answer, [400, "invalidSyntax"], session);
    });
  });

  test.each(["text/plain", "application/xml", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded"])(
    "%s is 415",
    async (type) => {
      const answer = await session.send("POST", "/Users", '{"userName":"bo"}', { "Content-Type": type });
      await expectRefused(answer, [415, "none"], session);
    },
  );

  test.each([
    "application/json",
    "application/json; charset=utf-8",
    'application/scim+json;charset="UTF-8"',
    "APPLICATION/SCIM+JSON",
    "application/json+scim",
  ])("%s is JSON", async (type) => {
    const body = JSON.stringify({ userName: `typed ${type}` });
    const { status, json } = await session.send("POST", "/Users", body, { "Content-Type": type });
    expect([status, match({ userName: `typed ${type}` }, json)]).toEqual([201, []]);
  });

  test.each(["\u0000", "a\u0000b", "\ud800", "\udc00 and \ud800"])("the text %j is 400 invalidValue", async (odd) => {
    await expectRefused(await session.send("POST", "/Users", { userName: odd }), [400, "invalidValue"], session);
    const answer = await session.patch(`/Users/${ann}`, { op: "replace", value: { "name.givenName": odd } });
    await expectRefused(answer, [400, "invalidValue"], session);
  });

  test.each(["\u2028", "\ufeff", "\u202eabc", "\ud83d\ude00", "\\", "\u0001"])(
    "the text %j comes back as it was",
    async (odd) => {
      const { status, json, text } = await session.send("POST", "/Users", { userName: `odd ${odd}`, nickName: odd });
      expect([status, match({ userName: `odd ${odd}`, nickName: odd }, json)], text).toEqual([201, []]);
      const filter = encodeURIComponent(`nickName eq ${JSON.stringify(odd)}`);
      const found = await session.send("GET", `/Users?filter=${filter}`);
      expect(match({ totalResults: 1, Resources: [{ nickName: odd }] }, found.json), found.text).toEqual([]);
    },
  );

  test("a body of GET and DELETE is not looked at", async () => {
    expect((await session.send("DELETE", "/Users/nobody", "{not json")).status).toBe(404);
    expect((await session.send("GET", "/Users", "{not json")).status).toBe(200);
  });
});

describe.each(served().filter(({ readsBodies }) => readsBodies))("Bytes over $name", (mount) => {
  let session: Session;
  beforeAll(async () => {
    session = await openSession(mount);
  });
  afterAll(() => session.mounted.close());

  test("a body over the limit that the host has set is 413", async () => {
    const small = await openSession(mount, await openHost(mount, { limits: { bodySize: 2_000 } }));
    const answer = await small.send("POST", "/Users", { userName: "x".repeat(3_000) });
    await expectRefused(answer, [413, "none"], small);
    expect((await small.send("POST", "/Users", { userName: "x".repeat(1_900) })).status).toBe(201);
    await small.mounted.close();
  });

  test("a body over the default limit is 413", async () => {
    const answer = await session.send("POST", "/Users", { userName: "x".repeat(10_485_760) });
    await expectRefused(answer, [413, "none"], session);
  });

  test("bytes that are not UTF-8 are 400 invalidSyntax", async () => {
    const bytes = Buffer.concat([Buffer.from('{"userName":"'), Buffer.from([0xc3, 0x28, 0xff]), Buffer.from('"}')]);
    const type = { "Content-Type": "application/scim+json" };
    const answer = await session.send("POST", "/Users", new Uint8Array(bytes), type);
    await expectRefused(answer, [400, "invalidSyntax"], session);
  });

  test("a compressed body is 415", async () => {
    const headers = { "Content-Type": "application/scim+json", "Content-Encoding": "gzip" };
    const answer = await session.send("POST", "/Users", new Uint8Array([0x1f, 0x8b, 8, 0]), headers);
    await expectRefused(answer, [415, "none"], session);
  });
});
