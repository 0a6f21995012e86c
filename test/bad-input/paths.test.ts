/** Paths and methods that lead nowhere: 404 and 405, never anything else, and never past the door. RFC 7644 §3.2, §3.12. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { match } from "../match.ts";
import { served } from "../served.ts";
import { openSession, type Session } from "../session.ts";
import { expectRefused } from "./refused.ts";

const nowhere: readonly string[] = [
  "/Robots",
  "/Users/1/groups",
  "/__proto__",
  "/constructor",
  "/Users/__proto__",
  "/Users/constructor",
  "/Users/hasOwnProperty",
  "/Schemas/__proto__",
  "/ResourceTypes/constructor",
  "/Users%2F..%2FGroups",
  "/Users/..%2FGroups",
  "/Users/%2e%2e%2fGroups",
  "/Users/%00",
  "/Users/%F0%9F%98%80",
  "/Users%3Fcount=1",
  "/Users;count=1",
  "/ServiceProviderConfigs",
  "/ServiceProviderConfig/1",
  `/Users/${"x".repeat(4_000)}`,
];

describe.each(served())("Paths over $name", (mount) => {
  let session: Session;
  let ann: string;
  beforeAll(async () => {
    session = await openSession(mount);
    ann = await session.host.create("/Users", { userName: "ann" });
  });
  afterAll(() => session.mounted.close());

  test.each(nowhere)("GET %s is 404", async (path) => {
    await expectRefused(await session.send("GET", path), [404, "none"], session);
  });

  test.each(["/Users/%E0%A4%A", "/Users/%", "/%FF", "/Users/%zz"])("GET %s is 400", async (path) => {
    await expectRefused(await session.send("GET", path), [400, "invalidSyntax"], session);
  });

  test("another protocol version in the path is 400 invalidVers", async () => {
    await expectRefused(await session.send("GET", "/v1/Users"), [400, "invalidVers"], session);
  });

  test.each(["/%55sers", "/users", "//Users", "/Users/", "/Users//"])("%s is /Users", async (path) => {
    const { status, json } = await session.send("GET", path);
    expect([status, match({ Resources: [{ id: ann }] }, json)]).toEqual([200, []]);
  });

  test.each([
    ["PUT", "/Users", "GET, HEAD, POST"],
    ["PATCH", "/Users", "GET, HEAD, POST"],
    ["DELETE", "/Users", "GET, HEAD, POST"],
    ["OPTIONS", "/Users", "GET, HEAD, POST"],
    ["PROPFIND", "/Groups", "GET, HEAD, POST"],
    ["POST", "/Users/1", "GET, HEAD, PUT, PATCH, DELETE"],
    ["GET", "/Users/.search", "POST"],
    ["DELETE", "/.search", "POST"],
    ["GET", "/Bulk", "POST"],
    ["POST", "/ServiceProviderConfig", "GET, HEAD"],
    ["POST", "/Schemas", "GET, HEAD"],
    ["PUT", "/Schemas/urn:ietf:params:scim:schemas:core:2.0:User", "GET, HEAD"],
    ["DELETE", "/ResourceTypes/User", "GET, HEAD"],
  ])("%s %s is 405 and allows %s", async (method, path, allow) => {
    const answer = await session.send(method, path);
    expect(answer.headers.allow).toBe(allow);
    await expectRefused(answer, [405, "none"], session);
  });
});
