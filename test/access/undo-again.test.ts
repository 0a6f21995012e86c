/** Undo again: a revert that was interrupted is finished by another, and what is taken back already stays as it is. */
import { type JournalEntry, memoryAccess } from "scimkit/access";
import { describe, expect, test } from "vitest";
import { type AccessHost, accessHost, newStores } from "./host.ts";
import { momentAfter, stateOf } from "./host-state.ts";

const off = { op: "replace", path: "active", value: false };
const values = (ids: readonly string[]): readonly object[] => ids.map((value) => ({ value }));

async function people(host: AccessHost, count: number): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let n = 0; n < count; n++) ids.push(await host.create("/Users", { userName: `user${n}`, active: true }));
  return ids;
}

describe("Taking back the same again", () => {
  test("a deleted user and a deleted group come back once, by request and by time", async () => {
    const host = await accessHost();
    const [ann = "", bo = ""] = await people(host, 2);
    const team = await host.create("/Groups", { displayName: "Team", members: values([ann, bo]) });
    const before = await stateOf(host);
    const since = await momentAfter();
    await host.send("DELETE", `/Users/${ann}`);
    await host.send("DELETE", `/Groups/${team}`);
    const [ofTeam, ofAnn] = await host.access.journal("acme", host.connection.id);
    const selections = [{ request: ofAnn?.request ?? "" }, { request: ofTeam?.request ?? "" }, { since }];
    for (const selection of selections) await host.access.revert("acme", host.connection.id, selection);
    expect(await stateOf(host)).toEqual(before);
    for (const selection of selections) {
      for (const step of await host.access.revert("acme", host.connection.id, selection)) {
        expect(step).toMatchObject({ action: "nothing", paths: [], members: { add: [], remove: [] } });
        expect(step.conflict).toBeUndefined();
      }
    }
    expect(await stateOf(host)).toEqual(before);
  });

  test("members who have been brought back already are not brought back over what came later", async () => {
    const host = await accessHost();
    const [ann = ""] = await people(host, 1);
    const team = await host.create("/Groups", { displayName: "Team", members: values([ann]) });
    await host.send("DELETE", `/Users/${ann}`);
    const request = (await host.access.journal("acme", host.connection.id))[0]?.request ?? "";
    await host.access.revert("acme", host.connection.id, { request });
    const [again] = Object((await host.send("GET", `/Groups/${team}`)).json).members;
    await host.patch(`/Groups/${team}`, { op: "remove", path: `members[value eq "${again.value}"]` });
    expect(await host.access.revert("acme", host.connection.id, { request })).toMatchObject([{ action: "nothing" }]);
    expect((await host.send("GET", `/Groups/${team}`)).json.members ?? []).toEqual([]);
  });

  test("what came back and was deleted since stays deleted, and is said so", async () => {
    const host = await accessHost();
    const [ann = ""] = await people(host, 1);
    await host.send("DELETE", `/Users/${ann}`);
    const request = (await host.access.journal("acme", host.connection.id))[0]?.request ?? "";
    await host.access.revert("acme", host.connection.id, { request });
    const [again] = await host.access.journal("acme", host.connection.id);
    expect(again).toMatchObject({ operation: "create", revertOf: request, recreates: ann });
    await host.send("DELETE", `/Users/${again?.resourceId}`);
    const conflict = "It was made again, and has been deleted since.";
    expect(await host.access.previewRevert("acme", host.connection.id, { request })).toMatchObject([
      { action: "nothing", conflict },
    ]);
    expect((await host.send("GET", "/Users")).json.totalResults).toBe(0);
  });

  test("a revert is taken back like any other write, where what it took back is not selected too", async () => {
    const host = await accessHost();
    const [ann = "", bo = ""] = await people(host, 2);
    const team = await host.create("/Groups", { displayName: "Team", members: values([bo]) });
    const first = await momentAfter();
    await host.patch(`/Users/${ann}`, off);
    await host.send("DELETE", `/Users/${bo}`);
    const mistake = await stateOf(host);
    const second = await momentAfter();
    await host.access.revert("acme", host.connection.id, { since: first });
    const right = await stateOf(host);
    await host.access.revert("acme", host.connection.id, { since: second });
    expect(await stateOf(host)).toEqual(mistake);
    await host.access.revert("acme", host.connection.id, { since: first });
    expect(await stateOf(host)).toEqual(right);
    expect(Object((await host.send("GET", `/Groups/${team}`)).json).members).toHaveLength(1);
  });

  test("two reverts at once do it once", async () => {
    const host = await accessHost();
    const since = await momentAfter();
    const team = await host.create("/Groups", { displayName: "Team" });
    const later = await momentAfter();
    await host.send("DELETE", `/Groups/${team}`);
    const [one, other] = await Promise.all(
      [later, later].map((each) => host.access.revert("acme", host.connection.id, { since: each })),
    );
    expect([one?.[0]?.action, other?.[0]?.action]).toEqual(["recreate", "nothing"]);
    expect((await host.send("GET", "/Groups")).json.totalResults).toBe(1);
    expect(since.getTime()).toBeLessThan(later.getTime());
  });
});

