/** Who says nothing, or nonsense, in Authorization is told how: 401 with a challenge, whatever is asked for. RFC 7644 §2. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { token } from "../host.ts";
import { served } from "../served.ts";
import { openSession, type Session } from "../session.ts";
import { expectRefused } from "./refused.ts";

const headers: readonly (readonly [name: string, headers: Readonly<Record<string, string>>])[] = [
  ["no header", {}],
  ["an empty header", { Authorization: "" }],
  ["a blank header", { Authorization: "   " }],
  ["a scheme alone", { Authorization: "Bearer" }],
  ["a scheme and blanks", { Authorization: "Bearer   " }],
  ["a token without scheme", { Authorization: token }],
  ["the word of Okta's suite", { Authorization: "non-token" }],
  ["another scheme", { Authorization: `Basic ${Buffer.from(`x:${token}`).toString("base64")}` }],
  ["a wrong token", { Authorization: "Bearer wrong" }],
  ["the token twice", { Authorization: `Bearer ${token} ${token}` }],
  ["two credentials in one header", { Authorization: `Bearer ${token}, Bearer ${token}` }],
  ["the beginning of the token", { Authorization: `Bearer ${token.slice(0, -1)}` }],
  ["the token and more", { Authorization: `Bearer ${token}x` }],
  ["the token in quotes", { Authorization: `Bearer "${token}"` }],
  ["__proto__ as a token", { Authorization: "Bearer __proto__" }],
  ["a very long token", { Authorization: `Bearer ${"x".repeat(7_000)}` }],
  ["the token in another header", { "X-Authorization": `Bearer ${token}` }],
];

describe.each(served())("Authorization over $name", (mount) => {
  let session: Session;
  beforeAll(async () => {
    session = await openSession(mount);
  });
  afterAll(() => session.mounted.close());
  const ask = (method: string, path: string, given: Readonly<Record<string, string>>, body?: string) =>
    session.mounted.send({
      method,
      path,
      headers: { ...given, ...(body === undefined ? {} : { "Content-Type": "application/scim+json" }) },
      ...(body === undefined ? {} : { body }),
    });

  test.each(headers)("%s is 401 with a challenge", async (_, given) => {
    const answer = await ask("GET", "/Users", given);
    expect(answer.headers["www-authenticate"]).toMatch(/^Bearer/);
    expect(answer.text).not.toContain(token);
    await expectRefused(answer, [401, "none"], session);
  });

  test.each([
    ["GET", "/nowhere", undefined],
    ["PROPFIND", "/Users", undefined],
    ["GET", "/Users?filter=%", undefined],
    ["GET", "/Users/%E0%A4%A", undefined],
    ["GET", "/%55sers", undefined],
    ["GET", "//Users", undefined],
    ["GET", "/Users%2F..%2FGroups", undefined],
    ["GET", "/ServiceProviderConfig", undefined],
    ["GET", "/Schemas", undefined],
    ["GET", "/Me", undefined],
    ["POST", "/Users", "{not json"],
    ["POST", "/Bulk", "[]"],
  ])("%s %s is 401 too: who asks comes before what is asked", async (method, path, body) => {
    await expectRefused(await ask(method, path, {}, body), [401, "none"], session);
  });

  test("the scheme is matched in any case", async () => {
    for (const scheme of ["bearer", "BEARER", "Bearer "]) {
      expect((await ask("GET", "/Users", { Authorization: `${scheme} ${token}` })).status).toBe(200);
    }
  });
});
