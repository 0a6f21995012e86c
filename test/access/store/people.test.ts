/** What every AccessStore knows of people: users, groups and memberships. */
import { afterAll, expect, test } from "vitest";
import { describeStores, stopServer } from "../stores.ts";
import { entryOf, since } from "./records.ts";

afterAll(stopServer);

describeStores("An AccessStore’s people", ({ inside }) => {
  test("users, by id and in the order of ids", async () => {
    const users = ["b", "B", "a", "é"].map((id) => ({ id, active: id !== "a", granted: ["w/x%2Fy"] }));
    await inside((unit) => unit.saveUsers(users));
    expect((await inside((unit) => unit.usersAfter(undefined, 10))).map(({ id }) => id)).toEqual(["B", "a", "b", "é"]);
    expect((await inside((unit) => unit.usersAfter("a", 1))).map(({ id }) => id)).toEqual(["b"]);
    expect(await inside((unit) => unit.users(["a", "x"]))).toEqual([{ id: "a", active: false, granted: ["w/x%2Fy"] }]);
    expect(await inside((unit) => unit.lockUsers([]))).toEqual([]);
    expect(await inside(async (unit) => [await unit.countUsers("all"), await unit.countUsers("active")])).toEqual([
      4, 3,
    ]);
    await inside(async (unit) => {
      await unit.saveUsers([{ id: "a", active: true, granted: [] }]);
      await unit.removeUser("b");
    });
    expect(await inside((unit) => unit.users(["a", "b"]))).toEqual([{ id: "a", active: true, granted: [] }]);
  });

  test("users who are asked for twice are locked once; who is saved twice is as they were saved last", async () => {
    const user = (id: string, active: boolean) => ({ id, active, granted: [] });
    await inside((unit) => unit.saveUsers([user("u1", true), user("u2", true), user("u1", false)]));
    const locked = await inside((unit) => unit.lockUsers(["u1", "nobody", "u2"]));
    expect(locked).toEqual([user("u1", false), user("u2", true)]);
    expect(await inside((unit) => unit.countUsers("active"))).toBe(1);
  });

  test("users whose roles a job has left as they were, until they are saved without", async () => {
    const user = (id: string, detail?: string) => ({
      id,
      active: true,
      granted: ["w/owner"],
      ...(detail === undefined ? {} : { blocked: { job: "j1", detail } }),
    });
    const blocked = (limit: number) => inside((unit) => unit.blockedUsers(limit));
    await inside((unit) => unit.saveUsers([user("u3", "The last owner stays."), user("u2"), user("u1", "No.")]));
    expect(await blocked(9)).toEqual([user("u1", "No."), user("u3", "The last owner stays.")]);
    expect(await blocked(1)).toEqual([user("u1", "No.")]);
    expect(await inside((unit) => unit.lockUsers(["u2", "u3"]))).toEqual([
      user("u2"),
      user("u3", "The last owner stays."),
    ]);
    expect(await inside((unit) => unit.blockedUsers(9), "c2")).toEqual([]);
    await inside((unit) => unit.saveUsers([user("u1", "Not \0 now.")]));
    expect((await blocked(1))[0]?.blocked).toMatchObject({
      job: "j1",
      detail: expect.stringMatching(/^Not . now\.$/su),
    });
    await inside(async (unit) => {
      await unit.saveUsers([user("u3")]);
      await unit.removeUser("u1");
    });
    expect(await blocked(9)).toEqual([]);
    expect(await inside((unit) => unit.users(["u3"]))).toEqual([user("u3")]);
  });

  test("groups, by id and by name whatever its case", async () => {
    await inside(async (unit) => {
      await unit.saveGroup({ id: "g1", displayName: "Équipe" });
      await unit.saveGroup({ id: "g2", displayName: "team" });
      await unit.saveGroup({ id: "g2", displayName: "équipe" });
    });
    expect((await inside((unit) => unit.groupsNamed("ÉQUIPE"))).map(({ id }) => id)).toEqual(["g1", "g2"]);
    expect(await inside((unit) => unit.groupsNamed("team"))).toEqual([]);
    expect(await inside((unit) => unit.groups(["g2", "x"]))).toEqual([{ id: "g2", displayName: "équipe" }]);
    await inside((unit) => unit.removeGroup("g1"));
    expect(await inside((unit) => unit.groups(["g1"]))).toEqual([]);
  });

  test("memberships both ways; joining again changes nothing", async () => {
    const join = (member: string, request: string | undefined) => ({ group: "g1", member, since, request });
    await inside((unit) => unit.join([join("u2", "q1"), join("u1", undefined)]));
    await inside((unit) => unit.join([{ ...join("u1", "q9"), since: new Date() }]));
    expect(await inside((unit) => unit.membersOf("g1", undefined, 10))).toEqual(["u1", "u2"]);
    expect(await inside((unit) => unit.membersOf("g1", "u1", 10))).toEqual(["u2"]);
    expect(await inside((unit) => unit.membershipsOf(["u1", "u2"]))).toEqual([join("u1", undefined), join("u2", "q1")]);
    await inside((unit) => unit.leave("g1", ["u1", "nobody"]));
    expect(await inside((unit) => unit.membershipsOf(["u1"]))).toEqual([]);
  });

  test("groups within groups, one level at a time", async () => {
    await inside(async (unit) => {
      for (const id of ["g1", "g2", "g3", "g4"]) await unit.saveGroup({ id, displayName: id });
      const join = (group: string, member: string) => ({ group, member, since, request: undefined });
      await unit.join([join("g1", "u1"), join("g1", "g2"), join("g4", "g2"), join("g2", "g3"), join("g3", "g1")]);
    });
    expect(await inside((unit) => unit.innerGroups(["g1", "g4", "g3"]))).toEqual(["g1", "g2"]);
    expect(await inside((unit) => unit.innerGroups([]))).toEqual([]);
  });

  test("ids with characters of every kind are ids, and what no column can hold is nobody's", async () => {
    const ids = ["'; drop table scim_access_user; --", "\\", "%_", "漢字", '"{}"'].sort();
    await inside(async (unit) => {
      await unit.saveUsers(ids.map((id) => ({ id, active: true, granted: [] })));
      await unit.join(ids.map((member) => ({ group: "it's", member, since, request: undefined })));
    });
    expect((await inside((unit) => unit.users(ids))).map(({ id }) => id)).toEqual(ids);
    expect(await inside((unit) => unit.membersOf("it's", undefined, 9))).toEqual(ids);
    const impossible = ["\0", "\ud800", "a\0b"];
    const found = await inside(async (unit) => [
      await unit.users(impossible),
      await unit.lockUsers(impossible),
      await unit.groups(impossible),
      await unit.membershipsOf(impossible),
      await unit.innerGroups(impossible),
      await unit.groupsNamed("\0"),
      await unit.membersOf("\0", undefined, 9),
    ]);
    expect(found).toEqual([[], [], [], [], [], [], []]);
    expect(await inside((unit) => unit.removeRule("\0"))).toBe(false);
  });

  test("a text that no column can hold is written all the same: the host's own tables may hold it", async () => {
    const after = { nickName: "a\0b\ud800", active: true };
    await inside(async (unit) => {
      await unit.record(entryOf("q1", { name: "\0", after }), new Date(0));
      await unit.saveGroup({ id: "g1", displayName: "Te\0am" });
    });
    const [kept] = await inside((unit) => unit.journal({ limit: 1 }));
    expect([kept?.request, kept?.after?.active]).toEqual(["q1", true]);
    expect((await inside((unit) => unit.groupsNamed("te\0AM"))).map(({ id }) => id)).toEqual(["g1"]);
  });

  test("fifty thousand who join and leave at once", async () => {
    const ids = Array.from({ length: 50_000 }, (_, n) => `u${String(n).padStart(5, "0")}`);
    await inside((unit) => unit.join(ids.map((member) => ({ group: "g1", member, since, request: "q1" }))));
    expect(await inside((unit) => unit.membersOf("g1", "u49997", 10))).toEqual(["u49998", "u49999"]);
    await inside((unit) => unit.leave("g1", ids.slice(1)));
    expect(await inside((unit) => unit.membersOf("g1", undefined, 10))).toEqual(["u00000"]);
  });
});
