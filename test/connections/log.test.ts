/** The provisioning log: what happened, who sent it; never a secret, a password, or a filter's value. better-auth#10087. */
import fc from "fast-check";
import { ScimError } from "scimkit";
import type { IdentityProvider, LogEntry } from "scimkit/connections";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { redact } from "../../src/connections/redact.ts";
import { valueAt } from "../variables.ts";
import { ask, connect, filtered, type Host, type IdP, openHost, patch } from "./host.ts";
import { type OpenPlace, places, stopServer } from "./stores.ts";

afterAll(stopServer);

const logOf = (host: Host, { connection }: IdP, limit?: number): Promise<readonly LogEntry[]> =>
  host.connections.log(connection.organisation, connection.id, limit === undefined ? {} : { limit });

describe.each(places)("The log in $name", ({ open }) => {
  let place: OpenPlace;
  beforeAll(async () => {
    place = await open();
  }, 60_000);
  afterAll(() => place.close());

  test("has each request: when, what, about whom, and how it was answered; newest first", async () => {
    const host = openHost(place);
    const idp = await connect(host);
    const ann = await idp.provision("ann");
    await idp.send("GET", `/Users/${ann}`, undefined, { "user-agent": "Okta SCIM Client 1.0.0" });
    await idp.send("PATCH", `/Users/${ann}`, patch({ op: "replace", path: "title", value: "x" }));
    await idp.send("POST", "/Users", { userName: "ann" });
    await idp.send("DELETE", `/Users/${ann}`);
    await idp.send("GET", "/scim/v2/Users");
    const log = await logOf(host, idp);
    const [token] = await host.connections.tokens(idp.connection.organisation, idp.connection.id);
    expect(
      log.map(({ sequence, method, operation, status, outcome }) => [sequence, method, operation, status, outcome]),
    ).toEqual([
      [6, "GET", undefined, 404, "refused"],
      [5, "DELETE", "delete", 204, "ok"],
      [4, "POST", "create", 409, "refused"],
      [3, "PATCH", "patch", 200, "ok"],
      [2, "GET", "get", 200, "ok"],
      [1, "POST", "create", 201, "ok"],
    ]);
    expect(log.every((entry) => entry.token === token?.id && entry.at instanceof Date && entry.duration >= 0)).toBe(
      true,
    );
    expect(log[5]).toMatchObject({ resourceType: "User", resourceId: ann });
    expect(log[4]).toMatchObject({ identityProvider: "okta", userAgent: "Okta SCIM Client 1.0.0", resourceId: ann });
    expect(log[2]).toMatchObject({ scimType: "uniqueness", detail: expect.stringContaining("already") });
    expect(log[0]).toMatchObject({ path: "/scim/v2/Users" });
  });

  test("has what a paused connection, a lapsed plan, an expired or revoked token kept out", async () => {
    let isEntitled = true;
    const host = openHost(place, { entitled: () => isEntitled });
    const idp = await connect(host);
    const { organisation, id } = idp.connection;
    const url = filtered("/Users", 'userName eq "ann@private.example"');
    await host.connections.pause(organisation, id);
    await idp.send("GET", url);
    await host.connections.resume(organisation, id);
    isEntitled = false;
    await idp.send("GET", url);
    isEntitled = true;
    const [token] = await host.connections.tokens(organisation, id);
    await host.connections.revokeToken(organisation, id, token?.id ?? "");
    await idp.send("GET", url);
    const log = await logOf(host, idp);
    expect(log.map(({ status, path, token: by }) => [status, path, by])).toEqual([
      [401, "/Users", token?.id],
      [403, "/Users", token?.id],
      [503, "/Users", token?.id],
    ]);
    expect(JSON.stringify(log)).not.toContain("private.example");
    const health = await host.connections.health(organisation, id);
    expect([health.connected, health.lastError?.status]).toEqual([undefined, 401]);
  });

  test("is as long as the host says, and is read page by page", async () => {
    const host = openHost(place, { log: { entries: 5 } });
    const idp = await connect(host);
    const { organisation, id } = idp.connection;
    for (let n = 0; n < 12; n++) await idp.send("GET", `/Users/${n}`);
    const all = await logOf(host, idp);
    expect(all.map(({ resourceId }) => resourceId)).toEqual(["11", "10", "9", "8", "7"]);
    const first = await host.connections.log(organisation, id, { limit: 2 });
    const rest = await host.connections.log(organisation, id, { before: first[1]?.sequence });
    expect([...first, ...rest]).toEqual(all);
    for (const query of [{ limit: 0 }, { limit: 1_001 }, { limit: 1.5 }, { before: Number.NaN }]) {
      await expect(host.connections.log(organisation, id, query)).rejects.toMatchObject({ code: "invalidValue" });
    }
  });

  test("of one connection is not another's", async () => {
    const host = openHost(place);
    const [one, two] = [await connect(host), await connect(host)];
    await Promise.all([one, two, one].map(({ send }) => send("GET", "/Users")));
    expect([(await logOf(host, one)).length, (await logOf(host, two)).length]).toEqual([2, 1]);
  });

  test("never holds a token, a password, or the value of a filter, whatever is thrown at the request", async () => {
    const secret = "t1meMa$heen-of-ann";
    const host = openHost(place, {
      scim: {
        features: { changePassword: true },
        beforeCommit: ({ after }) => {
          if (valueAt(after, "title") === "echo") throw ScimError.invalidValue(`"${secret}" is too weak, ${secret}!`);
        },
      },
    });
    const idp = await connect(host);
    const ann = await idp.provision("ann", { password: `${secret}0` });
    const at = `/Users/${ann}`;
    await idp.send("POST", "/Users", { userName: "bo", title: "echo", password: secret });
    await idp.send("PATCH", at, patch({ op: "add", value: { title: "echo", password: secret } }));
    await idp.send(
      "PATCH",
      at,
      patch({ op: "add", path: "title", value: "echo" }, { op: "add", path: "password", value: secret }),
    );
    await idp.send("PATCH", at, patch({ op: "replace", path: `password[value eq "${secret}"]`, value: "x" }));
    await idp.send("PATCH", at, patch({ op: secret, path: "title", value: "x" }));
    await idp.send("POST", "/Users", `{"userName":"cy","password":"${secret}`);
    await idp.send("GET", filtered("/Users", `password eq "${secret}"`));
    await idp.send("GET", filtered("/Users", `userName eq "${secret}" and`));
    await idp.send("GET", filtered("/Users", `userName eq ${secret}`));
    await idp.send("POST", "/Users/.search", { filter: `userName zz "${secret}"` });
    await idp.send("GET", `/${idp.secret}`);
    await idp.send("GET", "/Users", undefined, { "x-token": idp.secret });
    const log = await logOf(host, idp, 1_000);
    expect(log).toHaveLength(13);
    expect(log.filter(({ detail }) => detail?.includes("too weak"))).toHaveLength(3);
    const text = JSON.stringify(log);
    for (const hidden of [secret, idp.secret.slice(12)]) expect(text).not.toContain(hidden);
  });

  test("keeps texts short, whole and on one line, however they were sent", async () => {
    const host = openHost(place);
    const idp = await connect(host);
    await idp.send("GET", `/${"x".repeat(3_000)}`, undefined, {
      "user-agent": `a\u0000b\nc${"u".repeat(3_000)}\ud800`,
    });
    const [entry] = await logOf(host, idp);
    expect(entry?.path).toMatch(/^\/x+…$/);
    expect(entry?.path?.length).toBeLessThanOrEqual(500);
    expect(entry?.userAgent?.startsWith("a\ufffdb\ufffdcu")).toBe(true);
    expect(entry?.userAgent?.length).toBeLessThanOrEqual(500);
  });

  test("that cannot be written holds up nobody, and the host hears of it", async () => {
    const host = openHost(place);
    const idp = await connect(host);
    const append = vi.spyOn(place.store, "append").mockRejectedValue(new Error("Disk full."));
    expect((await idp.send("GET", "/Users")).status).toBe(200);
    await host.connections.flush();
    expect(host.errors).toEqual([new Error("Disk full.")]);
    append.mockRestore();
    await idp.send("GET", "/Users");
    expect(await logOf(host, idp)).toHaveLength(1);
  });

  test("is told to the host's own onExchange as well", async () => {
    const told: unknown[] = [];
    const host = openHost(place, {
      scim: { onExchange: ({ status }, ctx) => void told.push([status, ctx?.workspace]) },
    });
    const idp = await connect(host);
    await idp.send("GET", "/Users");
    await ask(host.scim, "GET", "/Users", undefined, { authorization: "Bearer x" });
    expect(told).toEqual([
      [200, idp.connection.workspace],
      [401, undefined],
    ]);
  });

  test("sums up: connected since when, the last request, the last error, who it is, how many it manages", async () => {
    const host = openHost(place);
    const idp = await connect(host);
    const { organisation, id } = idp.connection;
    expect(await host.connections.health(organisation, id)).toEqual({
      identityProvider: "unknown",
      users: 0,
      groups: 0,
    });
    await idp.send("GET", "/nowhere");
    expect((await host.connections.health(organisation, id)).connected).toBeUndefined();
    await idp.provision("ann");
    const connected = (await host.connections.health(organisation, id)).connected;
    await idp.send("PATCH", "/Users/1", patch({ op: "Replace", path: "active", value: "False" }));
    await idp.send("GET", "/Users");
    const health = await host.connections.health(organisation, id);
    expect(health).toMatchObject({
      connected,
      identityProvider: "entra",
      users: 1,
      lastError: { status: 404, operation: "patch" },
    });
    expect(health.lastRequest?.getTime()).toBeGreaterThanOrEqual(connected?.getTime() ?? Number.POSITIVE_INFINITY);
  });

  test.each<readonly [IdentityProvider, string, readonly [string, string, unknown?, string?]]>([
    ["okta", "its user agent", ["GET", "/Users", undefined, "Okta SCIM Client 1.0.0"]],
    ["okta", "its suite's user agent", ["GET", "/Users", undefined, "OKTA SCIM Integration"]],
    ["onelogin", "its user agent", ["GET", "/Users", undefined, "OneLogin/1.0"]],
    ["jumpcloud", "its user agent", ["GET", "/Users", undefined, "JumpCloud SCIM"]],
    ["authentik", "its user agent", ["GET", "/Users", undefined, "goauthentik.io/2024.8"]],
    ["ping", "its user agent", ["GET", "/Users", undefined, "PingOne/1"]],
    ["unknown", "a library's user agent", ["GET", "/Users", undefined, "shopping-cart/1"]],
    ["entra", "capitalised operations", ["PATCH", "/Users/1", patch({ op: "Add", path: "title", value: "x" })]],
    ["entra", "its flag", ["GET", "/Users?aadOptscim062020&startIndex=1"]],
    ["entra", "its connection test", ["GET", "/Users?filter=userName+eq+%227d420df3-9995-4831-a406-ecf8166f5f6a%22"]],
    [
      "google",
      "its two schemas",
      [
        "POST",
        "/Users",
        { schemas: ["urn:scim:schemas:core:1.0", "urn:ietf:params:scim:schemas:core:2.0:User"], userName: "g" },
      ],
    ],
    ["google", "its look-up", ["GET", "/Users?filter=userName%20eq%20%22u%40d%22&startIndex=1"]],
    [
      "onelogin",
      "its schemas",
      [
        "POST",
        "/Users",
        { schemas: ["urn:scim:schemas:core:2.0", "urn:scim:schemas:extension:enterprise:2.0"], userName: "o" },
      ],
    ],
    ["onelogin", "its dangling &", ["GET", "/Users?filter=userName+eq+%22x%22&"]],
    ["unknown", "nothing", ["GET", "/Users?count=1"]],
  ])("guesses %s by %s, whether a parser has read the body or not", async (expected, _, [method, url, json, agent]) => {
    const host = openHost(place);
    const idp = await connect(host);
    const headers: Record<string, string> = agent === undefined ? {} : { "user-agent": agent };
    await idp.send(method, url, json, headers);
    await idp.send(method, url, json === undefined ? undefined : JSON.stringify(json), headers);
    expect((await logOf(host, idp)).map(({ identityProvider }) => identityProvider)).toEqual([expected, expected]);
  });

  test("says what the doctor wants to know", async () => {
    const host = openHost(place);
    const idp = await connect(host);
    await idp.send("POST", "/Users", { userName: "a@x.io" });
    await idp.send("POST", "/Users", { userName: "b@x.io", externalId: "b@x.io" });
    await idp.send("POST", "/Users", { userName: "c", externalId: "c@x.io" });
    await idp.send("POST", "/Users", { userName: "d", externalId: "0a21f0f2" });
    await idp.send("PATCH", "/Users/1", patch({ op: "Replace", path: "active", value: "False" }));
    expect((await logOf(host, idp)).map(({ traits }) => traits)).toEqual([
      ["oldPatch"],
      [],
      ["externalIdIsEmail"],
      ["externalIdIsUserName"],
      ["noExternalId"],
    ]);
  });
});

