/** Checks: the order of results. RFC 7644 §3.4.2.3. */
import { compareText } from "../filter/compare.ts";
import { foldCase } from "../filter/fold-case.ts";
import { check, type Definition, idsOf, type Subject } from "./check.ts";
import { expectEqual, expectSameElements } from "./expectation.ts";

/** Titles of users 1 to 6, whose order by code points is not that of their case, and two of which have none. */
const titles: readonly (string | undefined)[] = ["beta", "Alpha", undefined, "alpha2", "Gamma", undefined];

export const sortChecks: readonly Definition[] = [
  check("ascending, whatever the case, and what has no value last", async (subject) => {
    const names = await withTitles(subject);
    if (typeof names === "string") return names;
    expectEqual(await titlesIn(subject, false), ["Alpha", "alpha2", "beta", "Gamma", null, null], "the titles");
    return undefined;
  }),
  check("descending is the reverse: what has no value comes first", async (subject) => {
    const names = await withTitles(subject);
    if (typeof names === "string") return names;
    expectEqual(await titlesIn(subject, true), [null, null, "Gamma", "beta", "alpha2", "Alpha"], "the titles");
    return undefined;
  }),
  check("pages of sorted results neither overlap nor leave a gap, even among equals", async (subject) => {
    const { users, a, text } = subject;
    if (users.capabilities.sort === false) return "the store does not sort";
    const created = await subject.createUsers(7, a);
    if (text === "userName") return "the store holds no attribute that two users may share";
    for (const { id } of created) await users.patch(id, [{ op: "replace", path: text, value: "the same" }], a);
    const seen: string[] = [];
    for (let startIndex = 1; startIndex <= 7; startIndex += 2) {
      seen.push(...(await idsOf(users, { sortBy: text, window: { by: "index", startIndex, count: 2 } }, a)));
    }
    expectSameElements(
      seen,
      created.map(({ id }) => id),
      "the users on all pages",
    );
    return undefined;
  }),
  check("a filter does not change the order", async (subject) => {
    const { users, a } = subject;
    if (users.capabilities.sort === false) return "the store does not sort";
    const created = await subject.createUsers(6, a);
    const page = await users.list({ filter: "userName pr", sortBy: "userName", descending: true }, a);
    const names = created
      .map(({ userName }) => foldCase(String(userName)))
      .sort(compareText)
      .reverse();
    expectEqual(
      page.resources.map(({ userName }) => foldCase(String(userName))),
      names,
      "the userNames",
    );
    return undefined;
  }),
];

/** Creates the users; or says why it cannot. */
async function withTitles({ users, a, text, userBody }: Subject): Promise<string | undefined> {
  if (users.capabilities.sort === false) return "the store does not sort";
  if (text === "userName") return "the store holds no attribute that a user may lack";
  for (const [at, title] of titles.entries()) await users.create({ ...userBody(at + 1), [text]: title }, a);
  return undefined;
}

async function titlesIn({ users, a, text }: Subject, descending: boolean): Promise<readonly unknown[]> {
  const { resources } = await users.list({ sortBy: text, descending }, a);
  return resources.map((user) => user[text] ?? null);
}
