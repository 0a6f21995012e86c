/** Checks: paging by cursor. RFC 9865. */
import type { Page } from "../store/store.ts";
import { check, type Definition, type Subject } from "./check.ts";
import { expectEqual, expectSameElements, expectScimError, expectThat } from "./expectation.ts";
import type { Ask } from "./side.ts";

/** What is asked beside the window. */
type Query = Omit<Ask, "window">;

export const cursorChecks: readonly Definition[] = [
  cursorCheck("cursors lead to every resource once, and end", async (subject) => {
    const created = await subject.createUsers(8, subject.a);
    const pages = await walk(subject, {}, 3);
    expectEqual(
      pages.map(({ resources }) => resources.length),
      [3, 3, 2],
      "the sizes of the pages",
    );
    expectSameElements(
      pages.flatMap(idsOn),
      created.map(({ id }) => id),
      "the users on all pages",
    );
    expectEqual(
      pages.map(({ total }) => total),
      [8, 8, 8],
      "the totals",
    );
    expectEqual(pages[0]?.previous, undefined, "the position before the first page");
  }),
  cursorCheck("a page that holds the last resource has no next one", async (subject) => {
    await subject.createUsers(6, subject.a);
    const pages = await walk(subject, {}, 3);
    expectEqual(
      pages.map(({ resources }) => resources.length),
      [3, 3],
      "the sizes of the pages",
    );
  }),
  cursorCheck("where nothing matches there is one empty page", async (subject) => {
    const pages = await walk(subject, { filter: 'userName eq "nobody@example.com"' }, 3);
    expectEqual(
      pages.map(({ resources, total }) => [resources.length, total]),
      [[0, 0]],
      "the pages",
    );
  }),
  cursorCheck("what comes or goes in between moves nothing else", async (subject) => {
    const { users, a, createUser } = subject;
    const created = (await subject.createUsers(9, a)).map(({ id }) => id);
    const first = await at(subject, {}, 3, undefined);
    // The resource that the position was taken from goes, one before it, and one that comes; another is new.
    const [before, boundary] = idsOn(first).slice(1);
    const later = created.filter((id) => !idsOn(first).includes(id));
    for (const id of [before, boundary, later[2]]) if (id !== undefined) await users.delete(id, a);
    await createUser(20, a);
    const rest: string[] = [];
    for (let next = first.next; next !== undefined; ) {
      const page = await at(subject, {}, 3, next);
      rest.push(...idsOn(page));
      next = page.next;
    }
    const stayed = later.filter((id) => id !== later[2]);
    const seen = rest.filter((id) => created.includes(id));
    expectSameElements(seen, stayed, "the old users on the remaining pages");
  }),
  cursorCheck("cursors keep the filter and the order", async (subject) => {
    const { users, a } = subject;
    if (users.capabilities.sort === false) return "the store does not sort";
    await subject.createUsers(7, a);
    const query: Query = { filter: "userName pr", sortBy: "userName", descending: true };
    const whole = (await users.list(query, a)).resources.map(({ id }) => id);
    expectEqual((await walk(subject, query, 2)).flatMap(idsOn), whole, "the users on all pages");
    return undefined;
  }),
  cursorCheck("sorted by what some lack and others share, every resource is met once", async (subject) => {
    const { users, a, text, userBody } = subject;
    if (users.capabilities.sort === false) return "the store does not sort";
    if (text === "userName") return "the store holds no attribute that two users may share";
    for (let n = 1; n <= 9; n++) {
      await users.create({ ...userBody(n), [text]: n % 3 === 0 ? undefined : n % 2 === 0 ? "same" : `other ${n}` }, a);
    }
    for (const descending of [false, true]) {
      const query: Query = { sortBy: text, descending };
      const whole = (await users.list(query, a)).resources.map((user) => user[text] ?? null);
      const pages = await walk(subject, query, 2);
      const met = pages.flatMap(({ resources }) => resources.map((user) => user[text] ?? null));
      expectEqual(met, whole, `"${text}" of the users on all pages`);
      expectEqual(new Set(pages.flatMap(idsOn)).size, 9, "the number of different users");
    }
    return undefined;
  }),
  cursorCheck("a previous position leads back", async (subject) => {
    await subject.createUsers(8, subject.a);
    const pages = await walk(subject, {}, 3);
    const [first, second, third] = pages;
    if (second?.previous === undefined) return "the store does not page backwards";
    expectEqual(idsOn(await at(subject, {}, 3, second.previous)), idsOn(first), "the page before the second");
    const back = await at(subject, {}, 3, third?.previous);
    expectEqual(idsOn(back), idsOn(second), "the page before the third");
    expectThat(back.next !== undefined, "a page gone back to has a next one");
    expectEqual(idsOn(await at(subject, {}, 3, back.next)), idsOn(third), "the page after it");
    return undefined;
  }),
  cursorCheck("a position that is none is refused with 400 invalidCursor", async (subject) => {
    await subject.createUsers(1, subject.a);
    for (const position of ["", "nonsense", "{}", "null", "[1,2", "'; --", "\u0000", "\ud800", "9".repeat(5_000)]) {
      await expectScimError(
        at(subject, {}, 3, position),
        400,
        "invalidCursor",
        `the position ${JSON.stringify(position)}`,
      );
    }
  }),
  cursorCheck("a position from one tenant shows another only its own", async (subject) => {
    const { users, b, createUser } = subject;
    await subject.createUsers(4, subject.a);
    const own = [await createUser(5, b), await createUser(6, b)].map(({ id }) => id);
    const { next } = await at(subject, {}, 2, undefined);
    try {
      const { resources } = await users.list({ window: { by: "cursor", position: next, count: 10 } }, b);
      expectThat(
        resources.every(({ id }) => own.includes(id)),
        "there is nothing of the other tenant on the page",
      );
    } catch (thrown) {
      await expectScimError(Promise.reject(thrown), 400, "invalidCursor", "a position from another tenant");
    }
  }),
];

function cursorCheck(name: string, examine: (subject: Subject) => Promise<unknown>): Definition {
  return check(name, async (subject) =>
    subject.users.capabilities.cursors === true ? await examine(subject) : "the store has no cursors",
  );
}

function at({ users, a }: Subject, query: Query, count: number, position: string | undefined): Promise<Page> {
  return users.list({ ...query, window: { by: "cursor", position, count } }, a);
}

/** All pages, forward. Gives up after a hundred. */
async function walk(subject: Subject, query: Query, count: number): Promise<readonly Page[]> {
  const pages: Page[] = [];
  let position: string | undefined;
  do {
    const page = await at(subject, query, count, position);
    pages.push(page);
    expectThat(pages.length <= 100, "following next comes to an end");
    position = page.next;
  } while (position !== undefined);
  return pages;
}

function idsOn(page: Page | undefined): readonly string[] {
  return page?.resources.map(({ id }) => id) ?? [];
}
