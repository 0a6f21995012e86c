/** What every AccessStore keeps: in memory, on an embedded PostgreSQL, on a server. */
import type { AccessStore, AccessUnit, Job, NewJournalEntry, Receipt, Rule } from "scimkit/access";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type OpenStore, stopServer, stores } from "./stores.ts";

afterAll(stopServer);

const since = new Date("2026-11-25T14:05:00.123Z");

function entry(request: string, more: Partial<NewJournalEntry> = {}): NewJournalEntry {
  return {
    connection: "c1",
    request,
    at: since,
    operation: "patch",
    resourceType: "User",
    resourceId: "u1",
    name: "ann",
    before: { userName: "ann", name: { givenName: "Ann" } },
    after: { userName: "anna" },
    changed: ["userName"],
    members: { added: [], removed: [] },
    groups: [],
    deactivation: false,
    ...more,
  };
}

const jobOf = (id: string, finished?: Date): Job => ({
  id,
  connection: "c1",
  organisation: "acme",
  what: { kind: "reconcile", groups: ["g1"] },
  created: since,
  done: 5,
  total: 10,
  cursor: "u5",
  finished,
  blocked: [{ user: "u1", detail: "The last owner stays." }],
  problem: undefined,
});

const receiptOf = (id: string): Receipt => ({
  id,
  connection: "c2",
  organisation: "acme",
  user: "u1",
  surface: "sessions",
  request: "q1",
  at: since,
  ended: 2,
  remaining: 1,
  duration: 12,
  attempts: 1,
  complete: false,
  problem: "Some access is left.",
});

const ruleOf = (id: string): Rule => ({
  id,
  connection: "c1",
  created: since,
  group: { id: "g1" },
  role: "admin",
});