describe("Whatever the order in which it was deleted", () => {
  test("users first, then their groups; groups first, then the groups within: memberships come back", async () => {
    const host = await accessHost();
    const users = await people(host, 3);
    const inner = await host.create("/Groups", { displayName: "Inner", members: values(users) });
    const outer = await host.create("/Groups", { displayName: "Outer", members: values([inner]) });
    const top = await host.create("/Groups", { displayName: "Top", members: values([outer]) });
    const before = await stateOf(host);
    const since = await momentAfter();
    for (const id of users) await host.send("DELETE", `/Users/${id}`);
    for (const id of [top, inner, outer]) await host.send("DELETE", `/Groups/${id}`);
    const preview = await host.access.previewRevert("acme", host.connection.id, { since });
    expect(preview.map(({ name, members }) => [name, members.add.length])).toEqual([
      ["user0", 0],
      ["user1", 0],
      ["user2", 0],
      ["Top", 1],
      ["Inner", 3],
      ["Outer", 1],
    ]);
    await host.access.revert("acme", host.connection.id, { since });
    expect(await stateOf(host)).toEqual(before);
  });

  test("whoever joined by mistake and was deleted comes back, and not into the group", async () => {
    const host = await accessHost();
    const [ann = ""] = await people(host, 1);
    const team = await host.create("/Groups", { displayName: "Team" });
    const before = await stateOf(host);
    const since = await momentAfter();
    await host.patch(`/Groups/${team}`, { op: "add", path: "members", value: values([ann]) });
    await host.send("DELETE", `/Users/${ann}`);
    await host.access.revert("acme", host.connection.id, { since });
    expect(await stateOf(host)).toEqual(before);
  });

  test("who was made in place of somebody makes room", async () => {
    const host = await accessHost();
    const [ann = ""] = await people(host, 1);
    await host.patch(`/Users/${ann}`, { op: "replace", path: "title", value: "CTO" });
    const before = await stateOf(host);
    const since = await momentAfter();
    await host.send("DELETE", `/Users/${ann}`);
    await host.create("/Users", { userName: "user0", title: "Impostor" });
    const steps = await host.access.revert("acme", host.connection.id, { since });
    expect(steps.map(({ action, conflict }) => [action, conflict])).toEqual([
      ["delete", undefined],
      ["recreate", undefined],
    ]);
    expect(await stateOf(host)).toEqual(before);
  });
});

