/** RFC 7644 §3.4.2 Query Resources and §3.4.2.1 Query Endpoints, over every mount. */
import { ScimError } from "scimkit";
import { memoryStore } from "scimkit/memory";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { served } from "../../served.ts";
import { openService, person, resourcesOf, type Service, team } from "../../service.ts";
import { Device, device, filterBy, MESSAGES, searchRequest } from "./requests.ts";

describe.each(served())("§3.4.2 over '$name'", (mount) => {
  let service: Service;
  let ann: string;

  beforeAll(async () => {
    const devices = memoryStore();
    service = await openService(mount, {
      resources: [
        {
          type: Device,
          store: {
            ...devices,
            list: async (query, context) => {
              const page = await devices.list(query, context);
              if (page.total > 2) throw ScimError.tooMany("More than 2 devices; narrow the filter.");
              return page;
            },
          },
        },
      ],
    });
    ann = await service.create("/Users", person("ann", { title: "CTO" }));
    for (const name of ["bob", "cat"]) await service.create("/Users", person(name));
    await service.create("/Groups", team("Guides", ann));
    await service.create("/Devices", device("1"));
  });
  afterAll(() => service.close());

  const typesOf = (resources: readonly Record<string, unknown>[]): string[] =>
    resources.map(({ meta }) => String(Object(meta).resourceType));

  it("query parameters that are not recognised are ignored", async () => {
    const { status, body } = await service.call("GET", "/Users?colour=red&fields=%2A&FILTERS=x&__proto__=1");
    expect([status, body.totalResults]).toEqual([200, 3]);
    expect((await service.call("GET", `/Users/${ann}?colour=red`)).status).toBe(200);
  });

  it("a ListResponse has its URN, totalResults and Resources", async () => {
    const { status, body } = await service.call("GET", "/Users");
    expect([status, body.schemas, body.totalResults]).toEqual([200, [`${MESSAGES}:ListResponse`], 3]);
    expect(resourcesOf(body)).toHaveLength(3);
  });

  it("a partial result has startIndex and itemsPerPage, and the total of all matches", async () => {
    const { body } = await service.call("GET", "/Users?startIndex=2&count=1");
    expect(body).toMatchObject({ totalResults: 3, startIndex: 2, itemsPerPage: 1 });
    expect(resourcesOf(body)).toHaveLength(1);
  });

  it("no match is a success, with totalResults 0", async () => {
    const { status, body } = await service.call("GET", `/Users?${filterBy('userName eq "nobody"')}`);
    expect([status, body.schemas, body.totalResults]).toEqual([200, [`${MESSAGES}:ListResponse`], 0]);
    expect(resourcesOf(body)).toEqual([]);
  });

  it("attributes=userName returns id too, which is returned always", async () => {
    const { body } = await service.call("GET", "/Users?attributes=userName");
    for (const user of resourcesOf(body)) expect(Object.keys(user).sort()).toEqual(["id", "schemas", "userName"]);
  });

  it("a resource can be queried for its attributes, by its own URL (§3.4.2.1)", async () => {
    const { body } = await service.call("GET", `/Users/${ann}?attributes=title`);
    expect(body).toMatchObject({ id: ann, title: "CTO" });
    expect(body).not.toHaveProperty("userName");
  });

  it("a filter on a resource's own URL is not looked at (§3.4.2.1)", async () => {
    const { status, body } = await service.call("GET", `/Users/${ann}?${filterBy('userName eq "nobody"')}`);
    expect([status, body.id]).toEqual([200, ann]);
  });

  it("a resource type endpoint is queried for its own type alone (§3.4.2.1)", async () => {
    expect(typesOf(resourcesOf((await service.call("GET", "/Users")).body))).toEqual(["User", "User", "User"]);
    expect(typesOf(resourcesOf((await service.call("GET", "/Groups")).body))).toEqual(["Group"]);
  });

  it("a query at the root includes all resources, subject to filtering (§3.4.2.1)", async () => {
    const { status, body } = await service.call("GET", "/");
    expect([status, body.totalResults]).toEqual([200, 5]);
    expect(typesOf(resourcesOf(body)).sort()).toEqual(["Device", "Group", "User", "User", "User"]);
  });

  it("meta.resourceType restricts a query at the root (§3.4.2.1)", async () => {
    for (const [filter, types] of [
      ['(meta.resourceType eq "User") or (meta.resourceType eq "Group")', ["Group", "User", "User", "User"]],
      ["(meta.resourceType eq User) or (meta.resourceType eq Group)", ["Group", "User", "User", "User"]],
      ['meta.resourceType eq "Device"', ["Device"]],
      ['not (meta.resourceType eq "User")', ["Device", "Group"]],
    ] as const) {
      const { body } = await service.call("GET", `/?${filterBy(filter)}`);
      expect(typesOf(resourcesOf(body)).sort()).toEqual(types);
    }
  });

  it("an attribute that a resource type does not have is as one without a value (§3.4.2.1)", async () => {
    const matches = async (filter: string) =>
      typesOf(resourcesOf((await service.call("POST", "/.search", searchRequest({ filter }))).body)).sort();
    expect(await matches("serial pr")).toEqual(["Device"]);
    expect(await matches('userName eq "ann"')).toEqual(["User"]);
    expect(await matches("not (userName pr)")).toEqual(["Device", "Group"]);
    expect(await matches('displayName eq "Guides" or serial eq "1"')).toEqual(["Device", "Group"]);
    expect(await matches('members[value pr] and displayName sw "G"')).toEqual(["Group"]);
    expect(await matches("colour pr")).toEqual([]);
  });

  it("too many results are a 400 with scimType tooMany (§3.4.2.1)", async () => {
    const deep = await service.call("GET", "/?sortBy=id&startIndex=10000&count=10");
    expect([deep.status, deep.body.scimType]).toEqual([400, "tooMany"]);
    for (const serial of ["2", "3"]) await service.create("/Devices", device(serial));
    const { status, body } = await service.call("GET", "/Devices?filter=serial+pr");
    expect([status, body.scimType, body.status]).toEqual([400, "tooMany", "400"]);
  });
});
