/** Closed unless opened: no verifier, no start; /Me and everything else only for those who are let in. ToolJet#16217, indigo-iam#764, Zitadel CVE-2026-32130. */
import { bearer, createScim } from "scimkit";
import { memoryStores } from "scimkit/memory";
import { describe, expect, test } from "vitest";
import { memoryHost, openHost } from "../host.ts";
import { served } from "../served.ts";
import { openSession } from "../session.ts";

/** A call as JavaScript may make it. */
const called = (target: typeof createScim | typeof bearer, ...values: readonly unknown[]): unknown =>
  Reflect.apply(target, undefined, values);

test("createScim without authenticate refuses to start, naming it", () => {
  expect(() => called(createScim, memoryStores())).toThrow(/authenticate/);
});

test.each([undefined, null, "token"])("bearer with %j for a verifier refuses to start, naming it", (verify) => {
  expect(() => called(bearer, verify)).toThrow(/verify/);
});

test("createScim without a store refuses to start", () => {
  expect(() => createScim({ authenticate: bearer(() => null) })).toThrow(/users/);
});

describe.each(served())("Closed doors over $name", (mount) => {
  const everywhere = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"].flatMap((method) =>
    [
      "/",
      "/Users",
      "/Users/1",
      "/Users/.search",
      "/.search",
      "/Groups",
      "/Bulk",
      "/Me",
      "/ServiceProviderConfig",
      "/ResourceTypes",
      "/Schemas",
      "/nowhere",
      "/%55sers",
      "/Users%2F1",
      "/Users/%2e%2e/Groups",
      "//Users",
      "/;/Users",
      "/Users;x",
      "/users/",
      "/v1/Users",
    ].map((path) => [method, path] as const),
  );

  test("whatever is asked for, however it is written, an unknown caller is answered 401, and no store is called", async () => {
    let calls = 0;
    const called = async (): Promise<never> => {
      calls++;
      throw new Error("No store may be called.");
    };
    const store = { create: called, get: called, list: called, update: called, delete: called };
    const scim = createScim({ users: store, groups: store, authenticate: bearer(async () => null) });
    const session = await openSession(mount, { ...memoryHost(), scim });
    for (const [method, path] of everywhere) {
      const { status } = await session.send(method, path, method === "GET" ? undefined : {});
      expect([method, path, status]).toEqual([method, path, 401]);
    }
    expect(calls).toBe(0);
    await session.mounted.close();
  });

  test("/Me is not there until the host says whose it is", async () => {
    const session = await openSession(mount);
    for (const method of ["GET", "PUT", "PATCH", "DELETE"]) {
      expect((await session.send(method, "/Me", method === "GET" ? undefined : {})).status).toBe(501);
    }
    await session.mounted.close();
  });

  test("and then it is that user, for every method", async () => {
    let id = "";
    const session = await openSession(mount, await openHost(mount, { me: () => id }));
    id = await session.host.create("/Users", { userName: "ann" });
    const { status, headers } = await session.send("GET", "/Me");
    expect([status, headers.location]).toEqual([200, `${session.mounted.baseUrl}/Users/${id}`]);
    expect((await session.patch("/Me", { op: "add", path: "title", value: "Dr" })).status).toBe(200);
    expect((await session.host.state()).users.ann?.title).toBe("Dr");
    await session.mounted.close();
  });
});
