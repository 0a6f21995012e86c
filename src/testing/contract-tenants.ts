/** Checks: one tenant never sees, matches or changes what is another's. RFC 7644 §6. */
import { check, type Definition, groupCheck, idsOf, memberIds, quote } from "./check.ts";
import { expectEqual, expectSameElements, expectScimError } from "./expectation.ts";

/** Filters that a condition put in the wrong place would open to everybody. */
const wide: readonly string[] = [
  "userName pr",
  'userName eq "nobody" or userName pr',
  'not (userName eq "nobody")',
  'userName ne "nobody" or id pr',
  'userName sw "u" or userName sw "U"',
];

export const tenantChecks: readonly Definition[] = [
  check("a resource is read, changed and deleted in its own tenant only", async ({ users, a, b, createUser }) => {
    const { id, userName } = await createUser(1, a);
    expectEqual(await users.get(id, b), undefined, "the user, read from the other tenant");
    const update = await users.patch(id, [{ op: "replace", path: "userName", value: "stolen@example.com" }], b);
    expectEqual(update, undefined, "the update from the other tenant");
    expectEqual(await users.delete(id, b), false, "the deletion from the other tenant");
    expectEqual((await users.get(id, a))?.userName, userName, "the userName in its own tenant");
  }),
  check("a list has what is the tenant's own", async ({ users, a, b, createUser }) => {
    const own = [await createUser(1, a), await createUser(2, a)].map(({ id }) => id);
    const others = [await createUser(3, b)].map(({ id }) => id);
    expectSameElements(await idsOf(users, {}, a), own, "the users of the first tenant");
    const page = await users.list({}, b);
    expectEqual(
      page.resources.map(({ id }) => id),
      others,
      "the users of the second tenant",
    );
    expectEqual(page.total, 1, "their number");
  }),
  check("no filter reaches into another tenant", async ({ users, a, b, everyFilter, createUser }) => {
    const own = [await createUser(1, a), await createUser(2, a)].map(({ id }) => id);
    const other = await createUser(3, b);
    for (const filter of wide) {
      try {
        expectSameElements(await idsOf(users, { filter }, a), own, `the first tenant's answer to ${filter}`);
      } catch (thrown) {
        if (everyFilter || !isRefused(thrown)) throw thrown;
      }
    }
    expectEqual(await idsOf(users, { filter: `id eq ${quote(other.id)}` }, a), [], "a search for the other's id");
    const byName = { filter: `userName eq ${quote(String(other.userName))}` };
    expectEqual(await idsOf(users, byName, a), [], "a search for the other's userName");
  }),
  check("two tenants may have the same userName", async ({ users, a, b, createUser }) => {
    const [first, second] = [await createUser(1, a), await createUser(1, b)];
    const search = { filter: `userName eq ${quote(String(first.userName))}` };
    expectEqual(await idsOf(users, search, a), [first.id], "the first tenant's");
    expectEqual(await idsOf(users, search, b), [second.id], "the second tenant's");
    await users.delete(first.id, a);
    expectEqual(await idsOf(users, search, b), [second.id], "the second tenant's, when the first is deleted");
  }),
  groupCheck("a member must be of the group's tenant", async ({ groups, a, b, createUser }) => {
    const own = await createUser(1, a);
    const other = await createUser(2, b);
    const foreign = [{ value: own.id }, { value: other.id }];
    const creation = groups.create({ displayName: "Team", members: foreign }, a);
    await expectScimError(creation, 400, "invalidValue", "a group with a member of another tenant");
    const group = await groups.create({ displayName: "Team", members: [{ value: own.id }] }, a);
    const add = groups.patch(group.id, [{ op: "add", path: "members", value: [{ value: other.id }] }], a);
    await expectScimError(add, 400, "invalidValue", "adding a member of another tenant");
    expectEqual(memberIds(await groups.get(group.id, a)), [own.id], "the members");
  }),
  groupCheck("groups and their members belong to one tenant", async (subject) => {
    const { groups, groupsOf, a, b, createUser } = subject;
    const { id } = await createUser(1, a);
    const group = await groups.create({ displayName: "Team", members: [{ value: id }] }, a);
    expectEqual(await groups.get(group.id, b), undefined, "the group, read from the other tenant");
    expectEqual((await groups.list({}, b)).total, 0, "the number of groups in the other tenant");
    const steps = [{ op: "remove", path: `members[value eq ${quote(id)}]` }] as const;
    expectEqual(await groups.patch(group.id, steps, b), undefined, "the change from the other tenant");
    expectEqual(await groups.delete(group.id, b), false, "the deletion from the other tenant");
    expectEqual(memberIds(await groups.get(group.id, a)), [id], "the members");
    if (groupsOf === undefined) return;
    expectEqual((await groupsOf([id], b)).size, 0, "the user's groups, asked from the other tenant");
  }),
];

function isRefused(thrown: unknown): boolean {
  return typeof thrown === "object" && thrown !== null && "scimType" in thrown && thrown.scimType === "invalidFilter";
}
