/** One tenant can never see, match or affect another's data. vouch#317, Atlas#175, tale#2036, open-mercato#3907, Cogtrix#303. */
import { bearer, createScim } from "scimkit";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { memoryHost, otherToken } from "../host.ts";
import { match } from "../match.ts";
import { nobody, served } from "../served.ts";
import { openSession, patchOp, type Session } from "../session.ts";
import { valueAt } from "../variables.ts";

const other = { Authorization: `Bearer ${otherToken}` };
const bulk = (...Operations: readonly unknown[]): unknown => ({
  schemas: ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"],
  Operations,
});
const patch = (...Operations: readonly unknown[]): unknown => ({ schemas: [patchOp], Operations });

describe.each(served())("Tenants over $name", (mount) => {
  let session: Session;
  let ann: string;
  let team: string;
  let theirs: string;
  let before: unknown;
  /** Sends a request as the other tenant. */
  const asOther: Session["send"] = (method, path, body) => session.send(method, path, body, other);
  beforeEach(async () => {
    session = await openSession(mount);
    ann = await session.host.create("/Users", { userName: "ann", externalId: "a-1", emails: [{ value: "ann@x.io" }] });
    team = await session.host.create("/Groups", { displayName: "Team", externalId: "t-1", members: [{ value: ann }] });
    const eve = await asOther("POST", "/Users", { userName: "eve" });
    const gang = await asOther("POST", "/Groups", {
      displayName: "Gang",
      members: [{ value: valueAt(eve.json, "id") }],
    });
    theirs = String(valueAt(gang.json, "id"));
    before = [await session.host.state("one"), await session.host.state("two")];
    await session.host.takeEvents();
  });
  afterEach(async () => {
    await session.mounted.close();
  });
  const unchanged = async (): Promise<void> => {
    expect([await session.host.state("one"), await session.host.state("two")]).toEqual(before);
    expect(await session.host.takeEvents()).toEqual([]);
  };

  test.each([
    ["GET", (): string => `/Users/${ann}`, undefined],
    ["GET", (): string => `/Groups/${team}`, undefined],
    ["PUT", (): string => `/Users/${ann}`, { userName: "mine" }],
    ["PUT", (): string => `/Groups/${team}`, { displayName: "Mine", members: [] }],
    ["PATCH", (): string => `/Users/${ann}`, patch({ op: "replace", path: "userName", value: "mine" })],
    ["PATCH", (): string => `/Groups/${team}`, patch({ op: "remove", path: "members" })],
    ["PATCH", (): string => `/Users/${ann}`, patch()],
    ["DELETE", (): string => `/Users/${ann}`, undefined],
    ["DELETE", (): string => `/Groups/${team}`, undefined],
  ])("%s of another tenant's id (%#) is 404, as for an id that nobody has", async (method, path, body) => {
    const [, endpoint, id = ""] = path().split("/");
    const answer = await asOther(method, path(), body);
    const nobody = await asOther(method, `/${endpoint}/nobody`, body);
    expect([answer.status, nobody.status]).toEqual([404, 404]);
    expect(answer.text.replaceAll(id, "nobody")).toBe(nobody.text);
    await unchanged();
  });

  test.each([
    'userName eq "ann"',
    'externalId eq "a-1"',
    'emails.value eq "ann@x.io"',
    'emails[value eq "ann@x.io"]',
    'userName sw "a"',
    'not (userName eq "eve")',
    'userName eq "eve" and externalId pr',
    'userName eq "nobody" or externalId pr',
    'meta.created gt "2000-01-01T00:00:00Z" and emails pr',
  ])("the filter %s finds nobody of another tenant", async (filter) => {
    const listed = await asOther("GET", `/Users?filter=${encodeURIComponent(filter)}`);
    const searched = await asOther("POST", "/Users/.search", { filter });
    for (const { status, json, text } of [listed, searched]) {
      expect([status, match({ totalResults: 0, Resources: [] }, json)], text).toEqual([200, []]);
    }
  });

  test("nor by id, by member, or by an unfiltered, sorted, or root query", async () => {
    const filters = [
      `/Users?filter=${encodeURIComponent(`id eq "${ann}"`)}`,
      `/Groups?filter=${encodeURIComponent(`members eq "${ann}"`)}`,
    ];
    for (const path of filters) expect(match({ totalResults: 0 }, (await asOther("GET", path)).json)).toEqual([]);
    for (const path of ["/Users", "/Users?sortBy=userName", "/Groups?sortBy=displayName&sortOrder=descending"]) {
      const { json, text } = await asOther("GET", path);
      expect([match({ totalResults: 1 }, json), text.includes(ann), text.includes(team)]).toEqual([[], false, false]);
    }
    const { json, text } = await asOther("POST", "/.search", { filter: "id pr" });
    expect([match({ totalResults: 2 }, json), text.includes(ann), text.includes(team)]).toEqual([[], false, false]);
  });

  test("another tenant's user or group is no member, no manager, no target of bulk", async () => {
    for (const value of [ann, team]) {
      const answers = [
        await asOther("POST", "/Groups", { displayName: "Trap", members: [{ value }] }),
        await asOther("PATCH", `/Groups/${theirs}`, patch({ op: "add", path: "members", value: [{ value }] })),
        await asOther("PUT", `/Groups/${theirs}`, { displayName: "Gang", members: [{ value }] }),
      ];
      for (const { status, json } of answers) {
        expect([status, match({ scimType: "invalidValue" }, json)]).toEqual([400, []]);
      }
    }
    const { json } = await asOther(
      "POST",
      "/Bulk",
      bulk(
        { method: "DELETE", path: `/Users/${ann}` },
        { method: "PATCH", path: `/Groups/${team}`, data: patch({ op: "remove", path: "members" }) },
        { method: "PUT", path: `/Users/${ann}`, data: { userName: "mine" } },
      ),
    );
    expect(match({ Operations: [{ status: "404" }, { status: "404" }, { status: "404" }] }, json)).toEqual([]);
    await unchanged();
  });

  test("removing another tenant's member from a group of one's own changes nothing anywhere", async () => {
    const value = [{ value: ann }];
    expect((await asOther("PATCH", `/Groups/${theirs}`, patch({ op: "remove", path: "members", value }))).status).toBe(
      204,
    );
    await unchanged();
  });

  test("a bulkId of one request means nothing in another", async () => {
    await asOther(
      "POST",
      "/Bulk",
      bulk({ method: "POST", path: "/Users", bulkId: "b1", data: { userName: "mallory" } }),
    );
    const group = { displayName: "Late", members: [{ value: "bulkId:b1" }] };
    const { json } = await session.send(
      "POST",
      "/Bulk",
      bulk({ method: "POST", path: "/Groups", bulkId: "b2", data: group }),
    );
    expect(match({ Operations: [{ status: { $matches: "^4" } }] }, json)).toEqual([]);
  });

  test("a cursor of one tenant is refused to another", async () => {
    await session.host.create("/Users", { userName: "bo" });
    await asOther("POST", "/Users", { userName: "mallory" });
    const page = await session.send("GET", "/Users?cursor&count=1");
    const cursor = valueAt(page.json, "nextCursor");
    expect([page.status, typeof cursor]).toEqual([200, "string"]);
    const path = `/Users?count=1&cursor=${encodeURIComponent(String(cursor))}`;
    expect((await session.send("GET", path)).status).toBe(200);
    const stolen = await asOther("GET", path);
    expect([stolen.status, match({ scimType: "invalidCursor" }, stolen.json)]).toEqual([400, []]);
  });

  test("unique values are unique in a tenant: the same name elsewhere is no conflict, and tells nothing", async () => {
    const user = await asOther("POST", "/Users", { userName: "ann", externalId: "a-1" });
    const group = await asOther("POST", "/Groups", { displayName: "Team", externalId: "t-1" });
    expect([user.status, group.status]).toEqual([201, 201]);
    const again = await asOther("POST", "/Users", { userName: "ANN" });
    expect([again.status, again.text.includes(ann), again.text.includes(String(valueAt(user.json, "id")))]).toEqual([
      409,
      false,
      false,
    ]);
    expect((await session.host.state("one")).users).toHaveProperty("ann.id", ann);
  });

  test("a store that is given no tenant fails closed", async () => {
    const { users, groups } = await mount.openStores();
    const scim = createScim({ users, groups, authenticate: bearer(async () => nobody) });
    const closed = await openSession(mount, { ...memoryHost(), scim });
    const answers = [await closed.send("GET", "/Users"), await closed.send("POST", "/Users", { userName: "ann" })];
    expect(answers.map(({ status }) => status)).toEqual([500, 500]);
    await closed.mounted.close();
  });
});
