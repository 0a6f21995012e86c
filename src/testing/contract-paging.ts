/** Checks: paging by index. RFC 7644 §3.4.2.4. */
import type { Window } from "../store/store.ts";
import { check, type Definition, idsOf } from "./check.ts";
import { expectEqual, expectSameElements, expectThat } from "./expectation.ts";

const page = (startIndex: number, count: number): Window => ({ by: "index", startIndex, count });

export const pagingChecks: readonly Definition[] = [
  check("pages have what is asked for, and the total of all", async ({ users, a, createUsers }) => {
    const created = (await createUsers(7, a)).map(({ id }) => id);
    const seen: string[] = [];
    for (const [startIndex, size] of [
      [1, 3],
      [4, 3],
      [7, 1],
    ] as const) {
      const { resources, total } = await users.list({ window: page(startIndex, 3) }, a);
      expectEqual(resources.length, size, `the size of the page at ${startIndex}`);
      expectEqual(total, 7, `the total at ${startIndex}`);
      seen.push(...resources.map(({ id }) => id));
    }
    expectSameElements(seen, created, "the users on all pages");
  }),
  check("beyond the end there is nothing, and the total is the same", async ({ users, a, createUsers }) => {
    await createUsers(2, a);
    for (const startIndex of [3, 1_000_000]) {
      const { resources, total } = await users.list({ window: page(startIndex, 10) }, a);
      expectEqual([resources.length, total], [0, 2], `resources and total at ${startIndex}`);
    }
  }),
  check("a count of 0 asks for the total alone", async ({ users, a, createUsers }) => {
    await createUsers(2, a);
    const { resources, total } = await users.list({ window: page(1, 0) }, a);
    expectEqual([resources.length, total], [0, 2], "resources and total");
  }),
  check("the total counts what matches the filter", async ({ users, a, createUsers }) => {
    const [first] = await createUsers(3, a);
    const search = { filter: `userName eq ${JSON.stringify(first?.userName)}`, window: page(1, 0) };
    expectEqual((await users.list(search, a)).total, 1, "the total");
    const none = { filter: 'userName eq "nobody@example.com"' };
    expectEqual(await users.list(none, a), { resources: [], total: 0 }, "the page where nothing matches");
  }),
  check("the order is the same every time", async ({ users, a, createUsers }) => {
    await createUsers(9, a);
    const first = await idsOf(users, {}, a);
    for (let again = 0; again < 3; again++) expectEqual(await idsOf(users, {}, a), first, "the order");
  }),
  check("a change of a resource does not move it", async ({ users, a, text, createUsers }) => {
    const created = await createUsers(6, a);
    const first = await idsOf(users, { window: page(1, 3) }, a);
    const before = await idsOf(users, {}, a);
    for (const { id } of [created[4], created[0]].filter((user) => user !== undefined)) {
      await users.patch(id, [{ op: "replace", path: text, value: `changed ${id.slice(0, 8)}` }], a);
    }
    const second = await idsOf(users, { window: page(4, 3) }, a);
    expectEqual([...first, ...second], before, "the users on two pages with changes in between");
  }),
  check("a page is no longer than its count", async ({ users, a, createUsers }) => {
    await createUsers(5, a);
    for (const count of [1, 2, 5, 6]) {
      const { resources } = await users.list({ window: page(1, count) }, a);
      expectThat(resources.length === Math.min(count, 5), `a count of ${count} gives ${Math.min(count, 5)} users`);
    }
  }),
];
