/** A filter selects the same resources in SQL and in memory. RFC 7644 §3.4.2.2, §3.4.2.3. */
import fc from "fast-check";
import {
  type AttributePath,
  allPaths,
  compareBy,
  compilePredicate,
  defaultGrammar,
  everything,
  type Page,
  parseFilter,
  type Resource,
  ScimError,
  type Sort,
  type Stored,
  type Window,
} from "scimkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startPostgres } from "../postgres.ts";
import { arbitraryFilter, arbitraryUser } from "./arbitrary.ts";
import { createTables, mapTables, openDatabase, type Stores } from "./host.ts";

const server = await startPostgres();
afterAll(() => server?.stop());

const databases: readonly (readonly [string, string | undefined])[] = [
  ["PGlite", undefined],
  ...(server === undefined ? [] : [["PostgreSQL", server.url] as const]),
];
const mine = { workspaceId: 1 };
const theirs = { workspaceId: 2 };

describe.each(databases)("§3.4.2.2 on mapped tables in %s", (_, url) => {
  let stores: Stores;
  let users: readonly (Resource & { readonly id: string })[];

  beforeAll(async () => {
    const db = await openDatabase(url);
    await createTables(db);
    stores = mapTables(db);
    await populate(stores);
    const page = await list(undefined, undefined, { by: "index", startIndex: 1, count: 1000 });
    const groups = await stores.groups.groupsOf(
      page.resources.map(({ id }) => id),
      mine,
    );
    users = page.resources.map((user) => ({ ...user, groups: groups.get(user.id) }));
  }, 60_000);

  afterAll(() => stores.db.destroy());

  const list = (filter: string | undefined, sort: Sort | undefined, window: Window): Promise<Page> =>
    stores.users.list(
      {
        filter: filter === undefined ? undefined : parseFilter(filter, stores.userType, defaultGrammar),
        sort,
        window,
        want: { has: () => filter === undefined },
      },
      mine,
    );

  const served = (path: AttributePath): boolean =>
    path.attribute.returned !== "never" &&
    !madeForResponses.has(path.text) &&
    stores.users.connect(stores.userType).holds?.(path) === true;

  it("any filter selects the resources that the predicate selects", async () => {
    const moments = users.slice(0, 3).map(({ meta }) => (isMeta(meta) ? meta.created : ""));
    const filters = arbitraryFilter(stores.userType, served, moments);
    await fc.assert(
      fc.asyncProperty(filters, async (text) => {
        const isMatch = compilePredicate(parseFilter(text, stores.userType, defaultGrammar), stores.userType);
        const wanted = users.filter(isMatch).map(({ id }) => id);
        const page = await list(text, undefined, { by: "index", startIndex: 1, count: 1000 });
        expect(page.resources.map(({ id }) => id)).toEqual(wanted);
        expect(page.total).toBe(wanted.length);
      }),
      { numRuns: 2000 },
    );
  }, 120_000);

  it("any attribute sorts as in memory, in pages by index and by cursor, forward and back", async () => {
    const paths = allPaths(stores.userType).filter((path) => served(path) && isSortable(path));
    for (const path of paths) {
      for (const descending of [false, true]) {
        const sort: Sort = { path, descending };
        const wanted = inMemory(users, sort).map(({ id }) => id);
        const whole = await list(undefined, sort, { by: "index", startIndex: 1, count: 1000 });
        expect([path.text, descending, whole.resources.map(({ id }) => id)]).toEqual([path.text, descending, wanted]);
        const { forward, back } = await walk((position) =>
          list(undefined, sort, { by: "cursor", position, count: 11 }),
        );
        expect([path.text, forward]).toEqual([path.text, wanted]);
        expect([path.text, back]).toEqual([path.text, wanted.slice(0, wanted.length - (wanted.length % 11 || 11))]);
      }
    }
  }, 60_000);

  it("without a sort, cursor pages list everything once", async () => {
    const { forward } = await walk((position) => list(undefined, undefined, { by: "cursor", position, count: 7 }));
    expect(forward).toEqual(users.map(({ id }) => id));
  });
});

/** What no filter may name. */
const madeForResponses: ReadonlySet<string> = new Set(["meta.version", "meta.location"]);

function isMeta(meta: unknown): meta is { readonly created: string } {
  return typeof meta === "object" && meta !== null && "created" in meta;
}

function isSortable({ attribute, subAttribute }: AttributePath): boolean {
  return (subAttribute ?? attribute).type !== "complex" && attribute.name !== "groups" && attribute.name !== "schemas";
}

/** Among equals, the key decides; it is a number here, and descending turns all around. */
function inMemory(users: readonly (Resource & { readonly id: string })[], sort: Sort) {
  const byKey = compareBy(sort);
  const byId = sort.descending ? -1 : 1;
  return [...users].sort((a, b) => byKey(a, b) || byId * (Number(a.id) - Number(b.id)));
}

/** Goes through all pages, and back again from the last one. */
async function walk(page: (position: string | undefined) => Promise<Page>) {
  const ids = (resources: readonly Stored[]): readonly string[] => resources.map(({ id }) => id);
  const forward: string[] = [];
  let current = await page(undefined);
  expect(current.previous).toBeUndefined();
  forward.push(...ids(current.resources));
  while (current.next !== undefined) {
    current = await page(current.next);
    forward.push(...ids(current.resources));
  }
  let back: readonly string[] = [];
  while (current.previous !== undefined) {
    current = await page(current.previous);
    back = [...ids(current.resources), ...back];
  }
  return { forward, back };
}

async function populate({ users, groups }: Stores): Promise<void> {
  const commit = { beforeCommit: async () => {} };
  const made: string[] = [];
  const sample = fc.sample(arbitraryUser, { numRuns: 90, seed: 4711 });
  for (const [at, resource] of sample.entries()) {
    const userName = `${"aAbBzÉ_%"[at % 8] ?? ""}${at}`;
    for (const ctx of at % 3 === 0 ? [mine, theirs] : [mine]) {
      try {
        const { id } = await users.create({ resource: { ...resource, userName }, ...commit }, everything, ctx);
        if (ctx === mine) made.push(id);
      } catch (error) {
        if (!(error instanceof ScimError)) throw error;
        expect(error.detail).toContain("phoneNumbers");
      }
    }
  }
  const some = (step: number) => made.filter((_, at) => at % step === 0).map((value) => ({ value }));
  const inner = await groups.create(
    { resource: { displayName: "ann", members: some(5) }, ...commit },
    everything,
    mine,
  );
  const members = [...some(7), { value: inner.id, type: "Group" }];
  await groups.create({ resource: { displayName: "50%", members }, ...commit }, everything, mine);
}
