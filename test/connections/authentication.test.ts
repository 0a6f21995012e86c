/** Who is let in: 401, 403 and 503, each with what an admin can do about it. RFC 7644 §2, RFC 6750. */
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ask, connect, type Host, newOrganisation, openHost } from "./host.ts";
import { type OpenPlace, places, stopServer } from "./stores.ts";

afterAll(stopServer);

describe.each(places)("Authentication with $name", ({ open }) => {
  let place: OpenPlace;
  let host: Host;
  beforeAll(async () => {
    place = await open();
    host = openHost(place);
  }, 60_000);
  afterAll(() => place.close());

  test("the Context has the organisation, the workspace, the default role and the connection, and nothing else", async () => {
    const { connection, secret } = await connect(host);
    const request = { method: "GET", url: "/Users", baseUrl: "", headers: { authorization: `Bearer ${secret}` } };
    const context = await host.connections.authenticate(request);
    const { organisation, workspace, defaultRole, id } = connection;
    expect(context).toEqual({ organisation, workspace, defaultRole, connection: id });
    expect(Object.isFrozen(context)).toBe(true);
  });

  test("a token that nobody has is a 401 with a challenge, on every path, and is in no log", async () => {
    const { connection, secret } = await connect(host);
    const wrong = [
      `${secret}x`,
      secret.slice(0, -1),
      secret.slice(5),
      secret.toUpperCase(),
      "x",
      `scim_${"A".repeat(43)}`,
    ];
    for (const token of wrong) {
      for (const url of ["/Users", "/nowhere", "/ServiceProviderConfig"]) {
        const { status, headers } = await ask(host.scim, "GET", url, undefined, { authorization: `Bearer ${token}` });
        expect([status, headers["WWW-Authenticate"]?.startsWith("Bearer")]).toEqual([401, true]);
      }
    }
    expect(await host.connections.log(connection.organisation, connection.id)).toEqual([]);
  });

  test.each([undefined, "", "Bearer", "Bearer ", "Basic YTpi", "bearer", "Bearer a b", "Bearer \u0000", "Token x"])(
    "Authorization: %j is a 401",
    async (authorization) => {
      const headers = authorization === undefined ? {} : { authorization };
      expect((await ask(host.scim, "GET", "/Users", undefined, headers)).status).toBe(401);
    },
  );

  test("any text as a token is a 401, and never a crash", async () => {
    const text = fc.oneof(fc.string({ unit: "binary", maxLength: 200 }), fc.string({ maxLength: 5_000 }));
    await fc.assert(
      fc.asyncProperty(text, async (token) => {
        const { status } = await ask(host.scim, "GET", "/Users", undefined, { authorization: `Bearer ${token}` });
        expect(status).toBe(401);
      }),
      { numRuns: 60 },
    );
    expect(host.errors).toEqual([]);
  });

  test("while the connection is paused every request is a 503 with Retry-After, and nothing is written", async () => {
    const { connection, send } = await connect(openHostWith({ retryAfter: 42 }));
    const { organisation, id } = connection;
    await host.connections.pause(organisation, id);
    for (const [method, url] of [
      ["GET", "/Users"],
      ["POST", "/Users"],
      ["GET", "/nowhere"],
    ] as const) {
      const { status, headers, json } = await send(method, url, method === "POST" ? { userName: "ann" } : undefined);
      expect([status, headers["Retry-After"], json.detail]).toEqual([503, "42", expect.stringContaining("paused")]);
    }
    await host.connections.resume(organisation, id);
    expect((await send("GET", "/Users")).json.totalResults).toBe(0);
  });

  test("an organisation that lost SCIM is told why by its own identity provider's connection test: 403", async () => {
    const paying = new Set<string>();
    const mine = openHostWith({
      entitled: (organisation) => paying.has(organisation) || { detail: "Your trial is over; choose a plan." },
    });
    const organisation = newOrganisation();
    paying.add(organisation);
    const { send } = await connect(mine, organisation);
    expect((await send("GET", "/Users")).status).toBe(200);
    paying.delete(organisation);
    const probe = "/Users?filter=userName+eq+%227d420df3-9995-4831-a406-ecf8166f5f6a%22";
    expect(await send("GET", probe)).toMatchObject({
      status: 403,
      json: { schemas: ["urn:ietf:params:scim:api:messages:2.0:Error"], detail: "Your trial is over; choose a plan." },
    });
  });

  test("a host that cannot say whether an organisation may is a 500 that says nothing, and lets nobody in", async () => {
    let works = true;
    const mine = openHostWith({
      entitled: () => {
        if (works) return true;
        throw new Error("The billing service at 10.0.0.7 is down.");
      },
    });
    const { send, connection } = await connect(mine);
    works = false;
    const { status, body } = await send("GET", "/Users");
    expect([status, body?.includes("10.0.0.7")]).toEqual([500, false]);
    const [entry] = await mine.connections.log(connection.organisation, connection.id);
    expect(entry).toMatchObject({ status: 500, outcome: "failed" });
    expect(JSON.stringify(entry)).not.toContain("10.0.0.7");
  });

  test("what answers neither true nor a reason is a no", async () => {
    for (const answer of [undefined, null, 1, "yes", {}, { detail: 7 }]) {
      let asked = false;
      const mine = openHostWith({ entitled: () => (asked ? JSON.parse(JSON.stringify(answer ?? null)) : true) });
      const { send } = await connect(mine);
      asked = true;
      expect((await send("GET", "/Users")).status).toBe(403);
    }
  });

  test("a workspace that the connection has left is out of its reach at once", async () => {
    const { connection, send, provision } = await connect(host);
    const { organisation, id } = connection;
    const ann = await provision("ann");
    await host.connections.update(organisation, id, { workspace: `${organisation}-2` });
    expect((await send("GET", `/Users/${ann}`)).status).toBe(404);
    expect((await send("GET", "/Users")).json.totalResults).toBe(0);
    await host.connections.update(organisation, id, { workspace: `${organisation}-1` });
    expect((await send("GET", `/Users/${ann}`)).status).toBe(200);
  });

  function openHostWith(more: Parameters<typeof openHost>[1]): Host {
    return openHost(place, more);
  }
});
