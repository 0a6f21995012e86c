/** Checks: an id is any text that a client comes up with. RFC 7643 §3.1, RFC 7644 §3.12. */
import { check, type Definition, groupCheck, idsOf, memberIds, quote } from "./check.ts";
import { expectEqual, expectScimError } from "./expectation.ts";

/** Texts that are no ids, and that a database may refuse to compare with its key. */
const texts: readonly string[] = [
  "",
  " ",
  "0",
  "-1",
  "1e9",
  "9223372036854775808",
  "not-a-uuid",
  "00000000-0000-0000-0000-000000000000",
  "' OR '1'='1",
  '"; DROP TABLE users; --',
  "%",
  "../../etc/passwd",
  "__proto__",
  "constructor",
  "a\u0000b",
  "\ud800",
  "ид-李-🦊",
  "x".repeat(10_000),
];

export const idChecks: readonly Definition[] = [
  check("any text may be asked for, and finds nothing", async ({ users, a, createUser }) => {
    await createUser(1, a);
    for (const text of texts) {
      expectEqual(await users.get(text, a), undefined, `the user at ${quote(text)}`);
      const update = await users.patch(text, [{ op: "replace", path: "userName", value: "x" }], a);
      expectEqual(update, undefined, `the update at ${quote(text)}`);
      expectEqual(await users.delete(text, a), false, `the deletion at ${quote(text)}`);
    }
    expectEqual((await users.list({}, a)).total, 1, "the number of users");
  }),
  check("any text may be compared with an id or a name, and matches nothing", async ({ users, a, createUser }) => {
    await createUser(1, a);
    for (const text of texts) {
      expectEqual(
        await idsOf(users, { filter: `id eq ${quote(text)}` }, a),
        [],
        `the users with the id ${quote(text)}`,
      );
      const named = await idsOf(users, { filter: `userName eq ${quote(text)}` }, a);
      expectEqual(named, [], `the users called ${quote(text)}`);
    }
  }),
  groupCheck("any text may be a member's id: adding it is refused, removing it does nothing", async (subject) => {
    const { groups, a, createUser } = subject;
    const { id } = await createUser(1, a);
    const group = await groups.create({ displayName: "Team", members: [{ value: id }] }, a);
    for (const text of texts) {
      const add = groups.patch(group.id, [{ op: "add", path: "members", value: [{ value: text }] }], a);
      await expectScimError(add, 400, "invalidValue", `adding the member ${quote(text)}`);
      await groups.patch(group.id, [{ op: "remove", path: `members[value eq ${quote(text)}]` }], a);
    }
    expectEqual(memberIds(await groups.get(group.id, a)), [id], "the members");
  }),
];
