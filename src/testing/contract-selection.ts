/** Checks: a store returns at least what the response needs. RFC 7644 §3.4.2.5, §3.9. */
import type { Selection } from "../store/selection.ts";
import type { Stored } from "../store/stored.ts";
import { check, type Definition, groupCheck, memberIds } from "./check.ts";
import { expectEqual, expectSameElements, expectThat } from "./expectation.ts";

const only = (...names: readonly string[]): Selection => ({ has: (name) => names.includes(name) });
const nothing = only();
const withoutMembers: Selection = { has: (name) => name !== "members" };

/** Whether there is what an ETag is made of. */
const hasVersion = (stored: Stored | undefined): boolean =>
  stored?.meta.version !== undefined || stored?.meta.lastModified !== undefined;

export const selectionChecks: readonly Definition[] = [
  check("what is wanted is there, and id and meta always are", async ({ users, a, createUser }) => {
    const { id, userName } = await createUser(1, a);
    const read = await users.get(id, a, only("userName"));
    expectEqual([read?.id, read?.userName], [id, userName], "id and userName");
    const listed = (await users.list({ want: only("userName") }, a)).resources[0];
    expectEqual([listed?.id, listed?.userName], [id, userName], "id and userName in the list");
    expectThat(hasVersion(read) && hasVersion(listed), "there is meta");
  }),
  check("a write whose answer needs nothing still answers with id and meta", async ({ users, a, userBody }) => {
    const created = await users.create(userBody(1), a, { want: nothing });
    const steps = [{ op: "replace", path: "userName", value: "renamed@example.com" }] as const;
    const updated = await users.patch(created.id, steps, a, { want: nothing });
    expectEqual(updated?.id, created.id, "the id");
    expectThat(hasVersion(updated), "there is meta");
    expectEqual((await users.get(created.id, a))?.userName, "renamed@example.com", "the userName that was written");
  }),
  check("an update sees what the answer does not need", async ({ users, a, text, createUser }) => {
    const { id, userName } = await createUser(1, a);
    let seen: unknown;
    await users.change(
      id,
      (current) => {
        seen = current.userName;
        const { id: _, meta, ...resource } = current;
        return { resource: { ...resource, [text]: "another" }, changed: [text] };
      },
      a,
      { want: nothing },
    );
    expectEqual(seen, userName, "the userName that apply was given");
  }),
  groupCheck("members are read when they are wanted, and kept when they are not", async (subject) => {
    const { groups, a, createUsers } = subject;
    const ids = (await createUsers(3, a)).map(({ id }) => id);
    const members = ids.map((value) => ({ value }));
    const created = await groups.create({ displayName: "Team", members }, a, { want: withoutMembers });
    expectEqual(created.displayName, "Team", "the displayName");
    const steps = [{ op: "replace", path: "displayName", value: "Renamed" }] as const;
    const updated = await groups.patch(created.id, steps, a, { want: withoutMembers });
    expectEqual(updated?.displayName, "Renamed", "the new displayName");
    expectEqual((await groups.get(created.id, a, withoutMembers))?.displayName, "Renamed", "the displayName read");
    expectSameElements(memberIds(await groups.get(created.id, a)), ids, "the members");
    const listed = (await groups.list({}, a)).resources[0];
    expectSameElements(memberIds(listed), ids, "the members in the list");
  }),
];
