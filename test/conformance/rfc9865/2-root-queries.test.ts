/** RFC 9865 §2 with RFC 7644 §3.4.2.1, §3.4.3: cursors of queries across resource types, over every mount. */
import { bearer, createScim, defineResource, type Resource, type ResourceStore } from "scimkit";
import { memoryStore } from "scimkit/memory";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import type { JsonObject } from "../../match.ts";
import { openMemory, served, type TestContext } from "../../served.ts";
import { openService, person, resourcesOf, type Service, team } from "../../service.ts";
import { pageAt, pagesFrom } from "../pages.ts";

const Device = defineResource({
  name: "Device",
  urn: "urn:example:params:scim:schemas:core:2.0:Device",
  schema: z.object({ serial: z.string() }),
});

const namesOf = (pages: readonly JsonObject[]): readonly unknown[] =>
  pages.map((page) => resourcesOf(page).map(({ userName, displayName, serial }) => userName ?? displayName ?? serial));

describe.each(served())("RFC 9865 §2 at the root over '$name'", (mount) => {
  let service: Service;

  beforeAll(async () => {
    const devices = memoryStore({ tenant: ({ tenant }: TestContext) => tenant });
    service = await openService(mount, { resources: [{ type: Device, store: devices }] });
    for (const name of ["u1", "u2", "u3", "u4", "u5"]) await service.create("/Users", person(name));
    for (const name of ["g1", "g2"]) await service.create("/Groups", team(name));
    for (const serial of ["d1", "d2", "d3"]) {
      await service.create("/Devices", { schemas: [Device.schema.id], serial });
    }
  });
  afterAll(() => service.close());

  it("nextCursor leads through every type once, in a fixed order, and is omitted on the last page alone", async () => {
    const pages = await pagesFrom(service, "/?count=2");
    expect(namesOf(pages)).toEqual([["u1", "u2"], ["u3", "u4"], ["u5"], ["g1", "g2"], ["d1", "d2"], ["d3"]]);
    expect(pages.map(({ totalResults }) => totalResults)).toEqual(pages.map(() => 10));
    expect(pages.map(({ itemsPerPage }) => itemsPerPage)).toEqual([2, 2, 1, 2, 2, 1]);
    expect(pages.some((page) => "startIndex" in page)).toBe(false);
  });

  it("previousCursor leads back across types, to the first page, which has none", async () => {
    const forward = await pagesFrom(service, "/?count=2");
    const back = await pagesFrom(service, "/?count=2", "previousCursor", forward.at(-2)?.nextCursor);
    expect(namesOf([...back].reverse())).toEqual(namesOf(forward));
    expect(forward.map((page) => "previousCursor" in page)).toEqual([false, true, true, true, true, true]);
    expect(back.map((page) => "previousCursor" in page)).toEqual([true, true, true, true, true, false]);
  });

  it("a page that was reached by going back leads forward again", async () => {
    const [, , third] = await pagesFrom(service, "/?count=2");
    const fourth = await pageAt(service, "/?count=2", third?.nextCursor);
    const backOnce = await pageAt(service, "/?count=2", fourth.previousCursor);
    const backTwice = await pageAt(service, "/?count=2", backOnce.previousCursor);
    const again = await pagesFrom(service, "/?count=2", "nextCursor", backTwice.nextCursor);
    expect(namesOf([backTwice, ...again])).toEqual([["u3", "u4"], ["u5"], ["g1", "g2"], ["d1", "d2"], ["d3"]]);
  });

  it("a type in which nothing matches has no page, first and last among them", async () => {
    const groups = await pagesFrom(service, `/?count=1&filter=${encodeURIComponent('displayName sw "g"')}`);
    expect(namesOf(groups)).toEqual([["g1"], ["g2"]]);
    const none = await pageAt(service, `/?count=1&filter=${encodeURIComponent('displayName eq "nobody"')}`);
    expect(none).toMatchObject({ totalResults: 0, itemsPerPage: 0, Resources: [] });
    expect(Object.keys(none)).not.toContain("nextCursor");
  });

  it("a count of 0, or below, gives the total and no resources", async () => {
    for (const count of ["0", "-5"]) {
      const page = await pageAt(service, `/?count=${count}`);
      expect(page).toMatchObject({ totalResults: 10, itemsPerPage: 0, Resources: [] });
      expect(Object.keys(page)).not.toContain("nextCursor");
    }
  });

  it("POST /.search pages by the same cursors (§3)", async () => {
    const schemas = ["urn:ietf:params:scim:api:messages:2.0:SearchRequest"];
    const seen: unknown[] = [];
    let cursor: unknown = "";
    do {
      const request = { schemas, count: 4, cursor, attributes: ["userName", "displayName", "serial"] };
      const { status, body } = await service.call("POST", "/.search", request);
      expect(status).toBe(200);
      seen.push(...namesOf([body]));
      cursor = body.nextCursor;
    } while (typeof cursor === "string");
    expect(seen).toEqual([["u1", "u2", "u3", "u4"], ["u5"], ["g1", "g2"], ["d1", "d2", "d3"]]);
  });

  it("no item is skipped or repeated while resources of every type come and go", async () => {
    const gone = [
      await service.create("/Users", person("gone1")),
      await service.create("/Users", person("gone2")),
      await service.create("/Groups", team("gone3")),
    ];
    const first = await pageAt(service, "/?count=3");
    const second = await pageAt(service, "/?count=3", first.nextCursor);
    await service.call("DELETE", `/Users/${gone[0]}`);
    await service.call("DELETE", `/Users/${gone[1]}`);
    const rest = await pagesFrom(service, "/?count=3", "nextCursor", second.nextCursor);
    await service.call("DELETE", `/Groups/${gone[2]}`);
    const seen = namesOf([first, second, ...rest]).flat();
    expect(seen).toEqual(["u1", "u2", "u3", "u4", "u5", "gone1", "g1", "g2", "gone3", "d1", "d2", "d3"]);
  });

  it("a cursor is good for this query, page size, endpoint and tenant alone", async () => {
    const { nextCursor } = await pageAt(service, "/?count=2");
    const answers = [
      await service.call("GET", `/?count=2&cursor=${nextCursor}&filter=userName+pr`),
      await service.call("GET", `/Users?count=2&cursor=${nextCursor}`),
      await service.call("GET", `/?count=2&cursor=${nextCursor}`, undefined, { authorization: "Bearer two" }),
      await service.call("GET", `/?count=2&cursor=${String(nextCursor).slice(0, -1)}`),
      await service.call("GET", `/?count=3&cursor=${nextCursor}`),
    ];
    expect(answers.map(({ status, body }) => [status, body.scimType])).toEqual([
      [400, "invalidCursor"],
      [400, "invalidCursor"],
      [400, "invalidCursor"],
      [400, "invalidCursor"],
      [400, "invalidCount"],
    ]);
    const ofUsers = await pageAt(service, "/Users?count=2");
    const { body } = await service.call("GET", `/?count=2&cursor=${ofUsers.nextCursor}`);
    expect(body.scimType).toBe("invalidCursor");
  });

  it("a sorted query has no cursors, and says what to do instead", async () => {
    const { status, body } = await service.call("GET", "/?count=2&cursor=&sortBy=displayName");
    expect([status, body.scimType]).toEqual([400, "invalidCursor"]);
    expect(body.detail).toContain("startIndex");
  });

  it("each page is projected and filled as any other answer is", async () => {
    const pages = await pagesFrom(service, "/?count=10&attributes=serial");
    expect(resourcesOf(pages.at(-1) ?? {})[0]).toMatchObject({ serial: "d1", schemas: [Device.schema.id] });
    expect(Object.keys(resourcesOf(pages[0] ?? {})[0] ?? {}).sort()).toEqual(["id", "schemas"]);
  });
});

