/** Lists as clients ask for them: rows Q27–Q37 of the catalogue. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { isObject, type JsonObject } from "../match.ts";
import { served } from "../served.ts";
import { openSession, type Session } from "../session.ts";
import { valueAt } from "../variables.ts";

describe.each(served())("Lists over $name", (mount) => {
  let session: Session;
  let team: string;
  const list = async (query: string, path = "/Users"): Promise<JsonObject> => {
    const { status, json } = await session.send("GET", `${path}${query}`);
    expect([query, status]).toEqual([query, 200]);
    return isObject(json) ? json : {};
  };
  const namesOf = ({ Resources }: JsonObject): readonly unknown[] =>
    Array.isArray(Resources) ? Resources.map((resource) => valueAt(resource, "userName")) : ["no Resources"];
  beforeEach(async () => {
    session = await openSession(mount);
    const ids: string[] = [];
    for (const [index, name] of ["cy", "ann", "bo"].entries()) {
      const emails = [{ value: `${name}@x.example`, type: "work" }];
      ids.push(await session.host.create("/Users", { userName: name, emails, active: index !== 1 }));
    }
    team = await session.host.create("/Groups", { displayName: "Team", members: ids.map((value) => ({ value })) });
  });
  afterEach(() => session.mounted.close());

  test("Q27 a bracket in attributes is passed over", async () => {
    const { Resources } = await list(`?attributes=${encodeURIComponent('emails[type eq "work"]')}&count=1`);
    expect(valueAt(Resources, "0.emails")).toEqual([{ value: "cy@x.example", type: "work" }]);
    expect(valueAt(Resources, "0.userName")).toBeUndefined();
  });

  test("Q28 and Q77 excludedAttributes=members leaves the members out, of lists and of single reads", async () => {
    const listed = await list("?excludedAttributes=members", "/Groups");
    const read = await list("?excludedAttributes=members", `/Groups/${team}`);
    const found = await list(
      `?excludedAttributes=members&filter=${encodeURIComponent('displayName eq "team"')}`,
      "/Groups",
    );
    for (const group of [valueAt(listed, "Resources.0"), read, valueAt(found, "Resources.0")]) {
      expect(valueAt(group, "displayName")).toBe("Team");
      expect(Object.keys(Object(group))).not.toContain("members");
    }
  });

  test("Q29 paging parameters beside an equality filter", async () => {
    const hit = await list(`?filter=${encodeURIComponent('userName eq "ann"')}&startIndex=1&count=100`);
    expect([hit.totalResults, hit.startIndex, hit.itemsPerPage, namesOf(hit)]).toEqual([1, 1, 1, ["ann"]]);
    const miss = await list(`?filter=${encodeURIComponent('userName eq "no"')}&startIndex=1&count=100`);
    expect([miss.totalResults, miss.startIndex, miss.itemsPerPage, namesOf(miss)]).toEqual([0, 1, 0, []]);
  });

  test("Q30 startIndex without count, and nothing at all, give a page of the default size", async () => {
    for (const query of ["?startIndex=1", ""]) {
      const page = await list(query);
      expect([page.totalResults, page.itemsPerPage, namesOf(page).length]).toEqual([3, 3, 3]);
    }
  });

  test("Q31 past the end: no resources, and the true total", async () => {
    const { totalResults, Resources, itemsPerPage } = await list("?startIndex=101&count=100");
    expect([totalResults, Resources, itemsPerPage]).toEqual([3, [], 0]);
  });

  test("Q32 the order is the same on every page", async () => {
    const pages = [];
    for (const startIndex of [1, 2, 3]) pages.push(...namesOf(await list(`?startIndex=${startIndex}&count=1`)));
    expect(pages).toEqual(namesOf(await list("")));
    expect([...pages].sort()).toEqual(["ann", "bo", "cy"]);
  });

  test("Q33 totalResults, startIndex and itemsPerPage are numbers", async () => {
    const page = await list("?startIndex=2&count=1");
    expect([page.totalResults, page.startIndex, page.itemsPerPage]).toEqual([3, 2, 1]);
  });

  test("Q34 an empty list has Resources", async () => {
    expect(await list(`?filter=${encodeURIComponent('userName eq "no"')}`)).toHaveProperty("Resources", []);
    expect(await list("?count=0")).toMatchObject({ totalResults: 3, Resources: [] });
  });

  test("Q35 a filter that nothing matches is no 404", async () => {
    for (const filter of ['userName eq "no"', 'externalId eq "6f1a4b0c-77aa-4e0e-9d7e-3a8a2c3f6f10"', 'id eq "no"']) {
      expect((await list(`?filter=${encodeURIComponent(filter)}`)).totalResults).toBe(0);
    }
  });

  test.each(['nothing eq "x"', 'userName is "ann"', "userName eq", 'meta.nothing gt "x"'])(
    "Q36 a filter that cannot be served is refused, never ignored: %s",
    async (filter) => {
      const { status, json } = await session.send("GET", `/Users?filter=${encodeURIComponent(filter)}`);
      expect([status, valueAt(json, "scimType")]).toEqual([400, "invalidFilter"]);
    },
  );

  test("Q37 deactivated users are still listed", async () => {
    expect([...namesOf(await list(""))].sort()).toEqual(["ann", "bo", "cy"]);
    expect(namesOf(await list("?filter=active+eq+false"))).toEqual(["ann"]);
  });
});
