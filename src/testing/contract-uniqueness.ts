/** Checks: values that only one resource may have. RFC 7644 §3.3, §3.12; RFC 7643 §4.1.1 userName. */
import { check, type Definition } from "./check.ts";
import { expectEqual, expectScimError } from "./expectation.ts";

const conflict = "a userName that is taken";

export const uniquenessChecks: readonly Definition[] = [
  check("a userName that is taken is refused with 409 uniqueness", async ({ users, a, userBody, createUser }) => {
    await createUser(1, a);
    await expectScimError(users.create(userBody(1), a), 409, "uniqueness", conflict);
    expectEqual((await users.list({}, a)).total, 1, "the number of users");
  }),
  check("a userName that differs only in case is taken too", async ({ users, a, userBody, createUser }) => {
    const { userName } = await createUser(1, a);
    for (const same of [String(userName).toUpperCase(), String(userName).toLowerCase()]) {
      const body = { ...userBody(2), userName: same };
      await expectScimError(users.create(body, a), 409, "uniqueness", conflict);
    }
  }),
  check("an update to a userName that is taken is refused, and changes nothing", async ({ users, a, createUser }) => {
    const { userName } = await createUser(1, a);
    const second = await createUser(2, a);
    const steps = [{ op: "replace", path: "userName", value: String(userName).toUpperCase() }] as const;
    await expectScimError(users.patch(second.id, steps, a), 409, "uniqueness", conflict);
    const read = await users.get(second.id, a);
    expectEqual(read?.userName, second.userName, "the userName after the refused update");
    expectEqual(read?.meta.version, second.meta.version, "the version after the refused update");
  }),
  check("a user may keep its userName, and change its case", async ({ users, a, userBody, createUser }) => {
    const { id, userName } = await createUser(1, a);
    const upper = String(userName).toUpperCase();
    await users.replace(id, { ...userBody(1), userName: upper }, a);
    expectEqual((await users.get(id, a))?.userName, upper, "the userName");
  }),
  check(
    "a userName is free again when its user is called something else",
    async ({ users, a, userBody, createUser }) => {
      const { id } = await createUser(1, a);
      await users.patch(id, [{ op: "replace", path: "userName", value: "renamed@example.com" }], a);
      const { userName } = await users.create({ ...userBody(2), userName: userBody(1).userName }, a);
      expectEqual(userName, userBody(1).userName, "the userName of another user");
    },
  ),
];