describe.each(served())("RFC 9865 §2 at the root, where the host has changed over '$name'", (mount) => {
  const cursorSecret = "shared between the servers";

  it("is refused where one of the stores has no cursors, or the feature is off", async () => {
    const resources = [{ type: Device, store: withoutCursors() }];
    for (const options of [{ resources }, { features: { cursor: false } }]) {
      const service = await openService(mount, options);
      const { status, body } = await service.call("GET", "/?cursor=");
      expect([status, body.scimType]).toEqual([400, "invalidCursor"]);
      expect((await service.call("GET", "/?startIndex=1")).status).toBe(200);
      await service.close();
    }
  });

  it("a cursor into a type that is no longer served is refused", async () => {
    const { users, groups } = openMemory();
    const authenticate = bearer(() => ({ tenant: "one", workspaceId: 1 }));
    const before = createScim({ users, groups, authenticate, cursorSecret });
    const after = createScim({ users, authenticate, cursorSecret });
    const [old, young] = [await mount.open(before), await mount.open(after)];
    const send = (to: typeof old, method: string, path: string, body?: JsonObject) =>
      to.send({
        method,
        path,
        headers: { authorization: "Bearer one", "content-type": "application/scim+json" },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
    for (const name of ["u1", "u2"]) await send(old, "POST", "/Users", person(name));
    await send(old, "POST", "/Groups", team("g1"));
    const ofUsers = cursorOf((await send(old, "GET", "/?count=1&cursor=")).json);
    const ofGroups = cursorOf((await send(old, "GET", `/?count=1&cursor=${ofUsers}`)).json);
    const statuses = [
      (await send(young, "GET", `/?count=1&cursor=${ofUsers}`)).status,
      (await send(young, "GET", `/?count=1&cursor=${ofGroups}`)).status,
      (await send(old, "GET", `/?count=1&cursor=${ofGroups}`)).status,
    ];
    expect(statuses).toEqual([200, 400, 200]);
    await old.close();
    await young.close();
  });
});

function cursorOf(body: unknown): string {
  const cursor = typeof body === "object" && body !== null && "nextCursor" in body ? body.nextCursor : undefined;
  if (typeof cursor !== "string") throw new Error(`no nextCursor in ${JSON.stringify(body)}`);
  return cursor;
}

/** A store of devices that says nothing of cursors. */
function withoutCursors(): ResourceStore<Resource, TestContext> {
  const store = memoryStore();
  return { ...store, connect: (type) => ({ ...store.connect?.(type), cursors: false }) };
}
