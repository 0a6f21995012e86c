/** Checks: a write happens whole or not at all, the host's own rules included. RFC 7644 §3.5.2, §3.14. */
import { ScimError } from "../error.ts";
import { check, type Definition, groupCheck, idsOf, memberIds, quote, type Subject } from "./check.ts";
import { expectEqual, expectScimError, expectThat, thrownBy } from "./expectation.ts";
import type { How } from "./side.ts";

/** Rules that say no: at once, later, and by accident. */
const refusals: readonly (readonly [name: string, rule: NonNullable<How["beforeCommit"]>])[] = [
  [
    "throws",
    () => {
      throw ScimError.forbidden("no seats left");
    },
  ],
  [
    "rejects later",
    async () => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      throw ScimError.forbidden("no seats left");
    },
  ],
];

const rollbackChecks: readonly Definition[] = refusals.flatMap(([name, beforeCommit]) => [
  check(`a creation whose beforeCommit ${name} never was`, async (subject) => {
    const { users, a, userBody, createUser } = subject;
    await expectScimError(users.create(userBody(1), a, { beforeCommit }), 403, undefined, "the creation");
    expectEqual((await users.list({}, a)).total, 0, "the number of users");
    const search = { filter: `userName eq ${quote(String(userBody(1).userName))}` };
    expectEqual(await idsOf(users, search, a), [], "a search for the user");
    expectEqual((await createUser(1, a)).userName, userBody(1).userName, "the userName, which is still free");
  }),
  check(`an update whose beforeCommit ${name} never was`, async (subject) => {
    const { users, a, createUser } = subject;
    const before = await createUser(1, a);
    const steps = [{ op: "replace", path: "userName", value: "renamed@example.com" }] as const;
    await expectScimError(users.patch(before.id, steps, a, { beforeCommit }), 403, undefined, "the update");
    expectEqual(await users.get(before.id, a), before, "the user after the refused update");
    expectEqual(await idsOf(users, { filter: 'userName eq "renamed@example.com"' }, a), [], "users with the new name");
    const search = { filter: `userName eq ${quote(String(before.userName))}` };
    expectEqual(await idsOf(users, search, a), [before.id], "users with the old name");
  }),
  check(`a deletion whose beforeCommit ${name} never was`, async (subject) => {
    const { users, a, createUser } = subject;
    const before = await createUser(1, a);
    await expectScimError(users.delete(before.id, a, { beforeCommit }), 403, undefined, "the deletion");
    expectEqual(await users.get(before.id, a), before, "the user after the refused deletion");
    expectEqual(await idsOf(users, {}, a), [before.id], "the list of users");
  }),
  groupCheck(`a change of members whose beforeCommit ${name} never was`, async (subject) => {
    const { groups, a, createUsers } = subject;
    const [one, two] = (await createUsers(2, a)).map(({ id }) => id);
    const group = await groups.create({ displayName: "Team", members: [{ value: one }] }, a);
    const before = await groups.get(group.id, a);
    const steps = [
      { op: "add", path: "members", value: [{ value: two }] },
      { op: "remove", path: `members[value eq ${quote(String(one))}]` },
      { op: "replace", path: "displayName", value: "Renamed" },
    ] as const;
    await expectScimError(groups.patch(group.id, steps, a, { beforeCommit }), 403, undefined, "the change");
    expectEqual(await groups.get(group.id, a), before, "the group after the refused change");
    await expectScimError(groups.delete(group.id, a, { beforeCommit }), 403, undefined, "the deletion of the group");
    expectEqual(memberIds(await groups.get(group.id, a)), [one], "the members after the refused deletion");
  }),
]);

const conditionChecks: readonly Definition[] = [
  check("what else is thrown from beforeCommit reaches the caller as it is", async ({ users, a, userBody }) => {
    const accident = new Error("the host's own");
    const how: How = {
      beforeCommit: () => {
        throw accident;
      },
    };
    const thrown = await thrownBy(users.create(userBody(1), a, how), "the creation");
    expectThat(thrown === accident, "the error that was thrown is the one that arrives");
    expectEqual((await users.list({}, a)).total, 0, "the number of users");
  }),
  check("a change that does not fit the current state writes nothing", async ({ users, a, createUser }) => {
    const before = await createUser(1, a);
    const work = users.change(
      before.id,
      () => {
        throw ScimError.noTarget("no such element");
      },
      a,
    );
    await expectScimError(work, 400, "noTarget", "the change");
    expectEqual(await users.get(before.id, a), before, "the user after the refused change");
  }),
  check("an update or deletion by an outdated If-Match is refused with 412", async (subject) => {
    const { users, a } = subject;
    const stale = await staleVersion(subject);
    const steps = [{ op: "replace", path: "userName", value: "late@example.com" }] as const;
    const late = users.patch(stale.id, steps, a, { ifMatch: stale.meta });
    await expectScimError(late, 412, undefined, "the update");
    await expectScimError(users.delete(stale.id, a, { ifMatch: stale.meta }), 412, undefined, "the deletion");
    const current = await users.get(stale.id, a);
    expectEqual(current?.userName, "renamed@example.com", "the userName");
    expectThat(current !== undefined, "the user exists");
    expectEqual(
      await users.delete(stale.id, a, { ifMatch: current.meta }),
      true,
      "the deletion by the current version",
    );
  }),
];

export const transactionChecks: readonly Definition[] = [...rollbackChecks, ...conditionChecks];

/** A user as it was before its last update. */
async function staleVersion({ users, a, createUser }: Subject) {
  const before = await createUser(1, a);
  // A store without versions is told apart by lastModified, which needs a moment to pass.
  if (before.meta.version === undefined) await new Promise((resolve) => setTimeout(resolve, 5));
  await users.patch(before.id, [{ op: "replace", path: "userName", value: "renamed@example.com" }], a);
  return before;
}
