/** Checks: `list` finds exactly what a filter asks for, or refuses it. RFC 7644 §3.4.2.2. */
import { ScimError } from "../error.ts";
import { check, type Definition, groupCheck, idsOf, quote, type Subject } from "./check.ts";
import { ContractError, expectEqual, expectSameElements } from "./expectation.ts";
import { type FilterRow, filterRows, filterUsers } from "./filter-table.ts";

export const filterChecks: readonly Definition[] = [
  ...filterRows.map(filterCheck),
  check("a filter is applied before the page is cut", async ({ users, a, createUsers }) => {
    const created = await createUsers(5, a);
    const last = created.at(-1);
    const filter = `userName eq ${quote(String(last?.userName))}`;
    const found = await idsOf(users, { filter, window: { by: "index", startIndex: 1, count: 1 } }, a);
    expectEqual(found, [last?.id], "the first page of one user");
  }),
  check("a filter sees the state after the last update", async ({ users, a, createUser }) => {
    const { id, userName } = await createUser(1, a);
    await users.patch(id, [{ op: "replace", path: "userName", value: "renamed@example.com" }], a);
    expectEqual(await idsOf(users, { filter: 'userName eq "Renamed@example.com"' }, a), [id], "users of the new name");
    const old = { filter: `userName eq ${quote(String(userName))}` };
    expectEqual(await idsOf(users, old, a), [], "users of the old name");
  }),
  groupCheck("a group is found by displayName, whatever its case, and by externalId", async ({ groups, a }) => {
    const { id } = await groups.create({ displayName: "Team 100%", externalId: "grp-1" }, a);
    await groups.create({ displayName: "Another", externalId: "grp-2" }, a);
    expectEqual(await idsOf(groups, { filter: 'displayName eq "TEAM 100%"' }, a), [id], "the groups of that name");
    if (!groups.has("externalId")) return;
    expectEqual(await idsOf(groups, { filter: 'externalId eq "grp-1"' }, a), [id], "the groups of that externalId");
  }),
];

function filterCheck(row: FilterRow): Definition {
  const finds = row.finds.length === 0 ? "nobody" : row.finds.join(", ");
  return check(`${row.filter} finds ${finds}`, async (subject) => {
    const { users, a, everyFilter, userBody } = subject;
    const missing = row.needs?.find((path) => !users.has(path));
    if (missing !== undefined) return `the store does not hold ${missing}`;
    const ids = new Map<string, string>();
    for (const [at, [name, body]] of Object.entries(filterUsers).entries()) {
      const { id } = await users.create({ ...hostsOwn(userBody(at + 1), subject), ...body }, a);
      ids.set(name, id);
    }
    const filter = row.filter.replaceAll(/\{(\w+)\}/g, (_, name: string) => ids.get(name) ?? name);
    const found = await findOrRefusal(subject, filter);
    if (typeof found !== "string") {
      const names = [...ids].filter(([, id]) => found.includes(id)).map(([name]) => name);
      expectSameElements(names, row.finds, `the users found by ${filter}`);
      expectEqual(found.length, row.finds.length, "their number");
      return undefined;
    }
    if (row.essential === true || everyFilter) throw new ContractError(`The filter ${filter} was refused: ${found}`);
    return `the store refuses it: ${found}`;
  });
}

/** What a host's users need beside the kit's attributes. */
function hostsOwn(body: Readonly<Record<string, unknown>>, { users }: Subject): Record<string, unknown> {
  const kits = new Set(Object.values(filterUsers).flatMap(Object.keys));
  return Object.fromEntries(Object.entries(body).filter(([name]) => !kits.has(name) && users.has(name)));
}

/** The ids found, or the detail of 400 `invalidFilter`. */
async function findOrRefusal({ users, a }: Subject, filter: string): Promise<readonly string[] | string> {
  try {
    return await idsOf(users, { filter }, a);
  } catch (thrown) {
    if (thrown instanceof ScimError && thrown.scimType === "invalidFilter") return thrown.detail;
    throw thrown;
  }
}
