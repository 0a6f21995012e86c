/** Checks: how the members of a group change. RFC 7643 §4.2, RFC 7644 §3.5.2. */
import type { Outcome } from "../store/change.ts";
import type { Stored } from "../store/stored.ts";
import { type Definition, type GroupSubject, groupCheck, idsOf, memberIds, quote } from "./check.ts";
import { expectEqual, expectSameElements, expectScimError, expectThat } from "./expectation.ts";

const add = (...ids: readonly string[]) =>
  ({ op: "add", path: "members", value: ids.map((value) => ({ value })) }) as const;
const remove = (id: string) => ({ op: "remove", path: `members[value eq ${quote(id)}]` }) as const;
const replace = (...ids: readonly string[]) => ({ ...add(...ids), op: "replace" }) as const;

/** A GUID that no store has minted. */
const nobody = "6f1d1a33-9f55-4c1c-8f0e-0d3c0b8f1c9e";

export const membersChecks: readonly Definition[] = [
  groupCheck("a group is created with members, or without", async (subject) => {
    const { groups, a } = subject;
    const ids = await people(subject, 2);
    const team = await groups.create({ displayName: "Team", members: ids.map((value) => ({ value })) }, a);
    const empty = await groups.create({ displayName: "Empty", members: [] }, a);
    expectSameElements(memberIds(team), ids, "the members in the answer");
    expectSameElements(memberIds(await groups.get(team.id, a)), ids, "the members");
    expectEqual(memberIds(await groups.get(empty.id, a)), [], "the members of the empty group");
  }),
  groupCheck("adding and removing changes those named and no others", async (subject) => {
    const { groups, a } = subject;
    const [one = "", two = "", three = "", four = ""] = await people(subject, 4);
    const { id } = await team(subject, [one, two]);
    await groups.patch(id, [add(three)], a);
    expectSameElements(await membersOf(subject, id), [one, two, three], "the members after one is added");
    await groups.patch(id, [remove(two), add(four)], a);
    expectSameElements(await membersOf(subject, id), [one, three, four], "the members after one leaves and one joins");
    await groups.patch(id, [replace(two, three)], a);
    expectSameElements(await membersOf(subject, id), [two, three], "the members after all are replaced");
    await groups.patch(id, [{ op: "remove", path: "members" }], a);
    expectEqual(await membersOf(subject, id), [], "the members after all are removed");
  }),
  groupCheck("adding a member twice, or removing one that is none, changes nothing", async (subject) => {
    const { groups, a } = subject;
    const [one = "", two = ""] = await people(subject, 2);
    const { id } = await team(subject, [one]);
    const before = await groups.get(id, a);
    const beforeCommit = (): void => {
      throw new Error("beforeCommit was called although nothing changed");
    };
    for (const step of [add(one), add(one, one), remove(two), remove(nobody), replace(one)]) {
      await groups.patch(id, [step], a, { beforeCommit });
    }
    expectEqual(await groups.get(id, a), before, "the group");
  }),
  groupCheck("members alone are a change: the group has a new version", async (subject) => {
    const { groups, a } = subject;
    const [one = "", two = ""] = await people(subject, 2);
    const before = await team(subject, [one]);
    await groups.patch(before.id, [add(two)], a);
    const after = await groups.get(before.id, a);
    if (before.meta.version === undefined) return "the store has no versions";
    expectThat(after?.meta.version !== before.meta.version, "the version has changed");
    return undefined;
  }),
  groupCheck("beforeCommit is told who really joined and left", async (subject) => {
    const { groups, a } = subject;
    const [one = "", two = "", three = ""] = await people(subject, 3);
    const { id } = await team(subject, [one, two]);
    const seen: Outcome[] = [];
    const beforeCommit = (outcome: Outcome): void => {
      seen.push(outcome);
    };
    await groups.patch(id, [add(one, three), remove(two), remove(nobody)], a, { beforeCommit });
    await groups.patch(id, [replace(one)], a, { beforeCommit });
    const wanted = [
      { added: [three], removed: [two] },
      { added: [], removed: [three] },
    ];
    expectEqual(
      seen.map(({ members }) => members),
      wanted,
      "the members in the outcomes",
    );
  }),
  groupCheck(
    "an unknown member is refused with 400 invalidValue that names it, and nothing changes",
    async (subject) => {
      const { groups, a } = subject;
      const [one = "", two = ""] = await people(subject, 2);
      const { id } = await team(subject, [one]);
      const before = await groups.get(id, a);
      for (const step of [add(two, nobody), replace(nobody)]) {
        const rename = { op: "replace", path: "displayName", value: "Renamed" } as const;
        const error = await expectScimError(groups.patch(id, [rename, step], a), 400, "invalidValue", "the change");
        expectThat(error.detail.includes(nobody), "the detail names the unknown id");
      }
      const creation = groups.create({ displayName: "Other", members: [{ value: nobody }] }, a);
      await expectScimError(creation, 400, "invalidValue", "the creation of a group with an unknown member");
      expectEqual(await groups.get(id, a), before, "the group");
      expectEqual((await groups.list({}, a)).total, 1, "the number of groups");
    },
  ),
  groupCheck("a rename leaves the members, and a replacement without any clears them", async (subject) => {
    const { groups, a } = subject;
    const ids = await people(subject, 2);
    const { id } = await team(subject, ids);
    await groups.patch(id, [{ op: "replace", path: "displayName", value: "Renamed" }], a);
    expectSameElements(await membersOf(subject, id), ids, "the members after a rename");
    await groups.replace(id, { displayName: "Renamed", members: [] }, a);
    expectEqual(await membersOf(subject, id), [], "the members after the replacement");
  }),
  groupCheck("members may be changed as an attribute like any other, too", async (subject) => {
    const { groups, a } = subject;
    const [one = "", two = "", three = ""] = await people(subject, 3);
    const { id } = await team(subject, [one, two]);
    const seen: (readonly string[])[] = [];
    await groups.change(
      id,
      (current) => {
        seen.push(memberIds(current));
        const { id: _, meta, ...resource } = current;
        return { resource: { ...resource, members: [{ value: two }, { value: three }] }, changed: ["members"] };
      },
      a,
    );
    expectSameElements(seen.at(-1) ?? [], [one, two], "the members that apply was given");
    expectSameElements(await membersOf(subject, id), [two, three], "the members");
  }),
  groupCheck("a deleted user leaves its groups", async (subject) => {
    const { users, groups, groupsOf, a } = subject;
    const [one = "", two = ""] = await people(subject, 2);
    const { id } = await team(subject, [one, two]);
    await users.delete(one, a);
    expectEqual(await membersOf(subject, id), [two], "the members");
    await expectScimError(groups.patch(id, [add(one)], a), 400, "invalidValue", "adding the deleted user");
    if (groupsOf !== undefined) expectEqual((await groupsOf([one], a)).size, 0, "the groups of the deleted user");
  }),
  groupCheck("a deleted group leaves its members, who stay", async (subject) => {
    const { users, groups, groupsOf, a } = subject;
    const [one = ""] = await people(subject, 1);
    const { id } = await team(subject, [one]);
    expectEqual(await groups.delete(id, a), true, "the answer to the deletion");
    expectThat((await users.get(one, a)) !== undefined, "the member still exists");
    if (groupsOf !== undefined) expectEqual((await groupsOf([one], a)).size, 0, "the user's groups");
    const again = await team(subject, []);
    expectEqual(await membersOf(subject, again.id), [], "the members of a new group of the same name");
  }),
  groupCheck("a thousand members are added, counted and thinned out", async (subject) => {
    const { groups, a } = subject;
    const ids = await people(subject, 1_000);
    const { id } = await team(subject, []);
    await groups.patch(id, [add(...ids)], a);
    expectSameElements(await membersOf(subject, id), ids, "the members");
    const leaving = ids.filter((_, at) => at % 3 === 0);
    await groups.patch(id, leaving.map(remove), a);
    expectSameElements(
      await membersOf(subject, id),
      ids.filter((_, at) => at % 3 !== 0),
      "the members who stayed",
    );
  }),
  groupCheck("a group is found by its members, where the store can say", async (subject) => {
    const { groups, a, everyFilter } = subject;
    const [one = "", two = ""] = await people(subject, 2);
    const { id } = await team(subject, [one]);
    const other = await groups.create({ displayName: "Other", members: [{ value: two }] }, a);
    const empty = await groups.create({ displayName: "Empty" }, a);
    const finds: readonly (readonly [string, readonly string[]])[] = [
      [`members.value eq ${quote(one)}`, [id]],
      [`members eq ${quote(two)}`, [other.id]],
      [`members[value eq ${quote(one)}]`, [id]],
      [`members.value eq ${quote(two)} and displayName sw "o"`, [other.id]],
      [`members.value eq ${quote(one)} or members.value eq ${quote(two)}`, [id, other.id]],
      [`members.value eq ${quote(nobody)}`, []],
      ["members pr", [id, other.id]],
      ["not (members pr)", [empty.id]],
    ];
    for (const [filter, wanted] of finds) {
      const work = idsOf(groups, { filter }, a);
      if (everyFilter) expectSameElements(await work, wanted, `the groups found by ${filter}`);
      else {
        const found = await work.catch((thrown: unknown) => refusal(thrown));
        if (found !== undefined) expectSameElements(found, wanted, `the groups found by ${filter}`);
      }
    }
  }),
];

async function people({ createUsers, a }: GroupSubject, count: number): Promise<readonly string[]> {
  return (await createUsers(count, a)).map(({ id }) => id);
}

function team({ groups, a }: GroupSubject, ids: readonly string[]): Promise<Stored> {
  return groups.create({ displayName: "Team", members: ids.map((value) => ({ value })) }, a);
}

async function membersOf({ groups, a }: GroupSubject, id: string): Promise<readonly string[]> {
  return memberIds(await groups.get(id, a));
}

/** @throws whatever it is given, unless that is a refused filter */
function refusal(thrown: unknown): undefined {
  if (typeof thrown === "object" && thrown !== null && "scimType" in thrown && thrown.scimType === "invalidFilter")
    return;
  throw thrown;
}
