/** Tokens: 256 bits, shown once, kept as a digest; labelled, dated, rotated, revoked. */
import { createHash } from "node:crypto";
import type { TokenRecord } from "scimkit/connections";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { connect, type Host, type IdP, idp, newOrganisation, openHost } from "./host.ts";
import { type OpenPlace, places, stopServer } from "./stores.ts";

afterAll(stopServer);

const statusOf = async ({ send }: IdP): Promise<number> => (await send("GET", "/Users?count=1")).status;

describe.each(places)("Tokens in $name", ({ open }) => {
  let place: OpenPlace;
  let host: Host;
  beforeAll(async () => {
    place = await open();
    host = openHost(place);
  }, 60_000);
  afterAll(() => place.close());

  test("are a prefix and 32 random bytes; what is kept is a digest", async () => {
    const { connection, secret } = await connect(host);
    expect(secret).toMatch(/^scim_[\w-]{43}$/);
    const [kept]: readonly (TokenRecord | undefined)[] = await place.store.tokens(connection.id);
    expect(kept?.hash).toBe(createHash("sha256").update(secret).digest("hex"));
    expect(kept?.prefix).toBe(secret.slice(0, 11));
    expect(JSON.stringify(kept)).not.toContain(secret.slice(12));
    const [shown] = await host.connections.tokens(connection.organisation, connection.id);
    expect(shown).not.toHaveProperty("hash");
    expect(JSON.stringify(host.told)).not.toContain(secret.slice(12));
  });

  test("differ, each time", async () => {
    const { connection } = await connect(host);
    const { organisation, id } = connection;
    const secrets = new Set<string>();
    for (let n = 0; n < 15; n++) secrets.add((await host.connections.issueToken(organisation, id)).secret);
    expect(secrets.size).toBe(15);
  });

  test("are several to a connection, with labels; each lets in", async () => {
    const { connection, secret } = await connect(host);
    const { organisation, id } = connection;
    const { token, secret: second } = await host.connections.issueToken(organisation, id, { label: "  Okta  " });
    expect(token).toMatchObject({ label: "Okta", prefix: second.slice(0, 11) });
    expect(await host.connections.tokens(organisation, id)).toMatchObject([{ label: "" }, { label: "Okta" }]);
    for (const each of [secret, second]) expect(await statusOf(idp(host, connection, each))).toBe(200);
  });

  test("expire, if they were told to", async () => {
    const mine = openHost(place);
    const { connection } = await connect(mine);
    const { organisation, id } = connection;
    const expires = new Date(Date.now() + 60_000);
    const { secret, token } = await mine.connections.issueToken(organisation, id, { expires });
    expect(token.expires).toEqual(expires);
    expect(await statusOf(idp(mine, connection, secret))).toBe(200);
    mine.wait(61);
    const answer = await idp(mine, connection, secret).send("GET", "/Users");
    expect([answer.status, answer.json.detail]).toEqual([401, expect.stringContaining("has expired")]);
    expect(answer.headers["WWW-Authenticate"]).toContain("Bearer");
    await expect(mine.connections.rotateToken(organisation, id, token.id, { overlap: 60 })).rejects.toMatchObject({
      code: "tokenEnded",
    });
  });

  test("are revoked at once, and stay so", async () => {
    const { connection, secret } = await connect(host);
    const { organisation, id } = connection;
    const [token] = await host.connections.tokens(organisation, id);
    const revoked = await host.connections.revokeToken(organisation, id, token?.id ?? "");
    expect(revoked.revoked).toBeInstanceOf(Date);
    expect(await host.connections.revokeToken(organisation, id, token?.id ?? "")).toEqual(revoked);
    const answer = await idp(host, connection, secret).send("GET", "/Users");
    expect([answer.status, answer.json.detail]).toEqual([401, expect.stringContaining("was revoked")]);
    const rotate = host.connections.rotateToken(organisation, id, token?.id ?? "", { overlap: 60 });
    await expect(rotate).rejects.toMatchObject({ code: "tokenEnded" });
  });

  test("rotate: the old one lets in for the overlap, or until its own end if that is earlier", async () => {
    const mine = openHost(place);
    const { connection, secret: old } = await connect(mine);
    const { organisation, id } = connection;
    const [first] = await mine.connections.tokens(organisation, id);
    const { secret: next, token } = await mine.connections.rotateToken(organisation, id, first?.id ?? "", {
      overlap: 120,
    });
    expect(token.label).toBe(first?.label);
    const both = async (): Promise<readonly number[]> => [
      await statusOf(idp(mine, connection, old)),
      await statusOf(idp(mine, connection, next)),
    ];
    expect(await both()).toEqual([200, 200]);
    mine.wait(100);
    expect(await both()).toEqual([200, 200]);
    const { token: last } = await mine.connections.rotateToken(organisation, id, first?.id ?? "", { overlap: 3_600 });
    mine.wait(21);
    expect(await both()).toEqual([401, 200]);
    expect(mine.told.map(({ type }) => type)).toContain("token.rotated");
    const { secret: now } = await mine.connections.rotateToken(organisation, id, last.id, { overlap: 0 });
    expect(await statusOf(idp(mine, connection, now))).toBe(200);
    const tokens = await mine.connections.tokens(organisation, id);
    expect(tokens.filter(({ expires }) => expires === undefined)).toHaveLength(2);
  });

  test("say when they were last used, written at most once a minute", async () => {
    const mine = openHost(place);
    const touch = vi.spyOn(place.store, "touchToken");
    const { connection, send } = await connect(mine);
    const { organisation, id } = connection;
    const lastUsed = async (): Promise<number> => {
      const [token] = await mine.connections.tokens(organisation, id);
      return token?.lastUsed?.getTime() ?? 0;
    };
    await send("GET", "/Users");
    const first = await lastUsed();
    expect(first).toBeGreaterThan(0);
    for (let n = 0; n < 5; n++) await send("GET", "/Users");
    mine.wait(50);
    await send("GET", "/Users");
    expect(await lastUsed()).toBe(first);
    expect(touch).toHaveBeenCalledTimes(1);
    mine.wait(11);
    await send("GET", "/Users");
    expect(await lastUsed()).toBeGreaterThan(first);
    expect(touch).toHaveBeenCalledTimes(2);
    touch.mockRestore();
  });

  test("let in also when their use cannot be written; the host hears of it", async () => {
    const mine = openHost(place);
    const touch = vi.spyOn(place.store, "touchToken").mockRejectedValue(new Error("Disk full."));
    const { send } = await connect(mine);
    expect((await send("GET", "/Users")).status).toBe(200);
    expect(mine.errors).toEqual([new Error("Disk full.")]);
    touch.mockRestore();
  });

  test("are no more than the host allows at a time; ended ones do not count, and rotation always works", async () => {
    const mine = openHost(place, { tokensPerConnection: 2 });
    const { connection } = await connect(mine);
    const { organisation, id } = connection;
    const { token } = await mine.connections.issueToken(organisation, id);
    await expect(mine.connections.issueToken(organisation, id)).rejects.toMatchObject({
      code: "tooManyTokens",
      status: 409,
    });
    await mine.connections.rotateToken(organisation, id, token.id, { overlap: 0 });
    await mine.connections.revokeToken(
      organisation,
      id,
      (await mine.connections.tokens(organisation, id))[0]?.id ?? "",
    );
    await mine.connections.issueToken(organisation, id);
    const many = await Promise.allSettled([1, 2, 3].map(() => mine.connections.issueToken(organisation, id)));
    expect(many.map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
  });

  test("have the prefix that the host chooses", async () => {
    const mine = openHost(place, { tokenPrefix: "acme.scim~" });
    const { secret, send } = await connect(mine);
    expect(secret.startsWith("acme.scim~")).toBe(true);
    expect((await send("GET", "/Users")).status).toBe(200);
  });

  test("take no label, expiry or overlap that makes no sense", async () => {
    const { connection } = await connect(host);
    const { organisation, id } = connection;
    const [token] = await host.connections.tokens(organisation, id);
    const issue = (settings: unknown): Promise<unknown> =>
      Reflect.apply(host.connections.issueToken, host.connections, [organisation, id, settings]);
    const rotate = (options: unknown): Promise<unknown> =>
      Reflect.apply(host.connections.rotateToken, host.connections, [organisation, id, token?.id, options]);
    for (const work of [
      () => issue({ label: "x".repeat(101) }),
      () => issue({ label: "two\nlines" }),
      () => issue({ label: "\0" }),
      () => issue({ label: "half \ud800" }),
      () => issue({ label: 7 }),
      () => issue({ expires: new Date(0) }),
      () => issue({ expires: new Date(Number.NaN) }),
      () => issue({ expires: "2999-01-01" }),
      () => rotate({ overlap: -1 }),
      () => rotate({ overlap: Number.NaN }),
      () => rotate({ overlap: 31_536_001 }),
      () => rotate({ overlap: "60" }),
      () => rotate({ overlap: 60, expires: new Date(0) }),
    ]) {
      await expect(work()).rejects.toMatchObject({ code: "invalidValue", status: 400 });
    }
    expect(await host.connections.tokens(organisation, id)).toHaveLength(1);
  });

  test("of a connection that is deleted let nobody in", async () => {
    const { connection, send } = await connect(host, newOrganisation());
    await host.connections.delete(connection.organisation, connection.id, { users: "keep" });
    expect((await send("GET", "/Users")).status).toBe(401);
  });
});
