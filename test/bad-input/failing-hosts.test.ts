/** Stores and hooks that fail: 500 that says nothing, told to `onError`; only a ScimError chooses its answer. RFC 7644 §3.12. */
import { bearer, createScim, everything, type Scim, ScimError } from "scimkit";
import { describe, expect, test } from "vitest";
import { type Host, memoryHost, openHost } from "../host.ts";
import { match } from "../match.ts";
import { freshTenants, type Served, served, type TestContext } from "../served.ts";
import { openSession } from "../session.ts";
import { refusalProblems } from "./refused.ts";

const secret = "password=hunter2 host=db.internal";

/** Things that hosts throw. */
const thrown: readonly (readonly [name: string, thrown: unknown])[] = [
  ["an Error", new Error(secret)],
  ["an error of the database", Object.assign(new Error(secret), { code: "23505", status: 404, statusCode: 404 })],
  ["an object that looks like a ScimError", { status: 404, detail: secret, scimType: "noTarget", name: "ScimError" }],
  ["a text", secret],
  ["null", null],
  ["undefined", undefined],
  [
    "an Error that cannot be read",
    new Proxy(new Error(secret), {
      get: () => {
        throw new Error(secret);
      },
    }),
  ],
];

/** A host whose store of users has one user, until it fails. */
async function failing(
  mount: Served,
  cause: unknown,
): Promise<{ readonly host: Host; readonly id: string; readonly errors: ScimError[] }> {
  const { users, groups } = await mount.openStores();
  const { one } = freshTenants();
  const errors: ScimError[] = [];
  const fail = async (): Promise<never> => {
    throw cause;
  };
  const whole = memoryHost();
  const connect = users.connect?.bind(users);
  const scim: Scim = createScim<TestContext>({
    users: {
      ...(connect === undefined ? {} : { connect }),
      create: fail,
      get: fail,
      list: fail,
      update: fail,
      delete: fail,
    },
    groups,
    authenticate: bearer(async () => one),
    onError: (error) => errors.push(error),
  });
  return { host: { ...whole, scim }, id: "1", errors };
}

const requests: readonly (readonly [method: string, path: string, body: unknown])[] = [
  ["POST", "/Users", { userName: "ann" }],
  ["GET", "/Users/1", undefined],
  ["GET", "/Users", undefined],
  ["PUT", "/Users/1", { userName: "ann" }],
  ["PATCH", "/Users/1", { Operations: [{ op: "add", path: "title", value: "x" }] }],
  ["DELETE", "/Users/1", undefined],
  ["POST", "/Users/.search", { count: 1 }],
];

describe.each(served())("Failing hosts over $name", (mount) => {
  describe.each(thrown)("A store that throws %s", (_, cause) => {
    test.each(requests)("%s %s is 500, and says nothing", async (method, path, body) => {
      const { host, errors } = await failing(mount, cause);
      const session = await openSession(mount, host);
      const answer = await session.send(method, path, body);
      expect(refusalProblems(answer, [500, "none"])).toEqual([]);
      expect(answer.text + JSON.stringify(answer.headers)).not.toMatch(/hunter2|db\.internal|23505|\bat /);
      expect(errors.map((error) => error.status)).toEqual([500]);
      expect(errors[0]?.cause === cause).toBe(true);
      expect((await session.send("GET", "/Groups")).status).toBe(200);
      await session.mounted.close();
    });
  });

  test("a ScimError of a hook chooses the answer, and rolls the write back", async () => {
    const host = await openHost(mount, {
      beforeCommit: () => {
        throw new ScimError(403, "No seats are left in your plan.", { cause: new Error(secret) });
      },
    });
    const session = await openSession(mount, host);
    const answer = await session.send("POST", "/Users", { userName: "ann" });
    expect(refusalProblems(answer, [403, "none"])).toEqual([]);
    expect(match({ detail: "No seats are left in your plan." }, answer.json)).toEqual([]);
    expect(answer.text).not.toContain("hunter2");
    expect(await host.state()).toEqual({ users: {}, groups: {} });
    await session.mounted.close();
  });

  test("an error of onEvent changes nothing, and is told", async () => {
    const errors: unknown[] = [];
    const host = await openHost(mount, {
      onEvent: () => {
        throw new Error(secret);
      },
      onError: (error) => errors.push(error.cause),
    });
    const session = await openSession(mount, host);
    const answer = await session.send("POST", "/Users", { userName: "ann" });
    expect([answer.status, answer.text.includes("hunter2")]).toEqual([201, false]);
    expect(errors).toEqual([new Error(secret)]);
    await session.mounted.close();
  });

  test("an error of authenticate is 500, and lets nobody in; one of onError takes nothing with it", async () => {
    const { users, groups } = await mount.openStores();
    const scim = createScim<TestContext>({
      users,
      groups,
      authenticate: () => {
        throw new Error(secret);
      },
      onError: () => {
        throw new Error(secret);
      },
    });
    const session = await openSession(mount, { ...memoryHost(), scim });
    const answer = await session.send("POST", "/Users", { userName: "ann" });
    expect(refusalProblems(answer, [500, "none"])).toEqual([]);
    expect(answer.text).not.toContain("hunter2");
    const window = { by: "index", startIndex: 1, count: 10 } as const;
    const query = { filter: undefined, sort: undefined, window, want: everything };
    expect((await users.list(query, freshTenants().one)).total).toBe(0);
    await session.mounted.close();
  });

  test("503 carries Retry-After in whole seconds", async () => {
    const { host } = await failing(mount, ScimError.unavailable("The directory is being moved; try again.", 29.5));
    const session = await openSession(mount, host);
    const answer = await session.send("GET", "/Users/1");
    expect(refusalProblems(answer, [503, "none"])).toEqual([]);
    expect(answer.headers["retry-after"]).toBe("30");
    await session.mounted.close();
  });
});
