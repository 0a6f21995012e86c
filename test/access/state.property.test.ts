/** Access is a function of state: whatever the order of writes, and however often they are replayed, it ends the same. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { type AccessHost, accessHost } from "./host.ts";
import { membershipSteps, people, team, teams } from "./membership-steps.ts";

/** A write, by numbers of users and groups. */
const step = fc.oneof(
  ...membershipSteps,
  fc.record({ kind: fc.constant("rename" as const), team, name: fc.constantFrom("Admins", "Staff", "Others") }),
  fc.record({ kind: fc.constant("empty" as const), team }),
  fc.record({ kind: fc.constant("rule" as const), team, role: fc.constantFrom("member", "admin", "owner") }),
  fc.record({ kind: fc.constant("named" as const), role: fc.constantFrom("member", "admin") }),
  fc.record({ kind: fc.constant("unrule" as const) }),
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

interface World {
  readonly host: AccessHost;
  readonly users: readonly string[];
  readonly groups: readonly string[];
}

async function openWorld(usersPerRequest: number): Promise<World> {
  const host = await accessHost({ usersPerRequest, usersPerBatch: 2 });
  const users: string[] = [];
  const groups: string[] = [];
  for (let n = 0; n < people; n++) users.push(await host.create("/Users", { userName: `user${n}` }));
  for (let n = 0; n < teams; n++) groups.push(await host.create("/Groups", { displayName: `Team ${n}` }));
  return { host, users, groups };
}

async function take({ host, users, groups }: World, what: Step): Promise<void> {
  const { access, connection } = host;
  const id = (list: readonly string[], index: number): string => list[index] ?? "";
  const url = "team" in what ? `/Groups/${id(groups, what.team)}` : "";
  const add = (value: string) => host.patch(url, { op: "add", path: "members", value: [{ value }] });
  const remove = (value: string) => host.patch(url, { op: "remove", path: `members[value eq "${value}"]` });
  switch (what.kind) {
    case "join":
      return void (await add(id(users, what.person)));
    case "leave":
      return void (await remove(id(users, what.person)));
    case "nest":
      return void (await add(id(groups, what.inner)));
    case "unnest":
      return void (await remove(id(groups, what.inner)));
    case "active": {
      const path = `/Users/${id(users, what.person)}`;
      return void (await host.patch(path, { op: "replace", path: "active", value: what.active }));
    }
    case "rename":
      return void (await host.patch(url, { op: "replace", path: "displayName", value: `${what.name} ${what.team}` }));
    case "empty":
      return void (await host.patch(url, { op: "remove", path: "members" }));
    case "rule":
      return void (await access.changeRules("acme", connection.id, {
        add: [{ group: { id: id(groups, what.team) }, role: what.role }],
      }));
    case "named":
      return void (await access.changeRules("acme", connection.id, {
        add: [{ group: { displayName: "admins 0" }, role: what.role }],
      }));
    case "unrule": {
      const [rule] = await access.rules("acme", connection.id);
      if (rule !== undefined) await access.changeRules("acme", connection.id, { remove: [rule.id] });
    }
  }
}

/** What everybody should have, worked out from what the stores and the rules say, as slowly as can be. */
async function expected({ host, users, groups }: World): Promise<ReadonlyMap<string, readonly string[]>> {
  const rules = await host.access.rules("acme", host.connection.id);
  const members = new Map<string, readonly string[]>();
  const names = new Map<string, string>();
  for (const group of groups) {
    const { json } = await host.send("GET", `/Groups/${group}`);
    members.set(group, Array.isArray(json.members) ? json.members.map(({ value }) => String(value)) : []);
    names.set(group, String(json.displayName));
  }
  const isWithin = (user: string, group: string, seen: readonly string[]): boolean =>
    (members.get(group) ?? []).some(
      (member) => member === user || (!seen.includes(member) && isWithin(user, member, [...seen, member])),
    );
  const all = new Map<string, readonly string[]>();
  for (const user of users) {
    const isActive = (await host.send("GET", `/Users/${user}`)).json.active === true;
    const granted = rules.filter(({ group: about }) =>
      groups.some(
        (group) =>
          ("id" in about ? about.id === group : about.displayName === names.get(group)?.toLowerCase()) &&
          isWithin(user, group, [group]),
      ),
    );
    const has = isActive ? ["viewer", ...granted.map(({ role }) => role)] : [];
    all.set(user, [...new Set(has)].sort());
  }
  return all;
}

test.each([1, 500])("the host's state is that of groups and rules (%i users per request)", async (usersPerRequest) => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      const world = await openWorld(usersPerRequest);
      const { access, connection } = world.host;
      // One rule that stays: without any, and without any ever, nothing is handed over.
      await access.changeRules("acme", connection.id, { add: [{ group: { displayName: "Nobody" }, role: "viewer" }] });
      for (const what of steps) {
        if (what.kind === "unrule" && (await access.rules("acme", connection.id)).length === 1) continue;
        await take(world, what);
      }
      await access.work();
      const found = new Map(world.users.map((user) => [user, [...world.host.rolesOf(user)].sort()]));
      expect(found).toEqual(await expected(world));
    }),
    { numRuns: 60 },
  );
});
