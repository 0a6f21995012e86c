/** Hostile values: whatever a form, an API call or a client sends, it is refused in words, or is nobody's. */
import fc from "fast-check";
import { ConnectionError } from "scimkit/connections";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ask, connect, type Host, type IdP, newOrganisation, openHost } from "./host.ts";
import { type OpenPlace, places, stopServer } from "./stores.ts";

afterAll(stopServer);

const values: readonly unknown[] = [
  "",
  " ",
  "\0",
  "\ud800",
  "\u202e",
  "'; drop table scim_connection; --",
  "<script>alert(1)</script>",
  "__proto__",
  "constructor",
  "toString",
  "x".repeat(10_000),
  0,
  Number.NaN,
  true,
  null,
  [],
  ["member"],
  {},
  { id: "member" },
  { toString: "member" },
  () => "member",
  Symbol("member"),
];

/** What a call is refused with, or that it is not; anything else that is thrown fails the test. */
async function outcome(call: () => unknown): Promise<string> {
  try {
    await call();
    return "done";
  } catch (thrown) {
    if (!(thrown instanceof ConnectionError)) throw thrown;
    expect(thrown.detail).not.toMatch(/script|drop table|xxxxx/);
    expect(thrown.detail.length).toBeLessThan(200);
    return thrown.code;
  }
}

describe.each(places)("Hostile values, with $name", ({ open }) => {
  let place: OpenPlace;
  let host: Host;
  let idp: IdP;
  beforeAll(async () => {
    place = await open();
    host = openHost(place);
    idp = await connect(host);
  }, 60_000);
  afterAll(() => place.close());

  const apply = (name: keyof Host["connections"], ...parameters: readonly unknown[]): unknown =>
    Reflect.apply(host.connections[name], host.connections, parameters);
  const refusals = ["invalidValue", "workspaceNotAllowed", "roleNotAllowed"];

  test.each(values.map((value) => [value]))("%j is no workspace, no role and no ceiling", async (value) => {
    const organisation = newOrganisation();
    const workspace = `${organisation}-1`;
    const isNothing = value === null;
    expect(refusals).toContain(await outcome(() => apply("create", organisation, { workspace: value })));
    for (const settings of [
      { workspace, defaultRole: value },
      { workspace, ceiling: value },
    ]) {
      const made = await outcome(() => apply("create", organisation, settings));
      expect(isNothing ? ["done", "tooManyWorkspaces", "workspaceTaken"] : refusals).toContain(made);
    }
    const { organisation: mine, id } = idp.connection;
    for (const settings of [{ workspace: value }, { defaultRole: value }, { ceiling: value }]) {
      const changed = await outcome(() => apply("update", mine, id, settings));
      expect(isNothing ? ["done"] : refusals).toContain(changed);
    }
    expect(await outcome(() => apply("roles", organisation, value))).toBe("workspaceNotAllowed");
    expect(await host.connections.get(mine, id)).toMatchObject({ workspace: `${mine}-1`, defaultRole: "member" });
  });

  test.each(values.map((value) => [value]))("%j is no connection, and no token of one", async (value) => {
    const { organisation, id } = idp.connection;
    expect(await apply("get", organisation, value)).toBeUndefined();
    for (const [name, ...rest] of [
      ["update", {}],
      ["pause"],
      ["resume"],
      ["delete", { users: "keep" }],
      ["tokens"],
      ["issueToken"],
      ["rotateToken", value, { overlap: 0 }],
      ["revokeToken", value],
      ["log"],
      ["health"],
    ] as const) {
      expect([name, await outcome(() => apply(name, organisation, value, ...rest))]).toEqual([name, "notFound"]);
    }
    expect(await outcome(() => apply("rotateToken", organisation, id, value, { overlap: 0 }))).toBe("notFound");
    expect(await outcome(() => apply("revokeToken", organisation, id, value))).toBe("notFound");
    expect(await host.connections.get(organisation, id)).toMatchObject({ state: "active" });
    expect((await idp.send("GET", "/Users")).status).toBe(200);
  });

  test("settings that are no object are refused", async () => {
    const { organisation, id } = idp.connection;
    for (const settings of [null, undefined, 7, "x", []]) {
      expect(await outcome(() => apply("create", newOrganisation(), settings))).toBe("invalidValue");
      expect(["invalidValue", "done"]).toContain(await outcome(() => apply("update", organisation, id, settings)));
      expect(["invalidValue", "done"]).toContain(await outcome(() => apply("log", organisation, id, settings)));
      expect(await outcome(() => apply("rotateToken", organisation, id, "x", settings))).toMatch(
        /invalidValue|notFound/,
      );
    }
  });

  test("names of Object.prototype among the settings change nothing", async () => {
    const settings: unknown = JSON.parse(
      '{"__proto__":{"workspace":"x"},"constructor":{"prototype":{"ceiling":"owner"}}}',
    );
    const { organisation, id } = idp.connection;
    const before = await host.connections.get(organisation, id);
    await apply("update", organisation, id, settings);
    expect(await host.connections.get(organisation, id)).toMatchObject({ ...before, updated: expect.any(Date) });
    expect({}).not.toHaveProperty("workspace");
  });

  test("any method, path, headers and body: an answer, and an entry of the log that can be read", async () => {
    const text = fc.string({ unit: "binary", maxLength: 40 });
    const path = fc.oneof(
      text.map((part) => `/Users/${encodeURIComponent(part.replace(/\p{Surrogate}/gu, ""))}`),
      text.map((part) => `/${part}`),
      fc.constantFrom(
        "/Users/%00",
        "/Groups/%E0%A4%A",
        "/Bulk",
        "/.search",
        "/Users/.search",
        "//",
        "/Users?filter=%00",
      ),
    );
    const method = fc.constantFrom("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "X\u0000");
    const body = fc.oneof(fc.constant(undefined), text, fc.json(), fc.jsonValue());
    await fc.assert(
      fc.asyncProperty(method, path, body, text, async (verb, url, json, agent) => {
        const headers = { authorization: `Bearer ${idp.secret}`, "user-agent": agent, "x-y": agent };
        const { status } = await ask(host.scim, verb, url, json, headers);
        expect(status).toBeGreaterThanOrEqual(200);
        const [entry] = await host.connections.log(idp.connection.organisation, idp.connection.id, { limit: 1 });
        expect(entry?.status).toBe(status);
        expect(JSON.stringify(entry)).not.toContain(idp.secret.slice(12));
      }),
      { numRuns: 60 },
    );
    expect(host.errors).toEqual([]);
  });
});
