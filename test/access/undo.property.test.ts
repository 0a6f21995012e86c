/** Undo is complete: whatever was written, and wherever a revert was interrupted, all is as before in the end. */
import fc from "fast-check";
import { memoryAccess } from "scimkit/access";
import { expect, test } from "vitest";
import { type AccessHost, accessHost, newStores } from "./host.ts";
import { momentAfter, stateOf } from "./host-state.ts";
import { membershipSteps, people, person, team, teams } from "./membership-steps.ts";

/** A write, by places in lists of what there is. */
const step = fc.oneof(
  ...membershipSteps,
  fc.record({ kind: fc.constant("title" as const), person, title: fc.constantFrom("CTO", "CEO") }),
  fc.record({ kind: fc.constant("fire" as const), person }),
  fc.record({ kind: fc.constant("dissolve" as const), team }),
  fc.record({ kind: fc.constant("hire" as const), userName: fc.constantFrom("user0", "user1", "new0", "new1") }),
  fc.record({ kind: fc.constant("found" as const), displayName: fc.constantFrom("New 0", "New 1"), person }),
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

interface World {
  readonly host: AccessHost;
  readonly users: string[];
  readonly groups: string[];
}

async function take({ host, users, groups }: World, what: Step): Promise<void> {
  const user = "person" in what ? (users[what.person] ?? "") : "";
  const group = "team" in what ? `/Groups/${groups[what.team]}` : "";
  const inner = "inner" in what ? (groups[what.inner] ?? "") : "";
  const add = (value: string) => host.patch(group, { op: "add", path: "members", value: [{ value }] });
  const remove = (value: string) => host.patch(group, { op: "remove", path: `members[value eq "${value}"]` });
  const replace = (path: string, value: unknown) => host.patch(`/Users/${user}`, { op: "replace", path, value });
  switch (what.kind) {
    case "join":
      return void (await add(user));
    case "leave":
      return void (await remove(user));
    case "nest":
      return void (await add(inner));
    case "unnest":
      return void (await remove(inner));
    case "active":
      return void (await replace("active", what.active));
    case "title":
      return void (await replace("title", what.title));
    case "fire":
      return void (await host.send("DELETE", `/Users/${user}`));
    case "dissolve":
      return void (await host.send("DELETE", group));
    case "hire": {
      const { status, json } = await host.send("POST", "/Users", { userName: what.userName, active: true });
      if (status === 201) users[users.length % people] = String(json.id);
      return;
    }
    case "found": {
      const members = [{ value: user }];
      const { status, json } = await host.send("POST", "/Groups", { displayName: what.displayName, members });
      if (status === 201) groups[groups.length % teams] = String(json.id);
    }
  }
}

/** Stores of which one fails for good at a certain call, until it is mended. */
function failing() {
  const stores = newStores();
  const store = memoryAccess();
  let left = Number.POSITIVE_INFINITY;
  const check = (): void => {
    if (left-- <= 0) throw new Error("The process is gone.");
  };
  const { get, update } = stores.groups;
  stores.groups.get = (...given) => {
    check();
    return get.apply(stores.groups, given);
  };
  stores.groups.update = (...given) => {
    check();
    return update.apply(stores.groups, given);
  };
  const getUser = stores.users.get;
  stores.users.get = (...given) => {
    check();
    return getUser.apply(stores.users, given);
  };
  const within: typeof store.within = (...given) => {
    check();
    return store.within(...given);
  };
  return {
    stores,
    store: { ...store, within },
    failAt(call: number): void {
      left = call;
    },
  };
}

test("a revert that was interrupted anywhere, and is repeated, leaves everything as it was", async () => {
  const writes = fc.array(step, { minLength: 1, maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 5 }), writes, fc.nat(80), async (earlier, later, call) => {
      const { stores, store, failAt } = failing();
      const host = await accessHost({ stores, store });
      const world: World = { host, users: [], groups: [] };
      for (let n = 0; n < people; n++)
        world.users.push(await host.create("/Users", { userName: `user${n}`, active: true }));
      for (let n = 0; n < teams; n++) world.groups.push(await host.create("/Groups", { displayName: `Team ${n}` }));
      for (const each of earlier) await take(world, each);
      const before = await stateOf(host);
      const since = await momentAfter();
      for (const each of later) await take(world, each);
      const revert = () => host.access.revert("acme", host.connection.id, { since });
      failAt(call);
      await revert().catch(() => []);
      failAt(Number.POSITIVE_INFINITY);
      const steps = await revert();
      expect(steps.filter(({ conflict }) => conflict !== undefined)).toEqual([]);
      expect(await stateOf(host)).toEqual(before);
      for (const { action, conflict } of await revert()) expect([action, conflict]).toEqual(["nothing", undefined]);
      expect(await stateOf(host)).toEqual(before);
    }),
    { numRuns: 150 },
  );
}, 120_000);
