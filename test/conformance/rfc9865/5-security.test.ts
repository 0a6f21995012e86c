/** RFC 9865 §5: a cursor gives nobody anything, and costs the server nothing, over every mount. */
import { bearer, ScimError } from "scimkit";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openMemory, served, type TestContext } from "../../served.ts";
import { openService, person, resourcesOf, type Service } from "../../service.ts";
import { pageAt } from "../pages.ts";

interface Actor extends TestContext {
  readonly permissions: string;
}

describe.each(served())("RFC 9865 §5 over '$name'", (mount) => {
  let service: Service;
  const actors = new Map<string, Actor>();
  let reads = 0;

  beforeAll(async () => {
    const { users, groups } = openMemory();
    const contexts = (token: string): TestContext | null => actors.get(token) ?? null;
    service = await openService(mount, {
      users: {
        ...users,
        list: (query, ctx) => {
          reads++;
          return users.list(query, ctx);
        },
      },
      groups,
      authenticate: bearer(contexts),
      tenant: (ctx) => `${ctx.tenant} ${"permissions" in ctx ? ctx.permissions : ""}`,
    });
    admit("one", "read");
    for (const name of ["a", "b", "c", "d"]) await service.create("/Users", person(name));
  });
  beforeEach(() => {
    actors.clear();
    admit("one", "read");
    admit("two", "read");
  });
  afterAll(() => service.close());

  const admit = (token: string, permissions: string): void => {
    actors.set(token, { tenant: token, workspaceId: token === "one" ? 1 : 2, permissions });
  };
  const as = (token: string) => ({ authorization: `Bearer ${token}` });
  const ask = (cursor: unknown, token = "one", path = "/Users?count=2") =>
    service.call("GET", `${path}&cursor=${String(cursor)}`, undefined, as(token));

  it("paging stays within what the actor may see, also with a cursor of another's (§5.2)", async () => {
    const { nextCursor } = await pageAt(service, "/Users?count=2");
    const { status, body, text } = await ask(nextCursor, "two");
    expect([status, body.scimType]).toEqual([400, "invalidCursor"]);
    expect(text).not.toMatch(/userName|totalResults/);
    expect((await ask("", "two")).body).toMatchObject({ totalResults: 0, Resources: [] });
  });

  it("authorization is checked on every page: a cursor grants nothing (§5.2)", async () => {
    const { nextCursor } = await pageAt(service, "/Users?count=2");
    actors.delete("one");
    reads = 0;
    expect([(await ask(nextCursor)).status, reads]).toEqual([401, 0]);
    admit("one", "read");
    expect((await ask(nextCursor)).status).toBe(200);
  });

  it("a change of permissions ends all cursors, where the host makes them part of the tenant's key (§5.2)", async () => {
    const { nextCursor } = await pageAt(service, "/Users?count=2");
    admit("one", "read less");
    const { status, body } = await ask(nextCursor);
    expect([status, body.scimType]).toEqual([400, "invalidCursor"]);
    expect((await ask("")).status).toBe(200);
  });

  it("a forged or altered cursor is found out at once, without a look at the store (§5.2)", async () => {
    const cursor = String((await pageAt(service, "/Users?count=2")).nextCursor);
    reads = 0;
    const forged = [
      ...[0, 20, 40].map((at) => `${cursor.slice(0, at)}${cursor[at] === "A" ? "B" : "A"}${cursor.slice(at + 1)}`),
      cursor.slice(1),
      cursor + cursor,
      cursor.toLowerCase(),
      "1",
      Buffer.from('{"side":"after","sequence":0}').toString("base64url"),
      "%00",
      "🙂",
    ];
    for (const each of forged) {
      const { status, body } = await ask(each);
      expect([each, status, body.scimType]).toEqual([each, 400, "invalidCursor"]);
    }
    expect(reads).toBe(0);
  });

  it("a page out of scope and a page that is not are refused in the same words (§5.2)", async () => {
    const { nextCursor } = await pageAt(service, "/Users?count=2");
    const answers = [
      await ask(nextCursor, "two"),
      await ask("never-was", "two"),
      await ask(nextCursor, "one", "/Groups?count=2"),
      await ask("never-was"),
    ];
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
  });

  it("the server keeps nothing for a cursor: another one with its secret goes on, and pages can be read again (§5.3)", async () => {
    const { users, groups } = openMemory();
    const options = {
      users,
      groups,
      cursorSecret: "shared",
      authenticate: bearer((): TestContext => ({ tenant: "one", workspaceId: 1 })),
    };
    const [here, there] = [await openService(mount, options), await openService(mount, options)];
    const stranger = await openService(mount, { ...options, cursorSecret: "another" });
    for (const name of ["a", "b", "c"]) await here.create("/Users", person(name));
    const { nextCursor } = await pageAt(here, "/Users?count=2");
    for (const service of [there, here, there]) {
      expect(resourcesOf(await pageAt(service, "/Users?count=2", nextCursor))).toMatchObject([{ userName: "c" }]);
    }
    expect((await stranger.call("GET", `/Users?count=2&cursor=${nextCursor}`)).body.scimType).toBe("invalidCursor");
    for (const each of [here, there, stranger]) await each.close();
  });

  it("a host that limits the rate of requests answers with 429 and Retry-After (§5.3)", async () => {
    const options = {
      authenticate: () => {
        throw new ScimError(429, "Too many requests; try again in a minute.", { headers: { "Retry-After": "60" } });
      },
    };
    const limited = await openService(mount, options);
    const { status, headers, body } = await limited.call("GET", "/Users?cursor");
    expect([status, headers["retry-after"], body.status]).toEqual([429, "60", "429"]);
    await limited.close();
  });

  it("nobody unknown gets a page (§5.3)", async () => {
    expect((await service.call("GET", "/Users?cursor", undefined, as("nobody"))).status).toBe(401);
  });
});
