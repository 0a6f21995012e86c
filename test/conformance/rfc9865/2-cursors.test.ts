/** RFC 9865 §2 to §4: cursors of one resource type, beside index paging, over every mount. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { JsonObject } from "../../match.ts";
import { served } from "../../served.ts";
import { openService, person, resourcesOf, type Service } from "../../service.ts";
import { pageAt, pagesFrom } from "../pages.ts";

const namesOf = (page: JsonObject): readonly unknown[] => resourcesOf(page).map(({ userName }) => userName);

describe.each(served())("RFC 9865 §2 over '$name'", (mount) => {
  let service: Service;
  const all = Array.from({ length: 13 }, (_, index) => `user${String(index + 1).padStart(2, "0")}`);

  beforeAll(async () => {
    service = await openService(mount, { limits: { defaultPageSize: 5, maxPageSize: 8, cursorTimeout: 60 } });
    for (const [index, name] of all.entries()) {
      await service.create("/Users", person(name, index % 2 === 0 ? { title: `T${index % 4}` } : {}));
    }
  });
  afterAll(() => service.close());

  it("an empty cursor asks for the first page, with or without an equals sign; none at all for index paging", async () => {
    const first = await pageAt(service, "/Users?count=4");
    expect(namesOf(first)).toEqual(all.slice(0, 4));
    const bare = (await service.call("GET", "/Users?count=4&cursor")).body;
    expect(namesOf(bare)).toEqual(namesOf(first));
    for (const page of [first, bare]) expect(Object.keys(page)).not.toContain("startIndex");
    const indexed = (await service.call("GET", "/Users?count=4")).body;
    expect(indexed).toMatchObject({ startIndex: 1, totalResults: 13 });
    expect(Object.keys(indexed)).not.toContain("nextCursor");
  });

  it("nextCursor is on every page but the last, and leads through all results once", async () => {
    const pages = await pagesFrom(service, "/Users?count=4");
    expect(pages.flatMap(namesOf)).toEqual(all);
    expect(pages.map((page) => "nextCursor" in page)).toEqual([true, true, true, false]);
    const exact = await pagesFrom(service, `/Users?count=4&filter=${encodeURIComponent('userName sw "user0"')}`);
    expect(exact.map((page) => namesOf(page).length)).toEqual([4, 4, 1]);
    const full = await pageAt(service, `/Users?count=4&filter=${encodeURIComponent('userName sw "user1"')}`);
    expect([namesOf(full).length, "nextCursor" in full]).toEqual([4, false]);
  });

  it("previousCursor leads back, page by page, and is not on the first page", async () => {
    const forward = await pagesFrom(service, "/Users?count=4");
    expect(forward.map((page) => "previousCursor" in page)).toEqual([false, true, true, true]);
    const back = await pagesFrom(service, "/Users?count=4", "previousCursor", forward.at(-2)?.nextCursor);
    expect(back.map(namesOf).reverse()).toEqual(forward.map(namesOf));
    expect(back.at(-1)).not.toHaveProperty("previousCursor");
  });

  it("a count of 0, or below, gives totalResults and no results", async () => {
    for (const count of [0, -1, -1000]) {
      const page = await pageAt(service, `/Users?count=${count}`);
      expect(page).toMatchObject({ totalResults: 13, itemsPerPage: 0, Resources: [] });
      expect(Object.keys(page)).not.toContain("nextCursor");
    }
  });

  it("no more than count are returned, and no more than the server's maximum", async () => {
    expect((await pageAt(service, "/Users?count=3")).itemsPerPage).toBe(3);
    const large = await pagesFrom(service, "/Users?count=1000");
    expect(large.map(({ itemsPerPage }) => itemsPerPage)).toEqual([8, 5]);
  });

  it("without a count the server chooses the size, on every page the same", async () => {
    const pages = await pagesFrom(service, "/Users?attributes=userName");
    expect(pages.map((page) => namesOf(page).length)).toEqual([5, 5, 3]);
  });

  it("totalResults is that of all pages, on each of them", async () => {
    const pages = await pagesFrom(service, `/Users?count=2&filter=${encodeURIComponent("title pr")}`);
    expect(pages.map(({ totalResults }) => totalResults)).toEqual(pages.map(() => 7));
  });

  it("cursors are opaque and URL-safe: unreserved characters that tell nothing", async () => {
    const filter = encodeURIComponent('userName sw "user" and userName ne "secret"');
    for (const page of await pagesFrom(service, `/Users?count=4&sortBy=userName&filter=${filter}`)) {
      for (const cursor of [page.nextCursor, page.previousCursor]) {
        if (cursor === undefined) continue;
        expect(cursor).toMatch(/^[A-Za-z0-9\-._~]+$/);
        const decoded = Buffer.from(String(cursor), "base64url").toString("latin1");
        expect(`${cursor} ${decoded}`).not.toMatch(/user|secret|sequence/);
      }
    }
  });

  it("invalidCursor, expiredCursor and invalidCount are 400s with a detail (§2.1)", async () => {
    const { nextCursor } = await pageAt(service, "/Users?count=4");
    const ask = async (query: string): Promise<unknown> => {
      const { status, body } = await service.call("GET", `/Users?${query}`);
      expect(body).toMatchObject({
        schemas: ["urn:ietf:params:scim:api:messages:2.0:Error"],
        status: String(status),
        detail: expect.stringMatching(/./),
      });
      return [status, body.scimType];
    };
    expect(await ask("count=4&cursor=Zm9yZ2Vk")).toEqual([400, "invalidCursor"]);
    expect(await ask(`count=3&cursor=${nextCursor}`)).toEqual([400, "invalidCount"]);
    expect(await ask(`count=0&cursor=${nextCursor}`)).toEqual([400, "invalidCount"]);
    expect(await ask(`cursor=${nextCursor}`)).toEqual([400, "invalidCount"]);
    const { now } = Date;
    Date.now = () => now() + 61_000;
    try {
      expect(await ask(`count=4&cursor=${nextCursor}`)).toEqual([400, "expiredCursor"]);
    } finally {
      Date.now = now;
    }
  });

  it("a cursor goes on with the query it came from, and with no other", async () => {
    const filter = encodeURIComponent('userName sw "user"');
    const { nextCursor } = await pageAt(service, `/Users?count=4&filter=${filter}&sortBy=userName`);
    const others = [
      `/Users?count=4&filter=${encodeURIComponent('userName sw "use"')}&sortBy=userName`,
      `/Users?count=4&sortBy=userName`,
      `/Users?count=4&filter=${filter}&sortBy=title`,
      `/Users?count=4&filter=${filter}&sortBy=userName&sortOrder=descending`,
      `/Groups?count=4&filter=${encodeURIComponent("displayName pr")}&sortBy=displayName`,
    ];
    for (const other of others) {
      const { status, body } = await service.call("GET", `${other}&cursor=${nextCursor}`);
      expect([other, status, body.scimType]).toEqual([other, 400, "invalidCursor"]);
    }
    const same = await pageAt(service, `/Users?count=4&filter=${filter}&sortBy=userName`, nextCursor);
    expect(namesOf(same)).toEqual(all.slice(4, 8));
  });

  it("cursor-paged results are sorted, as those of index paging are (§2.2)", async () => {
    for (const sort of ["sortBy=userName&sortOrder=descending", "sortBy=title", "sortBy=title&sortOrder=descending"]) {
      const pages = await pagesFrom(service, `/Users?count=4&${sort}`);
      const paged = [
        ...namesOf((await service.call("GET", `/Users?count=8&${sort}`)).body),
        ...namesOf((await service.call("GET", `/Users?count=8&startIndex=9&${sort}`)).body),
      ];
      expect(pages.flatMap(namesOf)).toEqual(paged);
    }
  });

  it("index is the default method, and each method is had by its parameter (§2.4)", async () => {
    const config = (await service.call("GET", "/ServiceProviderConfig")).body;
    expect(config.pagination).toMatchObject({ cursor: true, index: true, defaultPaginationMethod: "index" });
    expect((await service.call("GET", "/Users")).body).toMatchObject({ startIndex: 1, itemsPerPage: 5 });
    expect((await service.call("GET", "/Users?startIndex=6")).body).toMatchObject({ startIndex: 6 });
    expect(await pageAt(service, "/Users?count=5")).toHaveProperty("nextCursor");
  });

  it("POST /.search takes cursor and count in its body (§3)", async () => {
    const schemas = ["urn:ietf:params:scim:api:messages:2.0:SearchRequest"];
    const search = async (cursor: unknown): Promise<JsonObject> => {
      const request = { schemas, filter: 'userName sw "user0"', attributes: ["userName"], count: 4, cursor };
      return (await service.call("POST", "/Users/.search", request)).body;
    };
    const first = await search("");
    expect(first).toMatchObject({ totalResults: 9, itemsPerPage: 4 });
    const second = await search(first.nextCursor);
    expect(namesOf(second)).toEqual(all.slice(4, 8));
    const byGet = encodeURIComponent('userName sw "user0"');
    expect(namesOf(await pageAt(service, `/Users?count=4&filter=${byGet}`, second.nextCursor))).toEqual(["user09"]);
  });

  it("ServiceProviderConfig publishes what holds: page sizes and the cursor's time (§4)", async () => {
    const { pagination } = (await service.call("GET", "/ServiceProviderConfig")).body;
    expect(pagination).toEqual({
      cursor: true,
      index: true,
      defaultPaginationMethod: "index",
      defaultPageSize: 5,
      maxPageSize: 8,
      cursorTimeout: 60,
    });
    const { nextCursor } = await pageAt(service, "/Users?count=4");
    const { now } = Date;
    Date.now = () => now() + 59_000;
    try {
      expect(namesOf(await pageAt(service, "/Users?count=4", nextCursor))).toEqual(all.slice(4, 8));
    } finally {
      Date.now = now;
    }
  });

  it("switched off, a cursor is refused, and ServiceProviderConfig says so", async () => {
    const off = await openService(mount, { features: { cursor: false } });
    const { status, body } = await off.call("GET", "/Users?cursor");
    expect([status, body.scimType]).toEqual([400, "invalidCursor"]);
    const { pagination } = (await off.call("GET", "/ServiceProviderConfig")).body;
    expect(pagination).toMatchObject({ cursor: false, index: true });
    expect(pagination).not.toHaveProperty("cursorTimeout");
    await off.close();
  });
});
