/** Databases full of arbitrary users and groups, in every layout, for what must be answered as in memory. */
import fc from "fast-check";
import {
  type AttributePath,
  compareBy,
  defaultGrammar,
  everything,
  type GroupStore,
  groupType,
  type Page,
  parseFilter,
  type Resource,
  type ResourceStore,
  type ResourceType,
  ScimError,
  type Sort,
  type StoreCapabilities,
  type Stored,
  type UserStore,
  userType,
  type Window,
} from "scimkit";
import { expect } from "vitest";
import { arbitraryUser } from "./arbitrary.ts";
import type { Ctx } from "./host.ts";
import { layouts } from "./stores.ts";

const mine: Ctx = { workspaceId: 1 };
const theirs: Ctx = { workspaceId: 2 };
const all: Window = { by: "index", startIndex: 1, count: 1_000 };

/** A resource as it is read. */
export type Known = Resource & { readonly id: string };

/** The resources of one type in one database. */
export interface Populated {
  readonly type: ResourceType;
  /** All of the tenant, in the store's own order, with everything that filters may name. */
  readonly resources: readonly Known[];
  /** Whether a filter may name an attribute. */
  served(path: AttributePath): boolean;
  list(filter: string | undefined, sort?: Sort, window?: Window): Promise<Page>;
  /** The resources in the order that a sort asks for; among equals the key decides, and descending turns all around. */
  sorted(resources: readonly Known[], sort: Sort): readonly Known[];
}

/** One database. */
export interface PopulatedHost {
  readonly users: Populated;
  readonly groups: Populated;
  close(): Promise<void>;
}

/** The layouts by name, each of which opens a database that is full; `more` are users to be there as well. */
export const populated: readonly (readonly [
  string,
  (url: string | undefined, more?: readonly Resource[]) => Promise<PopulatedHost>,
])[] = layouts.map(([name, open]) => [
  name,
  async (url, more = []) => {
    const { users, groups, close } = await open(url);
    const types = { users: userType(), groups: groupType() };
    const capabilities = { users: users.connect?.(types.users), groups: groups.connect?.(types.groups) };
    await populate(users, groups, more);
    const people = await read(users, types.users, capabilities.users);
    const memberships = await groups.groupsOf?.(
      people.resources.map(({ id }) => id),
      mine,
    );
    return {
      users: { ...people, resources: people.resources.map((one) => ({ ...one, groups: memberships?.get(one.id) })) },
      groups: await read(groups, types.groups, capabilities.groups),
      close,
    };
  },
]);

/** What no filter may name. */
const madeForResponses: ReadonlySet<string> = new Set(["meta.version", "meta.location"]);

async function read(
  store: ResourceStore<Resource, Ctx>,
  type: ResourceType,
  capabilities: StoreCapabilities = {},
): Promise<Populated> {
  const list: Populated["list"] = (filter, sort, window = all) =>
    store.list(
      {
        filter: filter === undefined ? undefined : parseFilter(filter, type, defaultGrammar),
        sort,
        window,
        want: { has: () => filter === undefined },
      },
      mine,
    );
  const { resources } = await list(undefined);
  return {
    type,
    resources,
    served: (path) =>
      path.attribute.returned !== "never" && !madeForResponses.has(path.text) && capabilities.holds?.(path) !== false,
    list,
    sorted(some, sort) {
      const byKey = compareBy(sort);
      const byId = sort.descending ? -1 : 1;
      return [...some].sort((a, b) => byKey(a, b) || byId * compareIds(a.id, b.id));
    },
  };
}

/** Keys are numbers in one layout, and UUIDs in others, whose order is that of their text. */
function compareIds(a: string, b: string): number {
  if (/^\d+$/.test(a) && /^\d+$/.test(b)) return Number(a) - Number(b);
  return a < b ? -1 : Number(a > b);
}

async function populate(users: UserStore<Ctx>, groups: GroupStore<Ctx>, more: readonly Resource[]): Promise<void> {
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
  for (const [at, resource] of more.entries()) {
    await users.create({ resource: { userName: `more ${at}`, ...resource }, ...commit }, everything, mine);
  }
  const some = (step: number) => made.filter((_, at) => at % step === 0).map((value) => ({ value }));
  const create = (displayName: string, members: readonly { value: string; type?: string }[], ctx = mine) =>
    groups.create({ resource: { displayName, members: [...members] }, ...commit }, everything, ctx);
  const inner = await create("ann", some(5));
  await create("50%", [...some(7), { value: inner.id, type: "Group" }]);
  for (const name of ["Bob", "a_b", "élan", "ÉLAN 2", "z", "007"]) await create(name, some(name.length + 8));
  await create("ann", [], theirs);
}

/** Goes through all pages, and back again from the last one. */
export async function walk(
  page: (position: string | undefined) => Promise<Page>,
): Promise<{ readonly forward: readonly string[]; readonly back: readonly string[] }> {
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