describe.each(stores)("An AccessStore: %s", (_name, open) => {
  let opened: OpenStore;
  let store: AccessStore;
  const inside = <T>(work: (unit: AccessUnit) => Promise<T>, connection = "c1"): Promise<T> =>
    store.within(connection, undefined, "shared", work);
  beforeAll(async () => {
    opened = await open();
    store = opened.store;
  });
  beforeEach(async () => {
    for (const connection of ["c1", "c2"]) await store.forget(connection);
  });
  afterAll(() => opened.close());

  test("rules, in the order in which they were made", async () => {
    const rules = [
      { id: "r2", connection: "c1", created: since, group: { id: "g1" }, role: "admin" },
      { id: "r1", connection: "c1", created: since, group: { displayName: "Team" }, role: "owner", workspace: "w2" },
    ];
    await inside(async (unit) => {
      for (const rule of rules) await unit.saveRule(rule);
    });
    expect(await inside((unit) => unit.rules())).toEqual(rules);
    expect(await inside((unit) => unit.removeRule("r2"))).toBe(true);
    expect(await inside((unit) => unit.removeRule("r2"))).toBe(false);
    expect(await inside((unit) => unit.rules())).toEqual([rules[1]]);
  });

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
      await unit.record(entry("q1", { name: "\0", after }), new Date(0));
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

  test("a journal that counts up, pages back, and ends where it is too old", async () => {
    const recorded = [];
    for (const request of ["q1", "q2", "q2"]) {
      recorded.push(await inside((unit) => unit.record(entry(request), new Date(0))));
    }
    const [first, second, third] = recorded;
    expect(await inside((unit) => unit.journal({ limit: 2 }))).toEqual([third, second]);
    expect(await inside((unit) => unit.journal({ limit: 2, before: second?.sequence }))).toEqual([first]);
    expect(await inside((unit) => unit.journal({ limit: 9, request: "q2" }))).toEqual([third, second]);
    expect(await inside((unit) => unit.journal({ limit: 9, since: new Date(since.getTime() + 1) }))).toEqual([]);
    const late = { at: new Date(since.getTime() + 1_000) };
    const fourth = await inside((unit) => unit.record(entry("q4", late), new Date(since.getTime() + 1)));
    expect(await inside((unit) => unit.journal({ limit: 9 }))).toEqual([fourth]);
  });

  test("a journal of hundreds is read page by page, each entry once, whatever other connections record", async () => {
    const sequences: number[] = [];
    for (let n = 0; n < 120; n++) {
      await inside((unit) => unit.record(entry("other"), new Date(0)), "c2");
      sequences.push((await inside((unit) => unit.record(entry("q"), new Date(0)))).sequence);
    }
    expect(sequences).toEqual([...new Set(sequences)].sort((a, b) => a - b));
    const read: number[] = [];
    for (let before: number | undefined; ; before = read.at(-1)) {
      const page = await inside((unit) => unit.journal({ before, limit: 7 }));
      if (page.length === 0) break;
      read.push(...page.map(({ sequence }) => sequence));
    }
    expect(read).toEqual(sequences.toReversed());
  });

  test("a journal is not shortened by work that throws", async () => {
    const first = await inside((unit) => unit.record(entry("q1"), new Date(0)));
    const late = new Date(since.getTime() + 1_000);
    const work = inside(async (unit) => {
      await unit.record(entry("q2", { at: late }), late);
      throw new Error("no");
    });
    await expect(work).rejects.toThrow("no");
    expect(await inside((unit) => unit.journal({ limit: 9 }))).toEqual([first]);
  });

  test("how many different people lost their access since a time", async () => {
    await inside(async (unit) => {
      for (const resourceId of ["u1", "u1", "u2"]) {
        await unit.record(entry("q", { resourceId, deactivation: true }), new Date(0));
      }
      await unit.record(entry("q", { resourceId: "u3" }), new Date(0));
    });
    expect(await inside((unit) => unit.deactivatedSince(since))).toBe(2);
    expect(await inside((unit) => unit.deactivatedSince(new Date(since.getTime() + 1)))).toBe(0);
  });

  test("jobs and receipts, and which connections wait for them", async () => {
    const job = jobOf("j1");
    const receipt = receiptOf("p1");
    await inside((unit) => unit.saveJob(job));
    await inside((unit) => unit.saveReceipt(receipt, new Date(0)), "c2");
    expect(await store.waiting()).toEqual(["c1", "c2"]);
    expect(await inside((unit) => unit.jobs())).toEqual([job]);
    expect(await inside((unit) => unit.receipts("open", 10), "c2")).toEqual([receipt]);
    await inside((unit) => unit.saveJob({ ...job, finished: since, cursor: undefined }));
    await inside((unit) => unit.saveReceipt({ ...receipt, complete: true, remaining: 0 }, new Date(0)), "c2");
    expect(await store.waiting()).toEqual([]);
    expect(await inside((unit) => unit.receipts("open", 10), "c2")).toEqual([]);
    expect(await inside((unit) => unit.receipts("all", 10), "c2")).toHaveLength(1);
  });

  test("every kind of job is read as it was written", async () => {
    const jobs: readonly Job[] = [
      { ...jobOf("j3"), what: { kind: "reconcileAll" }, total: undefined, cursor: undefined, blocked: [] },
      { ...jobOf("j1"), what: { kind: "readGroup", group: "g1" }, problem: "A batch failed." },
      { ...jobOf("j2"), finished: since },
    ];
    for (const job of jobs) await inside((unit) => unit.saveJob(job));
    expect(await inside((unit) => unit.jobs())).toEqual(jobs);
  });

  test("of the jobs that are finished the last fifty are kept, and all that are not", async () => {
    await inside(async (unit) => {
      await unit.saveJob(jobOf("open"));
      for (let n = 0; n < 60; n++) await unit.saveJob(jobOf(`j${n}`, since));
    });
    const kept = Array.from({ length: 50 }, (_, n) => `j${n + 10}`);
    expect((await inside((unit) => unit.jobs())).map(({ id }) => id)).toEqual(["open", ...kept]);
  });

  test("receipts, newest first and no more than asked for; one that is tried again keeps its place", async () => {
    await inside(async (unit) => {
      for (const id of ["p3", "p1", "p2"]) await unit.saveReceipt(receiptOf(id), new Date(0));
      await unit.saveReceipt({ ...receiptOf("p3"), attempts: 2, ended: undefined, remaining: undefined }, new Date(0));
      await unit.saveReceipt({ ...receiptOf("p1"), complete: true, problem: undefined }, new Date(0));
    });
    const ids = async (which: "all" | "open", limit: number) =>
      (await inside((unit) => unit.receipts(which, limit))).map(({ id }) => id);
    expect(await ids("all", 9)).toEqual(["p2", "p1", "p3"]);
    expect(await ids("all", 2)).toEqual(["p2", "p1"]);
    expect(await ids("open", 9)).toEqual(["p2", "p3"]);
    const [, , oldest] = await inside((unit) => unit.receipts("all", 9));
    expect(oldest).toEqual({ ...receiptOf("p3"), attempts: 2, ended: undefined, remaining: undefined });
  });

  test("receipts that are too old end, but for those that are not complete", async () => {
    const at = (milliseconds: number) => new Date(since.getTime() + milliseconds);
    const receipt = (id: string, milliseconds: number, complete: boolean) => ({
      ...receiptOf(id),
      at: at(milliseconds),
      complete,
    });
    await inside(async (unit) => {
      await unit.saveReceipt(receipt("open", 0, false), new Date(0));
      await unit.saveReceipt(receipt("retried", 0, false), new Date(0));
      await unit.saveReceipt(receipt("old", 1, true), new Date(0));
      await unit.saveReceipt(receipt("young", 2, true), new Date(0));
      await unit.saveReceipt(receipt("retried", 3, true), at(1));
    });
    const ids = async () => (await inside((unit) => unit.receipts("all", 9))).map(({ id }) => id);
    expect(await ids()).toEqual(["young", "old", "retried", "open"]);
    await inside((unit) => unit.saveReceipt(receipt("new", 4, true), at(2)));
    expect(await ids()).toEqual(["new", "young", "retried", "open"]);
    await inside((unit) => unit.saveReceipt(receipt("open", 1, true), at(3)));
    expect(await ids()).toEqual(["new", "retried", "open"]);
    await inside((unit) => unit.saveReceipt(receipt("newer", 5, true), at(3)), "c2");
    await inside((unit) => unit.saveReceipt(receipt("newest", 9, true), at(9)));
    expect(await ids()).toEqual(["newest"]);
    expect(await inside((unit) => unit.receipts("all", 9), "c2")).toHaveLength(1);
  });

  test("receipts are not dropped by work that throws", async () => {
    const late = new Date(since.getTime() + 1_000);
    await inside(async (unit) => {
      for (const id of ["p2", "p1"]) await unit.saveReceipt({ ...receiptOf(id), complete: true }, new Date(0));
    });
    const work = inside(async (unit) => {
      await unit.saveReceipt({ ...receiptOf("p3"), at: late, complete: true }, late);
      throw new Error("no");
    });
    await expect(work).rejects.toThrow("no");
    const ids = async () => (await inside((unit) => unit.receipts("all", 9))).map(({ id }) => id);
    expect(await ids()).toEqual(["p1", "p2"]);
    await inside((unit) => unit.saveReceipt({ ...receiptOf("p3"), at: late, complete: true }, late));
    expect(await ids()).toEqual(["p3"]);
  });

  test("work that throws has not happened", async () => {
    await inside((unit) => unit.saveUsers([{ id: "u1", active: true, granted: [] }]));
    const work = inside(async (unit) => {
      await unit.saveUsers([
        { id: "u1", active: false, granted: ["x"] },
        { id: "u2", active: true, granted: [] },
      ]);
      await unit.join([{ group: "g1", member: "u1", since, request: undefined }]);
      await unit.record(entry("q1"), new Date(0));
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
      await unit.record(entry("q1", { deactivation: true }), new Date(0));
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
      await unit.record(entry("q2", { at: late }), late);
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
      await unit.record(entry("q1"), new Date(0));
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
