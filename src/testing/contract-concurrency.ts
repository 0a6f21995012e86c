/** Checks: writes at the same time. RFC 7644 §3.14. */
import { ScimError } from "../error.ts";
import { check, type Definition, groupCheck, memberIds, quote } from "./check.ts";
import { expectEqual, expectSameElements, expectThat, settle } from "./expectation.ts";

/** How many writes are made at once. */
const many = 20;
const each = Array.from({ length: many }, (_, at) => at + 1);

export const concurrencyChecks: readonly Definition[] = [
  check("of many updates none starts from a state that another has replaced", async (subject) => {
    const { users, a, text, createUser } = subject;
    const { id } = await createUser(1, a);
    await users.patch(id, [{ op: "replace", path: text, value: "0" }], a);
    const { thrown } = await settle(each.map(() => users.change(id, (current) => increment(current, text), a)));
    expectEqual(thrown.map(String), [], "what the updates threw");
    expectEqual((await users.get(id, a))?.[text], String(many), `"${text}", counted up by each update`);
  }),
  check("nor when beforeCommit takes its time", async (subject) => {
    const { users, a, text, createUser } = subject;
    const { id } = await createUser(1, a);
    await users.patch(id, [{ op: "replace", path: text, value: "0" }], a);
    const beforeCommit = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 2));
    const works = each
      .slice(0, 8)
      .map(() => users.change(id, (current) => increment(current, text), a, { beforeCommit }));
    expectEqual((await settle(works)).thrown.map(String), [], "what the updates threw");
    expectEqual((await users.get(id, a))?.[text], "8", `"${text}", counted up by each update`);
  }),
  check("of many creations with one userName, whatever its case, one succeeds", async ({ users, a, userBody }) => {
    const works = each.map((n) => {
      const userName = String(userBody(1).userName);
      return users.create({ ...userBody(n), userName: n % 2 === 0 ? userName : userName.toUpperCase() }, a);
    });
    const { succeeded, thrown } = await settle(works);
    expectEqual(succeeded, 1, "the number of creations that succeeded");
    expectThat(thrown.every(isConflict), "the others are refused with 409 uniqueness");
    expectEqual((await users.list({}, a)).total, 1, "the number of users");
  }),
  check("of many renamings to one userName one succeeds", async ({ users, a, createUsers }) => {
    const created = await createUsers(8, a);
    const steps = [{ op: "replace", path: "userName", value: "wanted@example.com" }] as const;
    const { succeeded, thrown } = await settle(created.map(({ id }) => users.patch(id, steps, a)));
    expectEqual(succeeded, 1, "the number of renamings that succeeded");
    expectThat(thrown.every(isConflict), "the others are refused with 409 uniqueness");
  }),
  check("of many updates with one If-Match one succeeds", async ({ users, a, text, createUser }) => {
    const { id, meta } = await createUser(1, a);
    if (meta.version === undefined) return "the store has no versions";
    const works = each.map((n) =>
      users.patch(id, [{ op: "replace", path: text, value: `by ${n}` }], a, { ifMatch: meta }),
    );
    const { succeeded, thrown } = await settle(works);
    expectEqual(succeeded, 1, "the number of updates that succeeded");
    expectThat(
      thrown.every((error) => error instanceof ScimError && error.status === 412),
      "the others get 412",
    );
    return undefined;
  }),
  check("of many deletions one succeeds", async ({ users, a, createUser }) => {
    const { id } = await createUser(1, a);
    const results = await Promise.all(each.map(() => users.delete(id, a)));
    expectEqual(results.filter(Boolean).length, 1, "the number of deletions that found the user");
  }),
  groupCheck("members added by many at once are all there, and those removed are not", async (subject) => {
    const { groups, a, createUsers } = subject;
    const ids = (await createUsers(many, a)).map(({ id }) => id);
    const [staying, leaving] = [ids.slice(0, many / 2), ids.slice(many / 2)];
    const { id } = await groups.create({ displayName: "Team", members: leaving.map((value) => ({ value })) }, a);
    const { thrown } = await settle([
      ...staying.map((value) => groups.patch(id, [{ op: "add", path: "members", value: [{ value }] }], a)),
      ...leaving.map((value) => groups.patch(id, [{ op: "remove", path: `members[value eq ${quote(value)}]` }], a)),
    ]);
    expectEqual(thrown.map(String), [], "what the changes threw");
    expectSameElements(memberIds(await groups.get(id, a)), staying, "the members");
  }),
  groupCheck("a user who is deleted while it is added is in no group", async (subject) => {
    const { users, groups, groupsOf, a, createUsers } = subject;
    const ids = (await createUsers(8, a)).map(({ id }) => id);
    const { id } = await groups.create({ displayName: "Team" }, a);
    await settle([
      ...ids.map((value) => groups.patch(id, [{ op: "add", path: "members", value: [{ value }] }], a)),
      ...ids.map((user) => users.delete(user, a)),
    ]);
    expectEqual(memberIds(await groups.get(id, a)), [], "the members");
    if (groupsOf !== undefined) expectEqual((await groupsOf(ids, a)).size, 0, "the number of users with groups");
  }),
];

function increment(current: { readonly [name: string]: unknown }, attribute: string) {
  const { id, meta, ...resource } = current;
  return { resource: { ...resource, [attribute]: String(Number(current[attribute]) + 1) }, changed: [attribute] };
}

function isConflict(thrown: unknown): boolean {
  return thrown instanceof ScimError && thrown.status === 409 && thrown.scimType === "uniqueness";
}
