/** RFC 7644 §3.4.2.4 Pagination, §3.4.2.3 Sorting, RFC 9865 cursors, over every mount. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { served } from "../served.ts";
import { openService, person, resourcesOf, type Service } from "../service.ts";

describe.each(served())("Lists over '$name'", (mount) => {
  let service: Service;

  beforeAll(async () => {
    service = await openService(mount);
    for (let number = 1; number <= 25; number++) {
      const name = `user${String(number).padStart(2, "0")}`;
      await service.create("/Users", person(name, number % 5 === 0 ? {} : { title: `T${number % 3}` }));
    }
  });
  afterAll(() => service.close());

  const names = async (query: string): Promise<readonly unknown[]> =>
    resourcesOf((await service.call("GET", `/Users?${query}`)).body).map(({ userName }) => userName);

  describe("§3.4.2.4 Pagination", () => {
    it("startIndex is 1-based, count bounds the page, totalResults counts all matches", async () => {
      const { body } = await service.call("GET", "/Users?startIndex=11&count=10");
      expect(body).toMatchObject({ totalResults: 25, startIndex: 11, itemsPerPage: 10 });
      expect(resourcesOf(body)[0]).toMatchObject({ userName: "user11" });
    });

    it.each(["startIndex=0", "startIndex=-3", ""])("a startIndex less than 1 is 1: '%s'", async (query) => {
      const { body } = await service.call("GET", `/Users?${query}&count=1`);
      expect(body).toMatchObject({ startIndex: 1, itemsPerPage: 1 });
      expect(resourcesOf(body)[0]).toMatchObject({ userName: "user01" });
    });

    it.each(["count=0", "count=-1"])("%s gives the total and no resources", async (query) => {
      const { status, body } = await service.call("GET", `/Users?${query}`);
      expect(status).toBe(200);
      expect(body).toMatchObject({ totalResults: 25, itemsPerPage: 0, Resources: [] });
    });

    it("a page past the end is empty, with the true total (Q31)", async () => {
      const { status, body } = await service.call("GET", "/Users?startIndex=1000&count=10");
      expect(status).toBe(200);
      expect(body).toMatchObject({ totalResults: 25, Resources: [] });
    });

    it.each(["startIndex=abc", "count=1e3", "count=1.5", "startIndex=1&startIndex=2"])("%s is a 400", async (query) => {
      const { status, body } = await service.call("GET", `/Users?${query}`);
      expect(status).toBe(400);
      expect(body).toMatchObject({ status: "400", scimType: "invalidValue" });
    });
  });

  describe("§3.4.2.3 Sorting", () => {
    it("ascending is the default, and descending its reverse", async () => {
      expect((await names("sortBy=userName&count=2")).slice(0, 2)).toEqual(["user01", "user02"]);
      expect(await names("sortBy=userName&sortOrder=descending&count=2")).toEqual(["user25", "user24"]);
    });

    it("resources without a value are last when ascending, first when descending", async () => {
      const titleless = ["user05", "user10", "user15", "user20", "user25"];
      expect((await names("sortBy=title&count=100")).slice(-5)).toEqual(titleless);
      expect([...(await names("sortBy=title&sortOrder=descending&count=5"))].sort()).toEqual(titleless);
    });

    it.each(["sortBy=nonsense", "sortBy=password", "sortBy=name", "sortBy=userName&sortOrder=up"])(
      "%s is a 400",
      async (query) => {
        const { status, body } = await service.call("GET", `/Users?${query}`);
        expect(status).toBe(400);
        expect(body.scimType).toBe("invalidValue");
      },
    );
  });

  describe("RFC 9865 cursors", () => {
    const walk = async (query: string): Promise<readonly unknown[]> => {
      const seen: unknown[] = [];
      let cursor = "";
      for (let page = 0; page < 20; page++) {
        const { body } = await service.call("GET", `/Users?${query}&cursor=${cursor}`);
        seen.push(...resourcesOf(body).map(({ userName }) => userName));
        if (typeof body.nextCursor !== "string") break;
        cursor = body.nextCursor;
      }
      return seen;
    };

    it("nextCursor leads through all results once, and is omitted on the last page", async () => {
      const seen = await walk("count=10");
      expect(seen).toHaveLength(25);
      expect(new Set(seen).size).toBe(25);
    });

    it("cursor-paged results are sorted", async () => {
      const seen = await walk("count=7&sortBy=userName&sortOrder=descending");
      expect(seen).toEqual([...seen].sort().reverse());
    });

    it("previousCursor leads back, and is not on the first page", async () => {
      const first = (await service.call("GET", "/Users?count=10&cursor=")).body;
      expect(first).not.toHaveProperty("previousCursor");
      expect(first).not.toHaveProperty("startIndex");
      const second = (await service.call("GET", `/Users?count=10&cursor=${first.nextCursor}`)).body;
      const back = (await service.call("GET", `/Users?count=10&cursor=${second.previousCursor}`)).body;
      expect(back.Resources).toEqual(first.Resources);
    });

    it("a cursor is made of unreserved characters", async () => {
      const { body } = await service.call("GET", "/Users?count=10&cursor=");
      expect(body.nextCursor).toMatch(/^[A-Za-z0-9\-._~]+$/);
    });

    it("a forged cursor, or one of another query or tenant, is invalidCursor", async () => {
      const { nextCursor } = (await service.call("GET", "/Users?count=10&cursor=")).body;
      const other = { authorization: "Bearer two" };
      const answers = [
        await service.call("GET", "/Users?count=10&cursor=Zm9yZ2Vk"),
        await service.call("GET", `/Users?count=10&cursor=${nextCursor}&filter=userName+sw+%22user1%22`),
        await service.call("GET", `/Groups?count=10&cursor=${nextCursor}`),
        await service.call("GET", `/Users?count=10&cursor=${nextCursor}`, undefined, other),
      ];
      for (const { status, body } of answers) {
        expect(status).toBe(400);
        expect(body.scimType).toBe("invalidCursor");
      }
    });

    it("another count than that of the first page is invalidCount", async () => {
      const { nextCursor } = (await service.call("GET", "/Users?count=10&cursor=")).body;
      const { status, body } = await service.call("GET", `/Users?count=5&cursor=${nextCursor}`);
      expect(status).toBe(400);
      expect(body.scimType).toBe("invalidCount");
    });

    it("no item is skipped or repeated while resources come and go", async () => {
      const first = (await service.call("GET", "/Users?count=10&cursor=")).body;
      const gone = await service.create("/Users", person("come-and-go"));
      const removed = resourcesOf(first)[9];
      await service.call("DELETE", `/Users/${gone}`);
      const second = (await service.call("GET", `/Users?count=10&cursor=${first.nextCursor}`)).body;
      expect(resourcesOf(second)[0]).toMatchObject({ userName: "user11" });
      expect(removed).toMatchObject({ userName: "user10" });
    });
  });
});

describe("RFC 9865 cursors that are too old", () => {
  it("are answered with expiredCursor", async () => {
    const [mount] = served();
    if (mount === undefined) throw new Error("nothing is served");
    const { now } = Date;
    const service = await openService(mount, { limits: { cursorTimeout: 60 } });
    try {
      await service.create("/Users", person("a"));
      await service.create("/Users", person("b"));
      const { nextCursor } = (await service.call("GET", "/Users?count=1&cursor=")).body;
      Date.now = () => now() + 61_000;
      const { status, body } = await service.call("GET", `/Users?count=1&cursor=${nextCursor}`);
      expect(status).toBe(400);
      expect(body.scimType).toBe("expiredCursor");
    } finally {
      Date.now = now;
      await service.close();
    }
  });
});
