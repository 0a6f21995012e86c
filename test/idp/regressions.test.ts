/** What happened to other servers, by the number of the catalogue of behaviours: none of it may happen here. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { match } from "../match.ts";
import { served } from "../served.ts";
import { openSession, type Session } from "../session.ts";
import { valueAt } from "../variables.ts";

const enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

describe.each(served())("Regressions over $name", (mount) => {
  let session: Session;
  let ann: string;
  let bo: string;
  let team: string;
  const members = async (name = "Team"): Promise<readonly string[]> => {
    const { groups } = await session.host.state();
    return [...(groups[name] ?? [])].sort();
  };
  beforeEach(async () => {
    session = await openSession(mount);
    ann = await session.host.create("/Users", { userName: "ann", displayName: "Ann", externalId: "a-1" });
    bo = await session.host.create("/Users", { userName: "bo" });
    const both = [{ value: ann }, { value: bo }];
    team = await session.host.create("/Groups", { displayName: "Team", members: both });
    await session.host.takeEvents();
  });
  afterEach(() => session.mounted.close());

  test("R1 Remove members with a value does not empty the group", async () => {
    const value = [{ $ref: null, value: ann }];
    const { status } = await session.patch(`/Groups/${team}`, { op: "Remove", path: "members", value });
    expect([status, await members()]).toEqual([204, ["bo"]]);
  });

  test("R1 nor does an empty list of values", async () => {
    const { status } = await session.patch(`/Groups/${team}`, { op: "remove", path: "members", value: [] });
    expect([status, await members()]).toEqual([204, ["ann", "bo"]]);
  });

  test("R2 a remove filter removes whom it names, and nobody else", async () => {
    const path = `members[value eq "${bo}"]`;
    const { status } = await session.patch(`/Groups/${team}`, { op: "remove", path });
    expect([status, await members()]).toEqual([204, ["ann"]]);
  });

  test.each([
    ["a name", (): unknown => ({ op: "replace", path: "displayName", value: "New" })],
    ["a pathless name", (): unknown => ({ op: "replace", value: { displayName: "New" } })],
    ["the whole group but its members", (): unknown => ({ op: "replace", value: { id: team, displayName: "New" } })],
  ])("R3 replacing %s keeps the members", async (_, operation) => {
    const { status } = await session.patch(`/Groups/${team}`, operation());
    expect([status, await members("New")]).toEqual([204, ["ann", "bo"]]);
  });

  test("R4, Q59 an unknown member is refused by name, and the others stay", async () => {
    const replacement = [{ value: ann }, { value: "U404" }];
    const put = await session.send("PUT", `/Groups/${team}`, { displayName: "Team", members: replacement });
    const patched = await session.patch(`/Groups/${team}`, { op: "replace", path: "members", value: replacement });
    const added = await session.patch(`/Groups/${team}`, { op: "add", path: "members", value: replacement });
    for (const { status, json } of [put, patched, added]) {
      expect([status, match({ scimType: "invalidValue", detail: { $matches: "U404" } }, json)]).toEqual([400, []]);
    }
    expect(await members()).toEqual(["ann", "bo"]);
    expect(await session.host.takeEvents()).toEqual([]);
  });

  test("R5 a group of 1,000 keeps everybody when one joins and one leaves", async () => {
    const ids: string[] = [];
    for (let index = 0; index < 1_000; index++) {
      ids.push(await session.host.create("/Users", { userName: `user${index}` }));
    }
    const large = await session.host.create("/Groups", {
      displayName: "Large",
      members: ids.map((value) => ({ value })),
    });
    await session.patch(`/Groups/${large}`, { op: "add", path: "members", value: [{ value: ann }] });
    await session.patch(`/Groups/${large}`, { op: "remove", path: `members[value eq "${ids[500]}"]` });
    await session.patch(`/Groups/${large}`, { op: "replace", path: "displayName", value: "Larger" });
    const now = await members("Larger");
    expect(now).toHaveLength(1_000);
    expect(now).toContain("ann");
    expect(now).not.toContain("user500");
    const { json } = await session.send("GET", `/Groups/${large}`);
    expect(match({ members: { $length: 1_000 } }, json)).toEqual([]);
  });

  test("R6 dotted and URN keys without path are paths, not keys", async () => {
    const value = { "name.givenName": "Ann", "name.familyName": "Ling", [`${enterprise}:department`]: "IT" };
    const { status, json } = await session.patch(`/Users/${ann}`, { op: "replace", value });
    const expected = { name: { givenName: "Ann", familyName: "Ling" }, [enterprise]: { department: "IT" } };
    expect([status, match(expected, json)]).toEqual([200, []]);
    const { users } = await session.host.state();
    expect(Object.keys(users.ann ?? {}).filter((key) => key.includes(".") && key !== enterprise)).toEqual([]);
  });

  test("R7 remove without filter and value means all, and only then", async () => {
    const { status } = await session.patch(`/Groups/${team}`, { op: "remove", path: "members" });
    expect([status, await members()]).toEqual([204, []]);
  });

  test("R8 a PUT without active does not enable a disabled person", async () => {
    await session.patch(`/Users/${ann}`, { op: "replace", path: "active", value: false });
    const { status, json } = await session.send("PUT", `/Users/${ann}`, { userName: "ann", displayName: "Ann Lee" });
    expect([status, match({ active: false, displayName: "Ann Lee" }, json)]).toEqual([200, []]);
  });

  test("R9 $ref null does not make a present member a new one", async () => {
    const value = [{ $ref: null, value: ann }];
    const { status } = await session.patch(`/Groups/${team}`, { op: "Add", path: "members", value });
    expect([status, await members(), await session.host.takeEvents()]).toEqual([204, ["ann", "bo"], []]);
    const { json } = await session.send("GET", `/Groups/${team}`);
    expect(match({ members: { $length: 2 } }, json)).toEqual([]);
  });

  test.each(["nonsense eq 1", "displayName zz 1", "members.value.more eq 1", "displayName"])(
    "R10 a filter that cannot be evaluated (%s) is an error, not everything",
    async (filter) => {
      const { status, json } = await session.send("GET", `/Groups?filter=${encodeURIComponent(filter)}`);
      expect([status, match({ scimType: "invalidFilter", Resources: { $absent: true } }, json)]).toEqual([400, []]);
    },
  );

  test("R11 a list of values is not cut to its first", async () => {
    const other = await session.host.create("/Groups", { displayName: "Other" });
    const value = [{ value: ann }, { value: bo }];
    await session.patch(`/Groups/${other}`, { op: "Add", path: "members", value });
    expect(await members("Other")).toEqual(["ann", "bo"]);
    await session.patch(`/Groups/${other}`, { op: "Remove", path: "members", value });
    expect(await members("Other")).toEqual([]);
  });

  test.each(["userName", "externalId", "id", "displayName", "emails.value"])(
    "R12 the keep-alive's GUID as %s finds nobody, without an error",
    async (attribute) => {
      const filter = encodeURIComponent(`${attribute} eq "7d420df3-9995-4831-a406-ecf8166f5f6a"`);
      const { status, json } = await session.send("GET", `/Users?filter=${filter}`);
      expect([status, match({ totalResults: 0, Resources: [] }, json)]).toEqual([200, []]);
    },
  );

  test("R13 disabled users are listed, found and read", async () => {
    await session.patch(`/Users/${ann}`, { op: "replace", path: "active", value: false });
    const disabled = { id: ann, active: false };
    const listed = await session.send("GET", "/Users");
    expect(match({ totalResults: 2, Resources: { $contains: [disabled] } }, listed.json)).toEqual([]);
    const found = await session.send("GET", `/Users?filter=${encodeURIComponent('userName eq "ann"')}`);
    expect(match({ Resources: [disabled] }, found.json)).toEqual([]);
    expect(match(disabled, (await session.send("GET", `/Users/${ann}`)).json)).toEqual([]);
  });

  test.each(["False", "false", "FALSE"])("R14 active %j as a string is false", async (value) => {
    const { status, json } = await session.patch(`/Users/${ann}`, { op: "Replace", path: "active", value });
    expect([status, valueAt(json, "active")]).toEqual([200, false]);
  });

  test("R14 and no other string is anything", async () => {
    const { status, json } = await session.patch(`/Users/${ann}`, { op: "Replace", path: "active", value: "no" });
    expect([status, match({ scimType: "invalidValue" }, json)]).toEqual([400, []]);
    expect(valueAt((await session.host.state()).users.ann, "active")).toBe(true);
  });

  test("R15 a PATCH without operations succeeds and changes nothing", async () => {
    const before = await session.send("GET", `/Users/${ann}`);
    const { status, json } = await session.patch(`/Users/${ann}`);
    expect([status, json]).toEqual([200, before.json]);
    expect((await session.patch(`/Groups/${team}`)).status).toBe(204);
    expect(await session.host.takeEvents()).toEqual([]);
  });

  test("R16 a value path that matches nothing does not cost the rest of the PATCH", async () => {
    const { status, json } = await session.patch(
      `/Users/${ann}`,
      { op: "Replace", path: "displayName", value: "Ann Ling" },
      { op: "Add", path: 'phoneNumbers[type eq "mobile"].value', value: "+45" },
    );
    const expected = { displayName: "Ann Ling", phoneNumbers: [{ type: "mobile", value: "+45" }] };
    expect([status, match(expected, json)]).toEqual([200, []]);
  });

  test("R17 every id in every answer is a string", async () => {
    const { json } = await session.send("GET", `/Groups/${team}`);
    const string = { $type: "string" };
    expect(match({ id: string, members: [{ value: string }, { value: string }] }, json)).toEqual([]);
    const { json: users } = await session.send("GET", "/Users");
    expect(match({ Resources: [{ id: string, externalId: "a-1" }, { id: string }] }, users)).toEqual([]);
  });
});
