/** Checks: the groups of users, and groups within groups. RFC 7643 §4.1.2 groups, §4.2. */

import { ScimError } from "../error.ts";
import type { GroupMembership } from "../store/store.ts";
import { type Definition, type GroupSubject, groupCheck, idsOf, memberIds, quote } from "./check.ts";
import { expectEqual, expectSameElements } from "./expectation.ts";

type GroupsOf = NonNullable<GroupSubject["groupsOf"]>;

export const membershipChecks: readonly Definition[] = [
  groupsOfCheck("groupsOf tells the groups of a page of users at once", async (subject, groupsOf) => {
    const { groups, a, createUsers } = subject;
    const [one = "", two = "", three = ""] = (await createUsers(3, a)).map(({ id }) => id);
    const first = await groups.create({ displayName: "First", members: [{ value: one }, { value: two }] }, a);
    const second = await groups.create({ displayName: "Second", members: [{ value: one }] }, a);
    const found = await groupsOf([one, two, three, "nobody"], a);
    expectEqual(summary(found.get(one)), summary([direct(first.id), direct(second.id)]), "the first user's groups");
    expectEqual(summary(found.get(two)), summary([direct(first.id)]), "the second user's groups");
    expectEqual([found.get(three) ?? [], found.get("nobody") ?? []], [[], []], "the groups of users who have none");
    expectEqual((await groupsOf([], a)).size, 0, "the groups of nobody");
    const shown = found.get(two)?.[0]?.display ?? "First";
    expectEqual(shown, "First", "what the membership displays");
  }),
  groupsOfCheck("who leaves a group is no longer told to be in it", async (subject, groupsOf) => {
    const { groups, a, createUser } = subject;
    const { id } = await createUser(1, a);
    const group = await groups.create({ displayName: "Team", members: [{ value: id }] }, a);
    await groups.patch(group.id, [{ op: "remove", path: `members[value eq ${quote(id)}]` }], a);
    expectEqual((await groupsOf([id], a)).get(id) ?? [], [], "the groups after leaving");
    await groups.patch(group.id, [{ op: "add", path: "members", value: [{ value: id }] }], a);
    expectEqual(summary((await groupsOf([id], a)).get(id)), [[group.id, "direct"]], "the groups after joining again");
  }),
  groupsOfCheck("a group within a group makes members indirectly, in circles too", async (subject, groupsOf) => {
    const { groups, a, createUser } = subject;
    const { id } = await createUser(1, a);
    const inner = await groups.create({ displayName: "Inner", members: [{ value: id }] }, a);
    const outer = await nested(subject, inner.id);
    if (typeof outer === "string") return outer;
    expectEqual(memberIds(await groups.get(outer.id, a)), [inner.id], "the members of the outer group");
    const wanted = summary([direct(inner.id), { value: outer.id, type: "indirect" }]);
    expectEqual(summary((await groupsOf([id], a)).get(id)), wanted, "the user's groups");
    await groups.patch(inner.id, [{ op: "add", path: "members", value: [{ value: outer.id }] }], a);
    expectEqual(summary((await groupsOf([id], a)).get(id)), wanted, "the user's groups, in a circle");
    await groups.delete(inner.id, a);
    expectEqual(
      memberIds(await groups.get(outer.id, a)),
      [],
      "the members of the outer group, when the inner is deleted",
    );
    expectEqual((await groupsOf([id], a)).get(id) ?? [], [], "the user's groups then");
    return undefined;
  }),
  groupCheck("a user is found by its groups, where the store can say", async (subject) => {
    const { users, groups, a, everyFilter, createUsers } = subject;
    if (!users.has("groups.value")) return "the store does not hold groups of users";
    const [one = "", two = "", three = ""] = (await createUsers(3, a)).map(({ id }) => id);
    const team = await groups.create({ displayName: "Team", members: [{ value: one }, { value: two }] }, a);
    const finds: readonly (readonly [string, readonly string[]])[] = [
      [`groups.value eq ${quote(team.id)}`, [one, two]],
      [`groups[value eq ${quote(team.id)} and type eq "direct"]`, [one, two]],
      [`groups[value eq ${quote(team.id)} and type eq "indirect"]`, []],
      ['groups.display eq "TEAM"', [one, two]],
      ["groups pr", [one, two]],
      ["not (groups pr)", [three]],
      ['groups.value eq "nobody"', []],
    ];
    for (const [filter, wanted] of finds) {
      try {
        expectSameElements(await idsOf(users, { filter }, a), wanted, `the users found by ${filter}`);
      } catch (thrown) {
        if (everyFilter || !(thrown instanceof ScimError && thrown.scimType === "invalidFilter")) throw thrown;
      }
    }
    return undefined;
  }),
];

function groupsOfCheck(
  name: string,
  examine: (subject: GroupSubject, groupsOf: GroupsOf) => Promise<unknown>,
): Definition {
  return groupCheck(name, async (subject) =>
    subject.groupsOf === undefined ? "the store of groups has no groupsOf" : await examine(subject, subject.groupsOf),
  );
}

/** A group with that group in it; or why there is none: a host's teams need not nest. */
async function nested({ groups, a }: GroupSubject, inner: string) {
  try {
    return await groups.create({ displayName: "Outer", members: [{ value: inner, type: "Group" }] }, a);
  } catch (thrown) {
    if (thrown instanceof ScimError && thrown.scimType === "invalidValue") return "the store does not nest groups";
    throw thrown;
  }
}

function direct(value: string): GroupMembership {
  return { value, type: "direct" };
}

function summary(memberships: readonly GroupMembership[] = []): readonly unknown[] {
  return memberships.map(({ value, type }) => [value, type]).sort();
}
