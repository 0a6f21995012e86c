/** What every AccessStore keeps: in memory, on an embedded PostgreSQL, on a server. */
import { type AccessStore, type AccessUnit, memoryAccess, type NewJournalEntry } from "scimkit/access";
import { kyselyAccess } from "scimkit/kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openDatabase } from "../kysely/host.ts";
import { startPostgres, type TestDatabase } from "../postgres.ts";

const server: TestDatabase | undefined = await startPostgres();
afterAll(async () => {
  await server?.stop();
});

interface Opened {
  readonly store: AccessStore;
  close(): Promise<void>;
}

async function onDatabase(url?: string): Promise<Opened> {
  const db = await openDatabase(url);
  const store = kyselyAccess(db, { schema: "access" });
  await store.migrate();
  await store.migrate();
  return { store, close: () => db.destroy() };
}

const stores: readonly (readonly [string, () => Promise<Opened>])[] = [
  ["memory", async () => ({ store: memoryAccess(), close: async () => {} })],
  ["PGlite", () => onDatabase()],
  ...(server === undefined ? [] : [["PostgreSQL", () => onDatabase(server.url)] as const]),
];

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

describe.each(stores)("An AccessStore: %s", (_name, open) => {
  let opened: Opened;
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
    const job = {
      id: "j1",
      connection: "c1",
      organisation: "acme",
      what: { kind: "reconcile", groups: ["g1"] },
      created: since,
      done: 5,
      total: 10,
      cursor: "u5",
      finished: undefined,
      blocked: [{ user: "u1", detail: "The last owner stays." }],
      problem: undefined,
    } as const;
    const receipt = {
      id: "p1",
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
    };
    await inside((unit) => unit.saveJob(job));
    await inside((unit) => unit.saveReceipt(receipt), "c2");
    expect(await store.waiting()).toEqual(["c1", "c2"]);
    expect(await inside((unit) => unit.jobs())).toEqual([job]);
    expect(await inside((unit) => unit.receipts("open", 10), "c2")).toEqual([receipt]);
    await inside((unit) => unit.saveJob({ ...job, finished: since, cursor: undefined }));
    await inside((unit) => unit.saveReceipt({ ...receipt, complete: true, remaining: 0 }), "c2");
    expect(await store.waiting()).toEqual([]);
    expect(await inside((unit) => unit.receipts("open", 10), "c2")).toEqual([]);
    expect(await inside((unit) => unit.receipts("all", 10), "c2")).toHaveLength(1);
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
