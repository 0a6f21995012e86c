/** Undo: what a connection has written can be taken back, resource by resource, and nothing is forced. */
import { ScimError } from "scimkit";
import type { AccessEvent } from "scimkit/access";
import { beforeEach, describe, expect, test } from "vitest";
import { type AccessHost, accessHost } from "./host.ts";

describe("Taking back", () => {
  let host: AccessHost;
  let ann: string;
  let bo: string;
  let team: string;
  const latest = async () => (await host.access.journal("acme", host.connection.id))[0];
  const revert = async (request: string | undefined) =>
    host.access.revert("acme", host.connection.id, { request: request ?? "" });
  const read = async (url: string) => (await host.send("GET", url)).json;
  beforeEach(async () => {
    host = await accessHost();
    ann = await host.create("/Users", { userName: "ann", title: "CTO", name: { givenName: "Ann" } });
    bo = await host.create("/Users", { userName: "bo" });
    team = await host.create("/Groups", { displayName: "Team", members: [{ value: ann }] });
  });

  test("a PATCH gives its attributes their old values back, and keeps the others", async () => {
    await host.patch(
      `/Users/${ann}`,
      { op: "replace", path: "title", value: "CEO" },
      { op: "add", path: "name.familyName", value: "A" },
      { op: "add", path: "emails", value: [{ value: "a@x.example", type: "work" }] },
    );
    const written = await latest();
    const steps = await host.access.previewRevert("acme", host.connection.id, { request: written?.request ?? "" });
    expect(steps).toMatchObject([
      { resourceId: ann, action: "restore", paths: ["title", "name.familyName", "emails"] },
    ]);
    expect(await read(`/Users/${ann}`)).toMatchObject({ title: "CEO" });
    expect((await revert(written?.request))[0]?.conflict).toBeUndefined();
    const user = await read(`/Users/${ann}`);
    expect(user).toMatchObject({ title: "CTO", name: { givenName: "Ann" } });
    expect(Object.keys(user)).not.toContain("emails");
    expect(await latest()).toMatchObject({ operation: "patch", resourceId: ann, revertOf: written?.request });
  });

  test("what was changed since is left as it is, and said so", async () => {
    await host.patch(`/Users/${ann}`, { op: "replace", path: "title", value: "CEO" });
    const written = await latest();
    await host.patch(`/Users/${ann}`, { op: "replace", path: "title", value: "Chair" });
    const [step] = await revert(written?.request);
    expect(step).toMatchObject({ action: "nothing", conflict: "Changed since: title." });
    expect(await read(`/Users/${ann}`)).toMatchObject({ title: "Chair" });
  });

  test("taking back twice does nothing the second time", async () => {
    await host.patch(`/Users/${ann}`, { op: "replace", path: "title", value: "CEO" });
    const written = await latest();
    await revert(written?.request);
    expect(await revert(written?.request)).toMatchObject([{ action: "nothing", paths: [] }]);
    expect((await revert(written?.request))[0]?.conflict).toBeUndefined();
  });

  test("members who came go, and those who went come back", async () => {
    await host.patch(
      `/Groups/${team}`,
      { op: "remove", path: `members[value eq "${ann}"]` },
      { op: "add", path: "members", value: [{ value: bo }] },
    );
    await revert((await latest())?.request);
    expect((await read(`/Groups/${team}`)).members).toEqual([{ value: ann, type: "User" }]);
  });

  test("what was created is deleted, unless it was changed since", async () => {
    const cy = await host.create("/Users", { userName: "cy" });
    const created = await latest();
    await host.patch(`/Users/${cy}`, { op: "replace", path: "title", value: "CEO" });
    expect(await revert(created?.request)).toMatchObject([
      { action: "delete", conflict: expect.stringContaining("title") },
    ]);
    const since = new Date(Date.now() - 60_000);
    const all = await host.access.previewRevert("acme", host.connection.id, { since });
    expect(all.find(({ resourceId }) => resourceId === cy)).toMatchObject({ action: "delete" });
    expect(all.find(({ resourceId }) => resourceId === cy)?.conflict).toBeUndefined();
  });

  test("what was deleted comes back under another id, in its groups", async () => {
    await host.send("DELETE", `/Users/${ann}`);
    const [step] = await revert((await latest())?.request);
    expect(step).toMatchObject({ action: "recreate", resourceId: ann, name: "ann" });
    expect(step?.conflict).toBeUndefined();
    const found = await read(`/Users?filter=${encodeURIComponent('userName eq "ann"')}`);
    expect(found).toMatchObject({ totalResults: 1, Resources: [{ title: "CTO", name: { givenName: "Ann" } }] });
    const members = (await read(`/Groups/${team}`)).members;
    expect(members).toEqual([{ value: Object(found.Resources)[0].id, type: "User" }]);
  });

  test("a deleted group comes back with its members", async () => {
    await host.send("DELETE", `/Groups/${team}`);
    await revert((await latest())?.request);
    const found = await read("/Groups?filter=displayName+eq+%22Team%22");
    expect(found).toMatchObject({ totalResults: 1, Resources: [{ members: [{ value: ann, type: "User" }] }] });
  });

  test("everything since a time: a company that a mistake has deactivated is active again", async () => {
    const ids: string[] = [];
    for (let n = 1; n <= 20; n++) ids.push(await host.create("/Users", { userName: `user${n}` }));
    await new Promise((resolve) => setTimeout(resolve, 5));
    const since = new Date();
    for (const id of ids) await host.patch(`/Users/${id}`, { op: "replace", path: "active", value: false });
    expect((await read("/Users?filter=active+eq+false")).totalResults).toBe(20);
    const steps = await host.access.revert("acme", host.connection.id, { since });
    expect(steps.filter(({ action, conflict }) => action === "restore" && conflict === undefined)).toHaveLength(20);
    expect((await read("/Users?filter=active+eq+false")).totalResults).toBe(0);
  });

  test("the writes of one bulk request are taken back together", async () => {
    const add = (userName: string) => ({ method: "POST", path: "/Users", bulkId: userName, data: { userName } });
    const schemas = ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"];
    await host.send("POST", "/Bulk", { schemas, Operations: [add("x"), add("y")] });
    const steps = await revert((await latest())?.request);
    expect(steps.map(({ name, action }) => [name, action])).toEqual([
      ["x", "delete"],
      ["y", "delete"],
    ]);
    expect((await read("/Users")).totalResults).toBe(2);
  });

  test("what the host's rules refuse is said, and the rest goes on", async () => {
    const full = await accessHost({
      admit: ({ userName }) => {
        if (userName === "bo" && isFull) throw new ScimError(403, "All seats are taken.");
      },
    });
    let isFull = false;
    const one = await full.create("/Users", { userName: "ann" });
    const two = await full.create("/Users", { userName: "bo" });
    await new Promise((resolve) => setTimeout(resolve, 5));
    const since = new Date();
    for (const id of [one, two]) await full.patch(`/Users/${id}`, { op: "replace", path: "active", value: false });
    isFull = true;
    const steps = await full.access.revert("acme", full.connection.id, { since });
    expect(steps.map(({ name, conflict }) => [name, conflict])).toEqual([
      ["ann", undefined],
      ["bo", "All seats are taken."],
    ]);
  });

  test.each([{}, { request: 7 }, { since: "2026" }, { since: new Date(Number.NaN) }, null])(
    "a selection that says nothing is refused: %j",
    async (selection) => {
      const given = JSON.parse(JSON.stringify(selection));
      await expect(host.access.revert("acme", host.connection.id, given)).rejects.toMatchObject({
        code: "invalidValue",
      });
    },
  );

  test("no password is in the journal", async () => {
    await host.create("/Users", { userName: "eve", password: "t1meMa$heen" });
    expect(JSON.stringify(await host.access.journal("acme", host.connection.id))).not.toContain("t1meMa");
  });
});

test("an alarm sounds once when a connection deactivates an unusual share of its users", async () => {
  const events: AccessEvent[] = [];
  const host = await accessHost({
    alarm: { share: 0.5, least: 3, minutes: 10 },
    onEvent: (event) => {
      events.push(event);
    },
  });
  const ids: string[] = [];
  for (let n = 1; n <= 6; n++) ids.push(await host.create("/Users", { userName: `user${n}` }));
  for (const id of ids.slice(0, 2)) await host.patch(`/Users/${id}`, { op: "replace", path: "active", value: false });
  expect(events).toEqual([]);
  for (const id of ids.slice(2, 5))
    expect((await host.patch(`/Users/${id}`, { op: "replace", path: "active", value: false })).status).toBe(200);
  expect(events).toMatchObject([{ type: "alarm.deactivations", organisation: "acme", deactivated: 3, users: 6 }]);
});
