/** RFC 7644 §3.4.2.4 Pagination, over every mount. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { served } from "../../served.ts";
import { openService, person, resourcesOf, type Service } from "../../service.ts";
import { searchRequest } from "./requests.ts";

describe.each(served())("§3.4.2.4 over '$name'", (mount) => {
  let service: Service;

  beforeAll(async () => {
    service = await openService(mount, { limits: { defaultPageSize: 4, maxPageSize: 6 } });
    for (let index = 1; index <= 9; index++) await service.create("/Users", person(`user${index}`));
  });
  afterAll(() => service.close());

  const page = async (query: string) => {
    const { status, body } = await service.call("GET", `/Users?sortBy=userName&${query}`);
    expect(status, query).toBe(200);
    const { totalResults, startIndex, itemsPerPage } = body;
    const found = resourcesOf(body).map(({ userName }) => String(userName).slice(4));
    expect(itemsPerPage).toBe(found.length);
    return { totalResults, startIndex, found: found.join("") };
  };

  it("startIndex is the 1-based index of the first result, and 1 by default", async () => {
    expect(await page("startIndex=3&count=2")).toEqual({ totalResults: 9, startIndex: 3, found: "34" });
    expect(await page("count=2")).toEqual({ totalResults: 9, startIndex: 1, found: "12" });
  });

  it("a startIndex less than 1 is 1", async () => {
    for (const startIndex of ["0", "-1", "-99"]) {
      expect(await page(`startIndex=${startIndex}&count=2`)).toEqual({ totalResults: 9, startIndex: 1, found: "12" });
    }
  });

  it("no more results are returned than count says", async () => {
    for (const count of [1, 2, 6]) expect((await page(`count=${count}`)).found).toHaveLength(count);
    expect((await page("startIndex=9&count=6")).found).toBe("9");
  });

  it("a count that is 0 or negative returns no resources, and totalResults", async () => {
    for (const count of ["0", "-1"]) expect(await page(`count=${count}`)).toMatchObject({ totalResults: 9, found: "" });
  });

  it("without a count, and over the maximum, the service provider sets the number of results", async () => {
    expect((await page("")).found).toBe("1234");
    expect((await page("count=1000")).found).toBe("123456");
    const { body } = await service.call("GET", "/ServiceProviderConfig");
    expect(body).toMatchObject({ filter: { maxResults: 6 } });
  });

  it("pages lead through all results, each once", async () => {
    let found = "";
    for (let startIndex = 1; startIndex <= 9; startIndex += 4) found += (await page(`startIndex=${startIndex}`)).found;
    expect(found).toBe("123456789");
    expect(await page("startIndex=10")).toEqual({ totalResults: 9, startIndex: 10, found: "" });
  });

  it("what is no integer is invalidValue", async () => {
    for (const query of ["startIndex=x", "count=1.5", "count=1e3", "startIndex=99999999999999999999"]) {
      const { status, body } = await service.call("GET", `/Users?${query}`);
      expect([status, body.scimType], query).toEqual([400, "invalidValue"]);
    }
  });

  it("a search and a query at the root page alike", async () => {
    const parameters = { sortBy: "userName", startIndex: 3, count: 2, attributes: ["userName"] };
    for (const path of ["/Users/.search", "/.search"]) {
      const { body } = await service.call("POST", path, searchRequest(parameters));
      expect(body).toMatchObject({ totalResults: 9, startIndex: 3, itemsPerPage: 2 });
      expect(resourcesOf(body).map(({ userName }) => userName)).toEqual(["user3", "user4"]);
    }
  });
});
