/** RFC 7644 §3.4.2.3 Sorting, over every mount. */
import { memoryStore } from "scimkit/memory";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { served } from "../../served.ts";
import { openService, person, resourcesOf, type Service } from "../../service.ts";
import { Device, device, ENT, searchRequest, USER } from "./requests.ts";

describe.each(served())("§3.4.2.3 over '$name'", (mount) => {
  let service: Service;

  beforeAll(async () => {
    service = await openService(mount, { resources: [{ type: Device, store: memoryStore() }] });
    const users = [
      person("bob", {
        name: { familyName: "young" },
        emails: [{ value: "z@x.example" }, { value: "a@x.example", primary: true }],
      }),
      person("Ann", { name: { familyName: "Young", givenName: "Ann" }, emails: [{ value: "m@x.example" }] }),
      person("cat", { schemas: [USER, ENT], [ENT]: { department: "IT" } }),
      person("Dan", { name: { familyName: "Archer" }, emails: [{ value: "c@x.example" }, { value: "b@x.example" }] }),
    ];
    for (const user of users) await service.create("/Users", user);
    await service.create("/Devices", device("1", { model: "b", ports: 10, boughtAt: "2020-01-01T00:30:00+01:00" }));
    await service.create("/Devices", device("2", { model: "B", ports: 9, boughtAt: "2020-01-01T00:00:00Z" }));
    await service.create("/Devices", device("3", { model: "a", ports: 100 }));
  });
  afterAll(() => service.close());

  const names = async (endpoint: string, query: string, name: string): Promise<string> => {
    const { status, body } = await service.call("GET", `${endpoint}?${query}`);
    expect(status, query).toBe(200);
    return resourcesOf(body)
      .map((resource) => String(resource[name]))
      .join(" ");
  };
  const users = (query: string) => names("/Users", query, "userName");
  const serials = (query: string) => names("/Devices", query, "serial");

  it("sortBy orders by the value of a singular attribute, and ascending is the default", async () => {
    expect(await users("sortBy=userName")).toBe("Ann bob cat Dan");
    expect(await users("sortBy=userName&sortOrder=ascending")).toBe("Ann bob cat Dan");
    expect(await users("sortBy=userName&sortOrder=descending")).toBe("Dan cat bob Ann");
  });

  it("a multi-valued attribute sorts by its primary value, or else its first", async () => {
    expect(await users("sortBy=emails.value&filter=emails+pr")).toBe("bob Dan Ann");
    expect(await users("sortBy=emails&filter=emails+pr")).toBe("bob Dan Ann");
  });

  it("a complex attribute sorts by the sub-attribute that the path names, an extension's by its URN", async () => {
    expect(await users("sortBy=name.givenName&count=1")).toBe("Ann");
    expect(await users(`sortBy=${ENT}:department&count=1`)).toBe("cat");
    const { status, body } = await service.call("GET", "/Users?sortBy=name");
    expect([status, body.scimType]).toEqual([400, "invalidValue"]);
  });

  it("resources without a value are last when ascending, and first when descending", async () => {
    expect((await users("sortBy=name.familyName")).split(" ").at(-1)).toBe("cat");
    expect((await users("sortBy=name.familyName&sortOrder=descending")).split(" ")[0]).toBe("cat");
    expect(await serials("sortBy=boughtAt")).toBe("1 2 3");
    expect(await serials("sortBy=boughtAt&sortOrder=descending")).toBe("3 2 1");
  });

  it("strings sort without their case, unless they are caseExact", async () => {
    expect(await users("sortBy=userName&count=2")).toBe("Ann bob");
    expect((await users("sortBy=name.familyName&count=1")).split(" ")).toEqual(["Dan"]);
    expect(await serials("sortBy=model")).toBe("2 3 1");
  });

  it("numbers sort by value and dateTimes by time", async () => {
    expect(await serials("sortBy=ports")).toBe("2 1 3");
    expect(await serials("sortBy=boughtAt&count=2")).toBe("1 2");
  });

  it("sortOrder is ascending or descending, and sortBy an attribute: else invalidValue", async () => {
    for (const query of ["sortBy=userName&sortOrder=upwards", "sortBy=colour"]) {
      const { status, body } = await service.call("GET", `/Users?${query}`);
      expect([status, body.scimType]).toEqual([400, "invalidValue"]);
    }
  });

  it("a search sorts as a GET does, across types too", async () => {
    const search = searchRequest({ sortBy: "userName", sortOrder: "descending", attributes: ["userName"] });
    const { body } = await service.call("POST", "/Users/.search", search);
    expect(resourcesOf(body).map(({ userName }) => userName)).toEqual(["Dan", "cat", "bob", "Ann"]);
    const all = await service.call("POST", "/.search", { ...search, sortOrder: "ascending" });
    expect(resourcesOf(all.body).map(({ userName }) => userName)).toEqual([
      "Ann",
      "bob",
      "cat",
      "Dan",
      undefined,
      undefined,
      undefined,
    ]);
  });
});