describe("Thousands of writes", () => {
  const many = 3_000;

  test("are taken back while other work has its turns", async () => {
    const host = await accessHost();
    const ids = await people(host, many);
    const since = await momentAfter();
    for (const id of ids) await host.patch(`/Users/${id}`, off);
    const turnsOf = async (work: () => Promise<readonly object[]>): Promise<number> => {
      let turns = 0;
      let isOver = false;
      const turn = (): void => {
        turns++;
        if (!isOver) setImmediate(turn);
      };
      setImmediate(turn);
      expect(await work()).toHaveLength(many);
      isOver = true;
      return turns;
    };
    const { access, connection } = host;
    expect(await turnsOf(() => access.previewRevert("acme", connection.id, { since }))).toBeGreaterThan(many / 50);
    expect(await turnsOf(() => access.revert("acme", connection.id, { since }))).toBeGreaterThan(many / 50);
    expect((await host.send("GET", "/Users?filter=active+eq+false&count=0")).json.totalResults).toBe(0);
  });

  test("that were interrupted in the middle are finished by another revert, which leaves the first half alone", async () => {
    const stores = newStores();
    const host = await accessHost({ stores });
    const ids = await people(host, many);
    const before = await stateOf(host);
    const since = await momentAfter();
    for (const id of ids) await host.patch(`/Users/${id}`, off);
    const get = stores.users.get.bind(stores.users);
    let left = many;
    stores.users.get = async (...given: Parameters<typeof get>) => {
      if (left-- <= 0) throw new Error("The process is gone.");
      return await get(...given);
    };
    await expect(host.access.revert("acme", host.connection.id, { since })).rejects.toThrow("The process is gone.");
    stores.users.get = get;
    const done = many - Number((await host.send("GET", "/Users?filter=active+eq+false&count=0")).json.totalResults);
    expect(done).toBeGreaterThan(0);
    expect(done).toBeLessThan(many);
    const steps = await host.access.revert("acme", host.connection.id, { since });
    expect(steps.filter(({ action }) => action === "nothing")).toHaveLength(done);
    expect(steps.filter(({ action }) => action === "restore")).toHaveLength(many - done);
    expect(steps.filter(({ conflict }) => conflict !== undefined)).toEqual([]);
    expect(await stateOf(host)).toEqual(before);
  });

  test("a group of thousands comes back in requests of a thousand, and goes on where it stopped", async () => {
    const { store, failAfter } = breakable();
    const host = await accessHost({ store, usersPerRequest: 10_000 });
    const ids = await people(host, many);
    const team = await host.create("/Groups", { displayName: "Everybody", members: values(ids) });
    const before = await stateOf(host);
    const since = await momentAfter();
    await host.send("DELETE", `/Groups/${team}`);
    // The group is there again with its first thousand; what comes after it is gone.
    failAfter(({ operation, revertOf }) => operation === "create" && revertOf !== undefined);
    const first = host.access.revert("acme", host.connection.id, { since });
    await expect(first).rejects.toThrow("The store is gone.");
    failAfter(() => false);
    const team2 = (await host.access.journal("acme", host.connection.id))[0]?.resourceId ?? "";
    expect(Object((await host.send("GET", `/Groups/${team2}`)).json).members).toHaveLength(1_000);
    const [step] = await host.access.revert("acme", host.connection.id, { since });
    expect(step).toMatchObject({ action: "restore", members: { remove: [] } });
    expect([step?.conflict, step?.members.add.length]).toEqual([undefined, many - 1_000]);
    expect(await stateOf(host)).toEqual(before);
    const journal = await host.access.journal("acme", host.connection.id);
    expect(journal.slice(0, 3).map(({ operation, members }) => [operation, members.added.length])).toEqual([
      ["patch", 1_000],
      ["patch", 1_000],
      ["create", 1_000],
    ]);
  });

  test("who were all put out of a group, and others in, in one request", async () => {
    const host = await accessHost({ usersPerRequest: 10_000 });
    const ids = await people(host, many);
    const team = await host.create("/Groups", { displayName: "Team", members: values(ids.slice(0, 2_000)) });
    const before = await stateOf(host);
    const since = await momentAfter();
    await host.patch(`/Groups/${team}`, { op: "replace", path: "members", value: values(ids.slice(1_500)) });
    const [step] = await host.access.revert("acme", host.connection.id, { since });
    expect([step?.members.add.length, step?.members.remove.length]).toEqual([1_500, 1_000]);
    expect(await stateOf(host)).toEqual(before);
    expect(await host.access.revert("acme", host.connection.id, { since })).toMatchObject([{ action: "nothing" }]);
  });
});

/** A store that is gone once a certain entry has been recorded. */
function breakable() {
  const store = memoryAccess();
  let isLast: (entry: JournalEntry) => boolean = () => false;
  let isGone = false;
  const within: typeof store.within = async (connection, tx, mode, work) => {
    if (isGone) throw new Error("The store is gone.");
    return await store.within(connection, tx, mode, async (unit) => {
      const result = await work(unit);
      isGone = (await unit.journal({ limit: 1 })).some(isLast);
      return result;
    });
  };
  return {
    store: { ...store, within },
    failAfter(last: typeof isLast): void {
      isLast = last;
      isGone = false;
    },
  };
}