describe("Redaction", () => {
  const request = { method: "GET", baseUrl: "https://app.example", headers: {} };

  test("any value of a filter, of three characters or more, is taken out of any text that repeats it", () => {
    const value = fc.string({ unit: "grapheme", minLength: 3, maxLength: 60 });
    fc.assert(
      fc.property(value, fc.constantFrom("eq", "co", "sw"), (text, op) => {
        const filter = `userName ${op} ${JSON.stringify(text)}`;
        const url = `/Users?filter=${encodeURIComponent(filter)}`;
        expect(redact(`Cannot find <<${text}>>.`, { ...request, url })).toBe("Cannot find <<…>>.");
      }),
    );
  });

  test.each([
    { password: "hush-hush" },
    { Operations: [{ op: "add", path: "password", value: "hush-hush" }] },
    { Operations: [{ op: "add", value: { userName: "ann", "urn:x:Password": ["hush-hush"] } }] },
    { nested: [{ newPassword: { value: "hush-hush" } }] },
    { filter: 'userName eq "hush-hush"' },
    { Operations: [{ op: "remove", path: 'emails[value eq "hush-hush"]' }] },
  ])("finds what is secret in %j", (json) => {
    for (const body of [{ json }, { text: JSON.stringify(json) }]) {
      expect(redact("It says hush-hush, or hush-hush.", { ...request, url: "/Users", body })).toBe("It says …, or ….");
    }
  });

  test("leaves words alone that a value is only a part of", () => {
    const url = "/Users?filter=userName+eq+%22use%22";
    expect(redact("It is because the user must use it.", { ...request, url })).toBe(
      "It is because the user must … it.",
    );
  });

  test("keeps nothing of an error about a body that is too large to look through", () => {
    const body = { text: `"${"x".repeat(1_000_001)}` };
    expect(redact("hush-hush", { ...request, url: "/Users", body })).toContain("too large");
  });
});
