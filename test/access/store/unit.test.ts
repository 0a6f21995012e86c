/** What every AccessStore does whole or not at all, for one connection, and alone where it must be. */
import type { AccessUnit } from "scimkit/access";
import { afterAll, expect, test } from "vitest";
import { describeStores, stopServer } from "../stores.ts";
import { entryOf, jobOf, receiptOf, ruleOf, since } from "./records.ts";

afterAll(stopServer);

describeStores("An AccessStore’s units of work", ({ store, inside }) => {
  test("work that throws has not happened", async () => {
    await inside((unit) => unit.saveUsers([{ id: "u1", active: true, granted: [] }]));
    const work = inside(async (unit) => {
      await unit.saveUsers([
        { id: "u1", active: false, granted: ["x"] },
        { id: "u2", active: true, granted: [] },
      ]);
      await unit.join([{ group: "g1", member: "u1", since, request: undefined }]);
      await unit.record(entryOf("q1"), new Date(0));
      throw new Error("no");
    });
    await expect(work).rejects.toThrow("no");
    expect(await inside((unit) => unit.usersAfter(undefined, 9))).toEqual([{ id: "u1", active: true, granted: [] }]);
    expect(await inside((unit) => unit.membershipsOf(["u1"]))).toEqual([]);
    expect(await inside((unit) => unit.journal({ limit: 9 }))).toEqual([]);
  });

  test("rules, jobs and receipts that were saved or removed by work that throws are as before, in their order", async () => {
    await inside(async (unit) => {
      for (const id of ["r2", "r1"]) await unit.saveRule(ruleOf(id));
      await unit.saveGroup({ id: "g1", displayName: "Team" });
      await unit.saveJob(jobOf("j1"));
    });
    const work = inside(async (unit) => {
      await unit.removeRule("r2");
      await unit.saveRule(ruleOf("r3"));
      await unit.removeGroup("g1");
      await unit.saveJob(jobOf("j1", since));
      await unit.saveReceipt(receiptOf("p1"), new Date(0));
      throw new Error("no");
    });
    await expect(work).rejects.toThrow("no");
    expect((await inside((unit) => unit.rules())).map(({ id }) => id)).toEqual(["r2", "r1"]);
    expect(await inside((unit) => unit.groups(["g1"]))).toHaveLength(1);
    expect(await inside((unit) => unit.jobs())).toEqual([jobOf("j1")]);
    expect(await inside((unit) => unit.receipts("all", 9))).toEqual([]);
  });

  test("one connection changes nothing of another, though every id is the same", async () => {
    const fill = async (unit: AccessUnit): Promise<void> => {
      await unit.saveRule(ruleOf("r1"));
      await unit.saveUsers([{ id: "u1", active: true, granted: ["w/admin"] }]);
      for (const id of ["g1", "g2"]) await unit.saveGroup({ id, displayName: "Team" });
      await unit.join(["u1", "g2"].map((member) => ({ group: "g1", member, since, request: "q1" })));
      await unit.record(entryOf("q1", { deactivation: true }), new Date(0));
      await unit.saveJob(jobOf("j1"));
      await unit.saveReceipt(receiptOf("p1"), new Date(0));
    };
    const all = async (unit: AccessUnit) => [
      await unit.rules(),
      await unit.usersAfter(undefined, 9),
      await unit.groupsNamed("team"),
      await unit.membershipsOf(["u1", "g2"]),
      await unit.innerGroups(["g1"]),
      await unit.journal({ limit: 9 }),
      await unit.deactivatedSince(since),
      await unit.jobs(),
      await unit.receipts("open", 9),
    ];
    for (const connection of ["c1", "c2"]) await inside(fill, connection);
    const before = await inside(all);
    const late = new Date(since.getTime() + 1_000);
    await inside(async (unit) => {
      expect(await unit.removeRule("r1")).toBe(true);
      await unit.saveUsers([{ id: "u1", active: false, granted: [] }]);
      await unit.removeUser("u1");
      await unit.leave("g1", ["u1", "g2"]);
      await unit.removeGroup("g1");
      await unit.saveGroup({ id: "g2", displayName: "Other" });
      await unit.record(entryOf("q2", { at: late }), late);
      await unit.saveJob(jobOf("j1", since));
      await unit.saveReceipt({ ...receiptOf("p1"), complete: true }, new Date(0));
    }, "c2");
    expect(await inside(all)).toEqual(before);
    expect(await store.waiting()).toEqual(["c1"]);
  });

  test("nothing of one connection is seen by another, or forgotten with it", async () => {
    await inside(async (unit) => {
      await unit.saveUsers([{ id: "u1", active: true, granted: [] }]);
      await unit.saveGroup({ id: "g1", displayName: "Team" });
      await unit.join([{ group: "g1", member: "u1", since, request: undefined }]);
      await unit.record(entryOf("q1"), new Date(0));
    });
    const seen = await inside(
      async (unit) => [
        await unit.users(["u1"]),
        await unit.groupsNamed("Team"),
        await unit.membershipsOf(["u1"]),
        await unit.membersOf("g1", undefined, 9),
        await unit.journal({ limit: 9 }),
        await unit.countUsers("all"),
      ],
      "c2",
    );
    expect(seen).toEqual([[], [], [], [], [], 0]);
    await store.forget("c2");
    expect(await inside((unit) => unit.countUsers("all"))).toBe(1);
    await store.forget("c1");
    expect(await inside((unit) => unit.countUsers("all"))).toBe(0);
  });

  test("exclusive work runs alone: a hundred counts, each plus one, are a hundred", async () => {
    await inside((unit) => unit.saveGroup({ id: "count", displayName: "0" }));
    const plusOne = () =>
      store.within("c1", undefined, "exclusive", async (unit) => {
        const [group] = await unit.groups(["count"]);
        await unit.saveGroup({ id: "count", displayName: String(Number(group?.displayName) + 1) });
      });
    await Promise.all(Array.from({ length: 100 }, plusOne));
    expect(await inside((unit) => unit.groups(["count"]))).toEqual([{ id: "count", displayName: "100" }]);
  });
});
